import { describe, expect, test } from "vitest";
import type { Expression } from "../../src/compile/lanes/expression.js";
import { special } from "../../src/compile/lanes/special.js";
import { opcode } from "../../src/compile/wasm/opcodes.js";
import { sin } from "../../src/numerics/special/printed/sin.js";
import { inLaneKernel, laneKernel } from "../support/lane-kernel.js";

type Formula = (x: readonly Expression[]) => Expression;

const numbers = Array.from({ length: 48 }, (_, i) => (i - 20) / 7);
const f32 = Float32Array.from(numbers);
const f64 = Float64Array.from(numbers);

const exp: Formula = (x) => special("exp", x);

describe.each([1, 2, 3, 4])("%i vectors in turn", (vectors) => {
  test("compute the same", () => {
    const softsign: Formula = ([x]) => x!.div(exp([x!]).add(1));
    const one = inLaneKernel([f32], ["float32"], "float32", softsign, { vectors: 1 });
    const all = inLaneKernel([f32], ["float32"], "float32", softsign, { vectors });
    expect(all.result).toEqual(one.result);
  });

  test("share what is the same in all", () => {
    const y = Float32Array.of(2.5);
    const formula: Formula = ([x, single]) => x!.mul(exp([single!])).add(single!);
    const options = { vectors, single: [1] };
    const { result } = inLaneKernel([f32, y], ["float32", "float32"], "float32", formula, options);
    const factor = inLaneKernel([y], ["float32"], "float32", exp).result[0]!;
    expect(result).toEqual(f32.map((x) => Math.fround(x * factor) + 2.5));
  });
});

test("what is equal is computed once", () => {
  const size = (formula: Formula) =>
    inLaneKernel([f32], ["float32"], "float32", formula).code.bytes.length;
  const twice = size(([x]) => exp([x!]).add(exp([x!.mul(1)])));
  expect(size((x) => exp(x).add(exp(x)))).toBeLessThan(size(exp) + 30);
  expect(twice).toBeGreaterThan(1.5 * size(exp));
});

test("constants stand before the loop", () => {
  const options = { capacity: 1 };
  const { code, loop } = laneKernel(["float64"], "float64", exp, options);
  const constants = (bytes: readonly number[]) =>
    bytes.filter((byte, i) => `${[byte, bytes[i + 1]]}` === `${opcode("v128.const").code}`);
  expect(constants(code.bytes.slice(0, loop)).length).toBeGreaterThan(5);
  expect(constants(code.bytes.slice(loop))).toEqual([]);
});

describe.each(["float32", "float64"] as const)("the host, in %s", (dtype) => {
  const values = dtype === "float32" ? f32.slice() : f64.slice();
  const sine: Formula = (x) => special("sin", x);
  const run = (x: Float32Array | Float64Array) => inLaneKernel([x], [dtype], dtype, sine);

  test("is not called where no lane needs it", () => {
    expect(run(values).calls).toBe(0);
  });

  test("is called for the lanes that need it", () => {
    const some = values.slice();
    for (const i of [5, 6, 40]) some[i] = 1e9;
    const { result, calls } = run(some);
    expect(calls).toBe(2 * 3);
    expect([...result]).toEqual([...some].map(sin[dtype]));
  });
});

describe("float64 in a kernel of four lanes", () => {
  const inDoubles =
    (formula: (x: Expression) => Expression): Formula =>
    ([x]) =>
      formula(x!.convert("float64"));
  const run = (formula: Formula, to: "float32" | "int32" | "bool") =>
    inLaneKernel([f32], ["float32"], to, formula).result;

  test("takes two vectors", () => {
    const y = run(
      inDoubles((x) =>
        x
          .mul(1 / 3)
          .add(1e-9)
          .convert("float32"),
      ),
      "float32",
    );
    expect(y).toEqual(f32.map((x) => x * (1 / 3) + 1e-9));
  });

  test("answers questions, and chooses", () => {
    const isSmall = run(
      inDoubles((x) => x.abs().lt(1.1)),
      "bool",
    );
    expect([...isSmall]).toEqual([...f32].map((x) => Number(Math.abs(x) < 1.1)));
    const chosen = run(
      ([x]) => x!.lt(0).where(x!.convert("float64").mul(0.1), 7).convert("float32"),
      "float32",
    );
    expect(chosen).toEqual(f32.map((x) => (x < 0 ? x * 0.1 : 7)));
  });

  test("calls the host for the lanes that need it", () => {
    const large = Float32Array.from(f32, (x, i) => (i % 7 === 3 ? 1e8 : x));
    const formula = inDoubles((x) => special("sin", [x]).convert("float32"));
    const { result, calls } = inLaneKernel([large], ["float32"], "float32", formula);
    expect(result).toEqual(large.map(sin.float64));
    expect(calls).toBe(2 * large.filter((x) => x === 1e8).length);
  });
});

test("words of 32 bits are shifted and rotated", () => {
  const words = Int32Array.from({ length: 24 }, (_, i) => Math.imul(i - 7, 0x9e3779b9));
  const run = (formula: (x: Expression) => Expression) =>
    inLaneKernel([words], ["int32"], "int32", ([x]) => formula(x!)).result;
  expect(run((x) => x.shiftLeft(5))).toEqual(words.map((x) => x << 5));
  expect(run((x) => x.shiftRight(5))).toEqual(words.map((x) => x >> 5));
  expect(run((x) => x.shiftRightUnsigned(5))).toEqual(words.map((x) => x >>> 5));
  expect(run((x) => x.rotateLeft(13))).toEqual(words.map((x) => (x << 13) | (x >>> 19)));
  expect(run((x) => x.xor(0x1bd11bda).and(0xffff).or(1))).toEqual(
    words.map((x) => ((x ^ 0x1bd11bda) & 0xffff) | 1),
  );
  expect(run((x) => x.mul(x))).toEqual(words.map((x) => Math.imul(x, x)));
});

test("bits are read as another dtype", () => {
  const { result } = inLaneKernel([f32.slice(0, 12)], ["float32"], "int32", ([x]) =>
    x!.reinterpret("int32"),
  );
  expect(result).toEqual(new Int32Array(f32.slice(0, 12).buffer));
});
