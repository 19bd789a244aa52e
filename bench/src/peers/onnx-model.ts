/**
 * Writes ONNX models of a few nodes: just the protocol buffer, field by field. Numbers of fields:
 * onnx.proto of ONNX, IR version 8; https://onnx.ai/onnx/api/classes.html.
 */
export interface OnnxNode {
  readonly op: string;
  readonly inputs: readonly string[];
  readonly output: string;
  /** Integer attributes, such as transA of Gemm. */
  readonly attributes?: { readonly [name: string]: number };
}

export interface OnnxTensor {
  readonly shape: readonly number[];
  readonly data?: Float32Array;
}

const FLOAT = 1;
const INT = 2; // AttributeProto.type

function varint(value: number): number[] {
  const bytes = [];
  for (; value >= 128; value = Math.floor(value / 128)) bytes.push((value % 128) + 128);
  return [...bytes, value];
}

type Part = Uint8Array | readonly number[];

const number = (field: number, value: number): Part => [...varint(field * 8), ...varint(value)];
const bytes = (field: number, content: Uint8Array): Part =>
  Buffer.concat([Uint8Array.from([...varint(field * 8 + 2), ...varint(content.length)]), content]);
const text = (field: number, content: string): Part => bytes(field, Buffer.from(content));
const message = (field: number, ...parts: readonly Part[]): Part => bytes(field, join(parts));
const join = (parts: readonly Part[]): Uint8Array =>
  Buffer.concat(parts.map((part) => Uint8Array.from(part)));

const typed = (field: number, name: string, shape: readonly number[]): Part => {
  const dimensions = shape.map((side) => message(1, number(1, side)));
  const type = message(1, number(1, FLOAT), message(2, ...dimensions));
  return message(field, text(1, name), message(2, type));
};

/** A model with one output; a tensor without data is an input. */
export function onnxModel(
  nodes: readonly OnnxNode[],
  tensors: { readonly [name: string]: OnnxTensor },
  output: OnnxTensor & { readonly name: string },
): Uint8Array {
  const graph = [
    ...nodes.map(({ op, inputs, output, attributes = {} }) =>
      message(
        1,
        ...inputs.map((name) => text(1, name)),
        text(2, output),
        text(4, op),
        ...Object.entries(attributes).map(([name, value]) =>
          message(5, text(1, name), number(3, value), number(20, INT)),
        ),
      ),
    ),
    text(2, "graph"),
    ...Object.entries(tensors).flatMap(([name, { shape, data }]) => {
      if (!data) return [typed(11, name, shape)];
      const raw = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
      const sides = shape.map((side) => number(1, side));
      return [message(5, ...sides, number(2, FLOAT), text(8, name), bytes(9, raw))];
    }),
    typed(12, output.name, output.shape),
  ];
  return join([number(1, 8), message(7, ...graph), message(8, number(2, 17))]);
}
