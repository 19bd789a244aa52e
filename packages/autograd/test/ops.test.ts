import { describe, expect, test } from "vitest";
import { type Family, Operand, tensor } from "../src/index.js";
import { NDArray } from "../src/ndarray.js";
import { opSamples } from "./ops/index.js";
import {
  checkDeterminism,
  checkDTypes,
  checkError,
  checkFloat32,
  checkSpecial,
  checkValue,
} from "./support/checks.js";
import { checkDerivatives, checkDirection } from "./support/derivatives.js";
import { executor } from "./support/evaluate.js";
import { compositions, each, primitives, smooth } from "./support/records.js";
import type { OpSamples, Sample } from "./support/sample.js";
import { checkSerialised } from "./support/serialised.js";
import { checkLanes, checkLanesOfGradients } from "./support/vmapped.js";

const names = primitives.map(({ name }) => name);
test("every op has a record of samples, and every record an op", () => {
  expect(Object.keys(opSamples).sort()).toEqual(names.toSorted());
});

describe.each(primitives)("$name", ({ name, op, record }) => {
  test("is registered under its name", () => {
    expect(op.name).toBe(name);
  });

  test("has one line of derivative for each rule, and none where there is none", () => {
    const { vjp: lines, forward } = op.formula;
    expect(forward).toMatch(/./);
    if (typeof op.vjp === "function") expect(lines).toHaveLength(1);
    else expect(lines.map((line) => line === "none")).toEqual(op.vjp?.map((rule) => rule === null));
  });

  test("differentiates in some input exactly if its record says so", () => {
    const differentiates = typeof op.vjp === "function" || !!op.vjp?.some((rule) => rule !== null);
    expect(record.differentiable).toBe(differentiates);
  });

  test("has samples of every kind that its family asks for", () => {
    expect(missing(op.family, record)).toEqual([]);
  });

  checkRecord(name, record, op.single !== undefined);
});

describe.each(compositions)("$name, a composition", ({ name, record }) => {
  test("is a method or an exported function that is no op", () => {
    expect(names).not.toContain(name);
  });

  test("has a sample of rank 0 and one without elements", () => {
    expect(missing("movement", record)).toEqual([]);
  });

  checkRecord(name, record);
});

function checkRecord(name: string, record: OpSamples, hasOwnFloat32 = false): void {
  const { samples, specials, errors, differentiable } = record;

  test("has at least twenty samples", () => {
    expect(samples.length).toBeGreaterThanOrEqual(20);
  });
  test("computes what the reference does", () => each(samples, checkValue));
  test("agrees with float64 in float32", () =>
    each(samples, (s) => checkFloat32(s, record, hasOwnFloat32)));
  test("returns the dtype that follows from its inputs", () => checkDTypes(record));
  if (specials.length > 0) {
    test("keeps the conventions", () => each(specials, checkSpecial));
  }
  if (errors.length > 0) {
    test("says what is wrong", () => each(errors, (error) => checkError(error, name)));
  }
  if (differentiable) {
    test("has right first and second derivatives", () => {
      const known = specials.filter(({ gradient }) => gradient);
      expect(smooth(record).length + known.length).toBeGreaterThan(0);
      each(smooth(record), checkDerivatives);
    });
    test("moves along a direction as its differences do", () =>
      each(smooth(record), checkDirection));
  }
  // The lanes are those of a trace in either run, and a file is what was traced.
  if (executor === "eager") {
    test("is the same, written and read", () => {
      each(samples, (sample) => checkSerialised(sample, differentiable));
    });
    test("of many lanes is that of each", () => each([...samples, ...specials], checkLanes));
    if (differentiable) {
      test("of many lanes has the gradients of each", () => each(samples, checkLanesOfGradients));
    }
  }
  test("gives the same bits twice", () => {
    each(samples.slice(0, 8), (sample) => checkDeterminism(sample, differentiable));
  });
}

/** The kinds of samples that an op of a family must have and this record has not. */
function missing(family: Family, { samples, leastRank = 0 }: OpSamples): string[] {
  const shapesOf = ({ inputs }: Sample) => inputs.map(({ shape }) => JSON.stringify(shape)).join();
  const calls = samples.map(shapesOf);
  const has = (call: string) => calls.includes(call);
  const kinds: Record<string, boolean> = {
    "rank 0": leastRank > 0 || samples.some(({ inputs }) => inputs.some(({ rank }) => rank === 0)),
    "no elements": samples.some(({ inputs }) => inputs.some(({ size }) => size === 0)),
  };
  if (family === "random") return [];
  const strided = ({ inputs }: Sample) =>
    inputs.some(({ value }) => value instanceof NDArray && !value.isContiguous);
  if (family !== "leaf") kinds["other strides"] = samples.some(strided);
  const isPredicate = family === "comparison" && samples.every(({ inputs }) => !inputs[1]);
  if (family === "unary" || isPredicate) {
    for (const shape of ["[]", "[0,3]", "[3]", "[4]", "[5]", "[17]", "[2,3]"]) {
      kinds[shape] = has(shape);
    }
  }
  if (family === "binary" || (family === "comparison" && !isPredicate)) {
    for (const [a, b] of [
      ["[2,1]", "[1,3]"],
      ["[1]", "[4]"],
      ["[]", "[3]"],
      ["[2,3]", "[3]"],
    ]) {
      kinds[`${a} with ${b}`] = has(`${a},${b}`);
      kinds[`${b} with ${a}`] = has(`${b},${a}`) || (a === "[2,1]" && has("[1,3],[2,1]"));
    }
    kinds["[0,3] with [0,3]"] = has("[0,3],[0,3]");
  }
  if (family === "reduction") {
    for (const side of [3, 4, 5, 17]) kinds[`[${side}]`] = has(`[${side}]`);
  }
  return Object.keys(kinds).filter((kind) => !kinds[kind]);
}

describe("methods", () => {
  /** Reached through functions of a key instead. */
  const random = ["randomPermutation", "randomUniform", "threefry"];

  test("every op is a method of tensors, except the random ones", () => {
    const methods = names.filter((name) => name in tensor(0));
    expect(methods).toEqual(names.filter((name) => !random.includes(name)));
    expect(tensor(0)).toBeInstanceOf(Operand);
  });
});
