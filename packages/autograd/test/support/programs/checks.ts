import { assert, property } from "fast-check";
import {
  compile,
  deserialize,
  foldIn,
  grad,
  key,
  normal,
  replay,
  serialize,
  stack,
  type Tensor,
  tensor,
  trace,
  vmap,
} from "../../../src/index.js";
import { expectSame } from "../close.js";
import { plainOf } from "../plain.js";
import { ends, type Program, programs, results } from "./program.js";
import { asValue, type Value } from "./value.js";

// One program, told in every way that there is. What differs is thrown.

/** What a check met: a failing program has no values, a rough one no differences. */
export type Outcome = "checked" | "refused" | "rough";

export function checkProgram(program: Program): Outcome {
  const { steps } = program;
  const x = tensorsOf(program);
  if (steps.length === 0) return "rough";
  if (steps.at(-1)!.fails) {
    checkRefused(program, x);
    return "refused";
  }
  const f = results(program);
  const y = f(...x);
  for (const [i, step] of steps.entries()) {
    const known = [...x, ...y];
    const given = step.args.map((at) => valueOfTensor(known[at]!));
    within(step.name, i, () => close(y[i]!, step.mean(given), given));
  }
  checkReplayed(f, x, "values");
  checkLanes(f, x);
  const loss = lossOf(program);
  const gradients = gradientsOf(loss);
  checkReplayed(gradients, x, "gradients");
  checkCompiled((...x) => [...f(...x), ...gradients(...x)], x);
  return program.isTame ? checkDirection(loss, gradients, x) : "rough";
}

/** Half an hour: to look for the smallest program that fails may take longer than anybody waits. */
const MOST_TIME = 30 * 60_000;

/** Draws programs and checks each; throws the smallest one found that fails. */
export function checkPrograms(runs: { readonly numRuns: number; readonly seed: number }): void {
  assert(
    property(programs, (program) => void checkProgram(program)),
    { ...runs, interruptAfterTimeLimit: MOST_TIME, markInterruptAsFailure: true },
  );
}

/** The inputs of a program. */
export const tensorsOf = ({ inputs }: Program): Tensor[] =>
  inputs.map(({ data, shape }) => tensor(Float64Array.from(data), { shape }));

const valueOfTensor = (x: Tensor): Value => asValue(plainOf(x), x.dtype as Value["dtype"]);

function within(name: string, at: number, check: () => void): void {
  try {
    check();
  } catch (error) {
    throw new Error(`step ${at}, ${name}: ${(error as Error).message}`);
  }
}

/** What must be refused is refused by the library, run at once or traced first. */
function checkRefused(program: Program, x: readonly Tensor[]): void {
  const most = { ...program, steps: program.steps.slice(0, -1) };
  results(most)(...x);
  const { name } = program.steps.at(-1)!;
  refuses(`${name} at once`, () => results(program)(...x));
  refuses(`${name} traced`, () => replay(trace(results(program), ...x).graph, x));
}

function refuses(what: string, run: () => unknown): void {
  try {
    run();
  } catch (error) {
    if (error instanceof Error && "fix" in error) return;
    throw new Error(`${what}: expected an error of the library, got ${error}`);
  }
  throw new Error(`${what}: expected an error, got none`);
}

/** The value is that of the interpreter, up to rounding. */
function close(y: Tensor, expected: Value, given: readonly Value[]): void {
  if (y.dtype !== expected.dtype) throw new Error(`expected ${expected.dtype}, got ${y.dtype}`);
  if (String(y.shape) !== String(expected.shape)) {
    throw new Error(`expected shape [${expected.shape}], got [${y.shape}]`);
  }
  const finite = [...given, expected].flatMap(({ data }) => data.filter(Number.isFinite));
  const scale = finite.reduce((most, x) => Math.max(most, Math.abs(x)), 1);
  for (const [i, actual] of [...y.toTypedArray()].entries()) {
    const known = expected.data[i]!;
    const isNear = Number.isFinite(known)
      ? Math.abs(actual - known) <= 1e-11 * scale
      : Object.is(actual, known);
    if (!isNear) throw new Error(`element ${i}: expected ${known}, got ${actual}`);
  }
}

/** Traced and replayed, and that written and read: the same bits. */
function checkReplayed(f: (...x: Tensor[]) => Tensor[], x: readonly Tensor[], what: string): void {
  const eager = f(...x);
  const { graph } = trace(f, ...x);
  const again = deserialize<typeof graph>(serialize(graph));
  for (const [how, traced] of [
    ["replayed", graph],
    ["serialised", again],
  ] as const) {
    within(`${what}, ${how}`, -1, () => {
      for (const [i, y] of replay(traced, x).entries()) expectSame(y, eager[i]!);
    });
  }
}

/** Compiled: the same bits, twice, and in float32 too where nothing in the program forbids it. */
function checkCompiled(f: (...x: Tensor[]) => Tensor[], x: readonly Tensor[]): void {
  const single = x.map((input) => input.cast("float32"));
  for (const [dtype, given] of [["float64", x] as const, ["float32", single] as const]) {
    let eager: Tensor[];
    try {
      eager = f(...given);
    } catch (error) {
      if (dtype === "float32") continue;
      throw error;
    }
    const compiled = compile(f);
    within(`compiled in ${dtype}`, -1, () => {
      for (let run = 0; run < 2; run++) {
        for (const [i, y] of compiled(...given).entries()) expectSame(y, eager[i]!);
      }
    });
  }
}

/** Two examples at once are one after the other. */
function checkLanes(f: (...x: Tensor[]) => Tensor[], x: readonly Tensor[]): void {
  const other = x.map((input) => input.flip());
  let second: Tensor[];
  try {
    second = f(...other);
  } catch {
    return; // an index that is legal in one may not be in the other
  }
  const first = f(...x);
  const both = vmap(f)(...x.map((input, i) => stack([input, other[i]!])));
  for (const [i, y] of both.entries()) {
    within("lanes", i, () => {
      expectSame(y.slice(0), first[i]!);
      expectSame(y.slice(1), second[i]!);
    });
  }
}

/** One number that everything with a slope goes into, each with weights drawn under the seed. */
export function lossOf(program: Program, seed = 0): (...x: Tensor[]) => Tensor {
  const last = ends(program);
  return (...x) => {
    const y = results(program)(...x);
    const sums = last.flatMap((at) => {
      const end = y[at]!;
      if (end.dtype !== "float64" || end.size === 0) return [];
      return [
        end
          .mul(normal(foldIn(key(seed), at), end.shape, { dtype: "float64" }))
          .asinh()
          .sum(),
      ];
    });
    return sums.reduce((a, b) => a.add(b), x[0]!.constantLike(0, { shape: [] }));
  };
}

/** The gradients of a loss by all of its inputs. */
export const gradientsOf =
  (loss: (...x: Tensor[]) => Tensor) =>
  (...x: Tensor[]): Tensor[] => {
    const own = x.map((input) => input.alias());
    return grad(loss(...own), own);
  };

/** The slope along a random direction, where differences of two widths agree on there being one. */
function checkDirection(
  loss: (...x: Tensor[]) => Tensor,
  gradients: (...x: Tensor[]) => Tensor[],
  x: readonly Tensor[],
): Outcome {
  const direction = x.map((input, i) => normal(key(1000 + i), input.shape, { dtype: "float64" }));
  const moved = (by: number) =>
    loss(...x.map((input, i) => input.add(direction[i]!.mul(by)))).item();
  const slope = (step: number) => (moved(step) - moved(-step)) / (2 * step);
  const [wide, narrow] = [slope(1e-5), slope(2e-6)];
  const analytic = gradients(...x).reduce(
    (sum, g, i) => sum + g.mul(direction[i]!).sum().item(),
    0,
  );
  const scale = Math.max(1, Math.abs(wide), Math.abs(loss(...x).item()));
  const isRough = !(Math.abs(wide - narrow) <= 1e-5 * scale);
  if (isRough) return "rough";
  if (Math.abs(analytic - wide) <= 1e-4 * scale) return "checked";
  throw new Error(`the slope is ${analytic}, differences say ${wide} and ${narrow}`);
}
