import { tensor } from "@neurite/autograd";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readSafetensors, writeSafetensors } from "../src/safetensors/index.js";

const weight = tensor([
  [1.5, -2],
  [Number.NaN, Number.POSITIVE_INFINITY],
]);
const example = writeSafetensors(
  [
    ["weight", weight],
    ["step", tensor(7, { dtype: "float64" })],
    ["mask", tensor([true, false, true])],
    ["classes", tensor([3, -1], { dtype: "int32" })],
    ["empty", tensor([], { shape: [0, 3] })],
  ],
  { format: "pt" },
);

/** `save_file({"a": np.array([[1., 2.]]), "b": np.array([True])}, …)` of Python's safetensors 0.8.0. */
const PYTHON = [
  "eAAAAAAAAAB7ImEiOnsiZHR5cGUiOiJGNjQiLCJzaGFwZSI6WzEsMl0sImRhdGFfb2Zmc2V0cyI6WzAsMTZdfSwiYi",
  "I6eyJkdHlwZSI6IkJPT0wiLCJzaGFwZSI6WzFdLCJkYXRhX29mZnNldHMiOlsxNiwxN119fSAgICAgICAAAAAAAADw",
  "PwAAAAAAAABAAQ==",
].join("");

describe("safetensors", () => {
  it("returns what was written, in order, byte for byte", () => {
    const { tensors, metadata } = readSafetensors(example);
    expect([...tensors.keys()]).toEqual(["weight", "step", "mask", "classes", "empty"]);
    expect(metadata).toEqual({ format: "pt" });
    expect(tensors.get("weight")!.toArray()).toEqual(weight.toArray());
    expect(tensors.get("step")!.toArray()).toBe(7);
    expect(tensors.get("mask")!.toArray()).toEqual([true, false, true]);
    expect(tensors.get("classes")!.dtype).toBe("int32");
    expect(tensors.get("empty")!.shape).toEqual([0, 3]);
    expect(writeSafetensors(tensors, metadata)).toEqual(example);
  });

  it("reads a Buffer, which may be part of a larger pool, as readFile gives it", () => {
    const pooled = Buffer.concat([Buffer.from("xyz"), example]).subarray(3);
    expect(readSafetensors(pooled).tensors.get("weight")!.toArray()).toEqual(weight.toArray());
    expect(readSafetensors(Buffer.from(example)).tensors.get("step")!.toArray()).toBe(7);
  });

  it("reads what Python's safetensors wrote", () => {
    const file = Buffer.from(PYTHON, "base64");
    const { tensors } = readSafetensors(file);
    expect(tensors.get("a")!.toArray()).toEqual([[1, 2]]);
    expect(tensors.get("a")!.dtype).toBe("float64");
    expect(tensors.get("b")!.toArray()).toEqual([true]);
  });

  it("lays the file out as the format says", () => {
    const file = writeSafetensors([["a", tensor([1, 2])]]);
    const length = Number(new DataView(file.buffer).getBigUint64(0, true));
    const header = JSON.parse(new TextDecoder().decode(file.subarray(8, 8 + length)));
    expect(header).toEqual({ a: { dtype: "F32", shape: [2], data_offsets: [0, 8] } });
    expect([...file.subarray(8 + length)]).toEqual([0, 0, 128, 63, 0, 0, 0, 64]);
  });

  it.each([
    ["a short file", new Uint8Array(3), /3 bytes are no header/],
    ["a huge header", new Uint8Array(16).fill(255), /claims 18446744073709551615 bytes, 8 are/],
    ["no JSON", fileOf("nonsense"), /not JSON/],
    [
      "a missing part",
      fileOf(entry("F32", [2], [0, 8])),
      /ends at byte 8 of the data, 0 are there/,
    ],
    ["a wrong size", fileOf(entry("F32", [3], [0, 8]), 8), /needs 12 bytes/],
    ["numbers for metadata", fileOf('{"__metadata__":{"a":1}}'), /metadata is \{"a":1\}/],
    ["an unknown dtype", fileOf(entry("F8", [1], [0, 1]), 1), /dtype F8/],
    ["a strange shape", fileOf(entry("F32", [-1], [0, 4]), 4), /shape \[-1\]/],
    [
      "an overlap",
      fileOf(
        '{"a":{"dtype":"BOOL","shape":[2],"data_offsets":[0,2]},"b":{"dtype":"BOOL","shape":[2],"data_offsets":[1,3]}}',
        3,
      ),
      /a and b overlap/,
    ],
  ])("refuses %s", (_, file, message) => {
    expect(() => readSafetensors(file)).toThrow(message);
  });

  it("reads a tensor called __proto__ as plain data", () => {
    const file = fileOf('{"__proto__":{"dtype":"BOOL","shape":[1],"data_offsets":[0,1]}}', 1);
    expect([...readSafetensors(file).tensors.keys()]).toEqual(["__proto__"]);
    expect({}).not.toHaveProperty("dtype");
  });

  it("ends in an error or in data, whatever byte is changed", () => {
    const place = fc.nat(example.length - 1);
    fc.assert(
      fc.property(place, fc.nat(255), (at, byte) => {
        const file = example.with(at, byte);
        try {
          const { tensors, metadata } = readSafetensors(file);
          const again = readSafetensors(writeSafetensors(tensors, metadata));
          expect([...again.tensors.keys()]).toEqual([...tensors.keys()]);
          for (const [name, tensor] of tensors) {
            expect(again.tensors.get(name)!.toTypedArray()).toEqual(tensor.toTypedArray());
          }
        } catch (error) {
          expect(String(error)).toMatch(/^ValueError: readSafetensors/);
        }
      }),
      { numRuns: 500 },
    );
  });
});

function entry(dtype: string, shape: number[], offsets: [number, number]): string {
  return JSON.stringify({ a: { dtype, shape, data_offsets: offsets } });
}

function fileOf(header: string, dataBytes = 0): Uint8Array {
  const text = new TextEncoder().encode(header);
  const file = new Uint8Array(8 + text.length + dataBytes);
  new DataView(file.buffer).setBigUint64(0, BigInt(text.length), true);
  file.set(text, 8);
  return file;
}
