/**
 * A station net as an ONNX file: the few messages of onnx.proto3 (ONNX 1.18, IR version 8, operators of set 13) that it needs, written
 * field by field. Every number is whole and exact in 32-bit floats: see core/exercise/station-net.
 */
import { BinaryWriter, WireType } from "@bufbuild/protobuf/wire";
import {
  FEATURES,
  HIDDEN,
  HIDDEN_MOST,
  STEP,
  type StationNet,
  WORTHS,
} from "@vedette/core/exercise/policy/station-net";

/** Names by which a file is known as one of stations. */
export const STATION_INPUT = "stations";

const IR_VERSION = 8;
const OPERATORS = 13;
const FLOAT = 1;

type Message = (into: BinaryWriter) => BinaryWriter;

/** @param notes kept in the file, as names and texts */
export const stationOnnxOf = (
  { straight, inward, outward }: StationNet,
  notes: Readonly<Record<string, string>>,
): Uint8Array =>
  onnxOf({
    nodes: NODES,
    tensors: [
      { name: "straight", dimensions: [FEATURES, WORTHS], values: straight },
      { name: "inward", dimensions: [FEATURES, HIDDEN], values: inward },
      { name: "outward", dimensions: [HIDDEN, WORTHS], values: outward },
      { name: "step", dimensions: [], values: [STEP] },
      { name: "least", dimensions: [], values: [0] },
      { name: "most", dimensions: [], values: [HIDDEN_MOST] },
    ],
    input: { name: STATION_INPUT, width: FEATURES },
    output: { name: "worths", width: WORTHS },
    notes,
  });

type Node = readonly [operator: string, inputs: readonly string[], output: string];

/** Matrices of floats, any number of rows, in and out; constants between. */
interface Graph {
  readonly nodes: readonly Node[];
  readonly tensors: readonly {
    readonly name: string;
    readonly dimensions: readonly number[];
    readonly values: ArrayLike<number>;
  }[];
  readonly input: { readonly name: string; readonly width: number };
  readonly output: { readonly name: string; readonly width: number };
  readonly notes: Readonly<Record<string, string>>;
}

export function onnxOf({ nodes, tensors, input, output, notes }: Graph): Uint8Array {
  const graph: Message = (into) => {
    for (const [operator, inputs, output] of nodes) nested(into, 1, nodeOf(operator, inputs, output));
    into.tag(2, WireType.LengthDelimited).string("policy");
    for (const { name, dimensions, values } of tensors) nested(into, 5, tensorOf(name, dimensions, values));
    nested(into, 11, matrixOf(input.name, input.width));
    return nested(into, 12, matrixOf(output.name, output.width));
  };
  const model = new BinaryWriter();
  model.tag(1, WireType.Varint).int64(IR_VERSION);
  model.tag(2, WireType.LengthDelimited).string("vedette");
  nested(model, 7, graph);
  nested(model, 8, (into) => into.tag(2, WireType.Varint).int64(OPERATORS));
  for (const [name, text] of Object.entries(notes)) nested(model, 14, pairOf(name, text));
  return model.finish();
}

const NODES: readonly Node[] = [
  ["MatMul", [STATION_INPUT, "inward"], "sums"],
  ["Mul", ["sums", "step"], "scaled"],
  ["Floor", ["scaled"], "whole"],
  ["Clip", ["whole", "least", "most"], "hidden"],
  ["MatMul", ["hidden", "outward"], "bent"],
  ["MatMul", [STATION_INPUT, "straight"], "plain"],
  ["Add", ["plain", "bent"], "worths"],
];

const nested = (into: BinaryWriter, field: number, message: Message): BinaryWriter =>
  message(into.tag(field, WireType.LengthDelimited).fork()).join();

const pairOf =
  (name: string, text: string): Message =>
  (into) =>
    into.tag(1, WireType.LengthDelimited).string(name).tag(2, WireType.LengthDelimited).string(text);

const nodeOf =
  (operator: string, inputs: readonly string[], output: string): Message =>
  (into) => {
    for (const input of inputs) into.tag(1, WireType.LengthDelimited).string(input);
    into.tag(2, WireType.LengthDelimited).string(output);
    into.tag(3, WireType.LengthDelimited).string(output);
    return into.tag(4, WireType.LengthDelimited).string(operator);
  };

const tensorOf =
  (name: string, dimensions: readonly number[], values: ArrayLike<number>): Message =>
  (into) => {
    for (const dimension of dimensions) into.tag(1, WireType.Varint).int64(dimension);
    into.tag(2, WireType.Varint).int32(FLOAT);
    into.tag(8, WireType.LengthDelimited).string(name);
    const raw = new DataView(new ArrayBuffer(4 * values.length));
    for (let i = 0; i < values.length; i++) raw.setFloat32(4 * i, values[i] as number, true);
    return into.tag(9, WireType.LengthDelimited).bytes(new Uint8Array(raw.buffer));
  };

/** A matrix of floats: any number of rows. */
const matrixOf =
  (name: string, width: number): Message =>
  (into) => {
    into.tag(1, WireType.LengthDelimited).string(name);
    return nested(into, 2, (type) =>
      nested(type, 1, (tensor) => {
        tensor.tag(1, WireType.Varint).int32(FLOAT);
        return nested(tensor, 2, (shape) => {
          nested(shape, 1, (dimension) => dimension.tag(2, WireType.LengthDelimited).string("rows"));
          return nested(shape, 1, (dimension) => dimension.tag(1, WireType.Varint).int64(width));
        });
      }),
    );
  };
