/** A policy that is a net in an ONNX file, run by ONNX Runtime in WebAssembly, on one thread. Loaded only where a policy asks for it. */
import { observationPolicy } from "@vedette/core/exercise/policy/observation-net";
import { type Policy, PolicyError } from "@vedette/core/exercise/policy/policy";
import { stationPolicy } from "@vedette/core/exercise/policy/station-net";
import { env, InferenceSession, Tensor } from "onnxruntime-web";
import { STATION_INPUT } from "./onnx-file.ts";

const ID = "learned";

/** One thread and one order; WebAssembly's arithmetic is the same on every processor. */
const OPTIONS: InferenceSession.SessionOptions = {
  executionProviders: ["wasm"],
  executionMode: "sequential",
  // What is wrong is said by an error that is thrown, not on the terminal.
  logSeverityLevel: 4,
};
env.wasm.numThreads = 1;

/**
 * A file whose input is `stations` is asked about each agent and area (see core/exercise/station-net); one whose input is
 * `observations`, agents x observation to agents x actions, about each agent.
 * @throws PolicyError for bytes that are no such net
 */
export async function onnxPolicy(bytes: Uint8Array): Promise<Policy> {
  const session = await sessionOf(bytes);
  const [input, output] = [session.inputNames[0] ?? "", session.outputNames[0] ?? ""];
  if (
    session.inputNames.length !== 1 ||
    session.outputNames.length !== 1 ||
    !["observations", STATION_INPUT].includes(input)
  )
    throw new PolicyError(
      ID,
      `expected a net with one input, stations or observations, and one output, found ${session.inputNames.join(", ")} to ${session.outputNames.join(", ")}`,
    );
  const infer = async (rows: Float32Array, count: number): Promise<Float32Array> => {
    const found = await ran(session, input, new Tensor("float32", rows, [count, rows.length / count]));
    const data = found[output]?.data;
    if (!(data instanceof Float32Array)) throw new PolicyError(ID, `expected floats from its output ${output}`);
    return data;
  };
  const close = (): void => void session.release().catch(() => {});
  const policy = input === STATION_INPUT ? stationPolicy(infer, ID) : observationPolicy(infer, ID);
  return { ...policy, close };
}

async function sessionOf(bytes: Uint8Array): Promise<InferenceSession> {
  try {
    return await InferenceSession.create(bytes, OPTIONS);
  } catch (error) {
    throw new PolicyError(ID, `its file is no ONNX net that can be run: ${firstLineOf(error)}`);
  }
}

async function ran(session: InferenceSession, input: string, rows: Tensor): Promise<InferenceSession.OnnxValueMapType> {
  try {
    return await session.run({ [input]: rows });
  } catch (error) {
    throw new PolicyError(ID, `its net does not take ${rows.dims.join(" x ")} numbers: ${firstLineOf(error)}`);
  }
}

const firstLineOf = (error: unknown): string =>
  (error instanceof Error ? error.message : String(error)).split("\n")[0]?.slice(0, 300) ?? "";
