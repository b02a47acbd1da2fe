/** A security key in software (WebAuthn level 3), over node:crypto: ES256, attestation `none` or `packed` by itself. */
import { createHash, generateKeyPairSync, type KeyObject, randomBytes, sign } from "node:crypto";

const UP = 0x01;
const UV = 0x04;
const AT = 0x40;

export interface KeyFaults {
  readonly origin?: string;
  readonly rpId?: string;
  /** The holder was not asked for a finger or a PIN. */
  readonly isUnverified?: boolean;
  readonly counter?: number;
  readonly type?: string;
  readonly challenge?: string;
  readonly breakSignature?: boolean;
}

export interface SoftKey {
  readonly id: string;
  readonly create: (options: { readonly challenge: string }, faults?: KeyFaults) => Record<string, unknown>;
  readonly get: (options: { readonly challenge: string }, faults?: KeyFaults) => Record<string, unknown>;
}

export function softKey(
  origin: string,
  { attestation = "none" }: { readonly attestation?: "none" | "packed" } = {},
): SoftKey {
  const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const credential = randomBytes(32);
  const id = credential.toString("base64url");
  const rpId = new URL(origin).hostname;
  let counter = 0;
  const clientData = (type: string, challenge: string, faults: KeyFaults): Buffer =>
    Buffer.from(
      JSON.stringify({
        type: faults.type ?? type,
        challenge: faults.challenge ?? challenge,
        origin: faults.origin ?? origin,
        crossOrigin: false,
      }),
    );
  const dataOf = (faults: KeyFaults, more: Buffer, flags: number): Buffer => {
    const count = Buffer.alloc(4);
    counter = faults.counter ?? counter + 1;
    count.writeUInt32BE(counter);
    const isVerified = faults.isUnverified === true ? 0 : UV;
    return Buffer.concat([
      sha256(Buffer.from(faults.rpId ?? rpId)),
      Buffer.from([UP | isVerified | flags]),
      count,
      more,
    ]);
  };
  const base = { id, rawId: id, type: "public-key", clientExtensionResults: {} };
  return {
    id,
    create({ challenge }, faults = {}) {
      const client = clientData("webauthn.create", challenge, faults);
      const length = Buffer.alloc(2);
      length.writeUInt16BE(credential.length);
      const data = dataOf(faults, Buffer.concat([Buffer.alloc(16), length, credential, coseOf(publicKey)]), AT);
      const signature = sign("sha256", Buffer.concat([data, sha256(client)]), privateKey);
      const statement =
        attestation === "none"
          ? new Map()
          : new Map<string, Cbor>([
              ["alg", -7],
              ["sig", signature],
            ]);
      const object = cbor(
        new Map<string, Cbor>([
          ["fmt", attestation],
          ["attStmt", statement],
          ["authData", data],
        ]),
      );
      return {
        ...base,
        response: { clientDataJSON: text(client), attestationObject: text(object), transports: ["usb"] },
      };
    },
    get({ challenge }, faults = {}) {
      const client = clientData("webauthn.get", challenge, faults);
      const data = dataOf(faults, Buffer.alloc(0), 0);
      const signature = sign("sha256", Buffer.concat([data, sha256(client)]), privateKey);
      if (faults.breakSignature === true) signature.writeUInt8((signature.at(-1) as number) ^ 1, signature.length - 1);
      return {
        ...base,
        response: { clientDataJSON: text(client), authenticatorData: text(data), signature: text(signature) },
      };
    },
  };
}

const text = (bytes: Buffer): string => bytes.toString("base64url");
const sha256 = (bytes: Buffer): Buffer => createHash("sha256").update(bytes).digest();

/** COSE_Key of P-256 (RFC 9053, 7.1). */
function coseOf(publicKey: KeyObject): Buffer {
  const { x = "", y = "" } = publicKey.export({ format: "jwk" });
  return cbor(
    new Map<number, Cbor>([
      [1, 2],
      [3, -7],
      [-1, 1],
      [-2, Buffer.from(x, "base64url")],
      [-3, Buffer.from(y, "base64url")],
    ]),
  );
}

type Cbor = number | string | Buffer | ReadonlyMap<string | number, Cbor>;

/** What of RFC 8949 is needed. */
function cbor(value: Cbor): Buffer {
  if (typeof value === "number") return value >= 0 ? headOf(0, value) : headOf(1, -1 - value);
  if (typeof value === "string") return Buffer.concat([headOf(3, Buffer.byteLength(value)), Buffer.from(value)]);
  if (Buffer.isBuffer(value)) return Buffer.concat([headOf(2, value.length), value]);
  return Buffer.concat([headOf(5, value.size), ...[...value].flatMap(([key, held]) => [cbor(key), cbor(held)])]);
}

function headOf(major: number, length: number): Buffer {
  if (length < 24) return Buffer.from([(major << 5) | length]);
  if (length < 256) return Buffer.from([(major << 5) | 24, length]);
  return Buffer.from([(major << 5) | 25, length >> 8, length & 0xff]);
}
