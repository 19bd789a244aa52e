import { createHash } from "node:crypto";
import { describe, expect, test } from "vitest";
import type { Operand, Tensor } from "../src/index.js";
import * as neurite from "../src/index.js";
import { type Composition, compositionSamples } from "./compositions/index.js";
import { type OpName, opSamples } from "./ops/index.js";
import { type Call, checkGolden, golden, madeBy, read, titleOf } from "./support/golden.js";

type Name = OpName | Composition;

/** Why PyTorch has no say in a function. */
class NotInPyTorch {
  constructor(readonly reason: string) {}
}

const random = new NotInPyTorch("the numbers are JAX's: random.test.ts compares them");
const transform = new NotInPyTorch("its results are those of the functions it is given");

/** A free function of its inputs and then its other arguments. */
const free =
  (f: (...args: never[]) => Tensor): Call =>
  (x, args) =>
    f(...([...x, ...args] as never[]));

/** A free function of a list of tensors. */
const ofList =
  (f: (list: readonly Tensor[], axis?: number) => Tensor): Call =>
  (x, args) =>
    f(x, ...(args as [number?]));

/** A convolution: its third input is an option. */
const convolution =
  (f: (x: Tensor, weight: Tensor, options: object) => Tensor): Call =>
  ([x, weight, bias], [options]) =>
    f(x!, weight!, { ...(options as object), ...(bias && { bias }) });

/** How each is called that is no method of its first input, or returns more than a tensor. */
const calls: {
  readonly [K in Exclude<Name, keyof Operand> | "concat" | "topk"]: Call | NotInPyTorch;
} = {
  avgPool1d: free(neurite.avgPool1d),
  avgPool2d: free(neurite.avgPool2d),
  checkpoint: transform,
  concat: ofList(neurite.concat),
  conv1d: convolution(neurite.conv1d),
  conv2d: convolution(neurite.conv2d),
  convTranspose1d: convolution(neurite.convTranspose1d),
  convTranspose2d: convolution(neurite.convTranspose2d),
  einsum: (x, [equation]) => neurite.einsum(equation as string, ...x),
  maxPool1d: free(neurite.maxPool1d),
  maxPool2d: free(neurite.maxPool2d),
  randomPermutation: random,
  randomUniform: random,
  scan: transform,
  stack: ofList(neurite.stack),
  threefry: random,
  topk: ([x], args) => {
    const { values, indices } = x!.topk(...(args as [number, number?]));
    return [values, indices];
  },
  upsample: free(neurite.upsample),
};

const method =
  (name: string): Call =>
  ([first, ...others], args) =>
    (first as unknown as Record<string, (...args: unknown[]) => Tensor>)[name]!(...others, ...args);

const byName: Readonly<Record<string, Call | NotInPyTorch>> = calls;
const names = new Set(Object.keys({ ...opSamples, ...compositionSamples, ...calls }));
const compared = [...names].filter((name) => !(byName[name] instanceof NotInPyTorch)).sort();

test("was written by the scripts beside it", () => {
  const hash = createHash("sha256");
  for (const script of madeBy.scripts) hash.update(read(script));
  expect(hash.digest("hex")).toBe(madeBy.sha256);
});

test("knows every op and every composition, and nothing else", () => {
  expect([...new Set(golden.map(({ of }) => of))]).toEqual(compared);
});

describe.each(compared)("%s agrees with PyTorch", (name) => {
  const call = (byName[name] as Call | undefined) ?? method(name);
  const cases = golden.filter(({ of }) => of === name);

  test.each(cases.map((expected) => [titleOf(expected), expected] as const))(
    "%s",
    (_, expected) => {
      checkGolden(call, expected, "float64");
      if (expected.float32) checkGolden(call, expected, "float32");
    },
  );
});
