import { readFileSync } from "node:fs";
import { expect } from "vitest";
import { type DType, type Shape, type Tensor, tensor, vjp } from "../../src/index.js";
import { expectClose } from "./close.js";
import { evaluate } from "./evaluate.js";

/** Elements in row-major order; floats where no dtype is given. */
interface Elements {
  readonly shape: Shape;
  readonly data: readonly number[];
  readonly dtype?: "int32" | "bool";
}

type Parts = readonly (readonly number[] | null)[];

/** One call, and what PyTorch computes for it: golden/ops.py says what each field is. */
export interface GoldenCase {
  readonly of: string;
  readonly note?: string;
  readonly x: readonly Elements[];
  readonly args?: readonly unknown[];
  readonly value: readonly Elements[];
  readonly cot?: Parts;
  readonly gradients?: Parts;
  readonly weights?: Parts;
  readonly second?: Parts;
  readonly float32?: { readonly value: Parts; readonly gradients: Parts };
  /** The condition number of the matrix, where there is one. */
  readonly condition?: number;
}

export const read = (file: string): string =>
  readFileSync(new URL(`../golden/${file}`, import.meta.url), "utf8");

const beyondJson = new Map<unknown, number>(
  [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY].map((x) => [String(x), x]),
);

const [first, ...lines] = read("ops.jsonl").trim().split("\n");

/** Who wrote the cases. */
export const madeBy: { readonly scripts: readonly string[]; readonly sha256: string } = JSON.parse(
  first!,
);

/** What PyTorch computes: written by golden/ops.py. */
export const golden: readonly GoldenCase[] = lines.map((line) =>
  JSON.parse(line, (_, value: unknown) => beyondJson.get(value) ?? value),
);

/** A function as its user calls it: its result is a tensor, or several. */
export type Call = (x: readonly Tensor[], args: readonly unknown[]) => Tensor | readonly Tensor[];

export const titleOf = ({ x, args = [], note = "" }: GoldenCase): string =>
  [...x.map(({ shape }) => `[${shape}]`), ...args.map((arg) => JSON.stringify(arg)), note].join(
    " ",
  );

const isFloat = ({ dtype }: Tensor) => dtype === "float32" || dtype === "float64";

/** Value and gradients, and in float64 also the gradients of the gradients. */
export function checkGolden(call: Call, expected: GoldenCase, dtype: "float32" | "float64"): void {
  const { run, floats, gradients, second } = derivatives(call, expected, dtype);
  const narrow = dtype === "float32" ? expected.float32! : undefined;
  const rtol = (dtype === "float32" ? 1e-6 : 1e-12) * (expected.condition ?? 1);
  const check = (what: string, f: typeof run, shaped: readonly HasShape[], parts: Parts) =>
    compare(what, evaluate(f, ...floats), shaped, present(parts), rtol);
  check("value", run, expected.value, narrow?.value ?? expected.value.map(({ data }) => data));
  const known = narrow?.gradients ?? expected.gradients ?? [];
  if (known.length > 0) check("gradient", gradients, floats, known);
  if (!narrow && expected.second) check("second derivative", second, floats, expected.second);
}

/** The call and its derivatives as functions of its inputs that carry a gradient. */
function derivatives(call: Call, { x, args, cot, weights }: GoldenCase, dtype: DType) {
  const inputs = x.map((array) => tensor(array.data, { dtype, ...array }));
  const run = (...floats: Tensor[]): Tensor[] => {
    const given = floats.values();
    const own = inputs.map((input) => (isFloat(input) ? given.next().value! : input));
    return [call(own, args ?? [])].flat();
  };
  const like = (tensors: readonly Tensor[], parts: Parts | undefined): Tensor[] =>
    tensors.map((y, i) => y.constantLike(parts?.[i] ?? 1));
  const gradients = (...floats: Tensor[]): Tensor[] => {
    const [y, pull] = vjp((...own: Tensor[]) => run(...own).filter(isFloat), ...floats);
    return [...pull(like(y, cot && present(cot)))];
  };
  const second = (...floats: Tensor[]): Tensor[] => {
    const [first, pull] = vjp(gradients, ...floats);
    return [...pull(like(first, weights && present(weights)))];
  };
  return { run, floats: inputs.filter(isFloat), gradients, second };
}

const present = (parts: Parts): Parts => parts.filter((part) => part !== null);

interface HasShape {
  readonly shape: Shape;
}

/** Each within rtol of its element, or of the largest of its array. */
function compare(
  what: string,
  actual: readonly Tensor[],
  shaped: readonly HasShape[],
  expected: Parts,
  rtol: number,
): void {
  expect(actual).toHaveLength(expected.length);
  for (const [i, y] of actual.entries()) {
    const { shape } = shaped[i]!;
    const data = expected[i]!;
    const largest = Math.max(0, ...data.map(Math.abs).filter(Number.isFinite));
    try {
      expectClose(y, tensor(data, { shape, dtype: y.dtype }), { rtol, atol: rtol * largest });
    } catch (error) {
      throw new Error(`${what} ${i}: ${(error as Error).message}`);
    }
  }
}
