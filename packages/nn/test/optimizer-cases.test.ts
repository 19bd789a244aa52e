import { type Tensor, tensor, type Variable, variable } from "@neurite/autograd";
import { describe, expect, it } from "vitest";
import { expectClose } from "../../autograd/test/support/close.js";
import { evaluate } from "../../autograd/test/support/evaluate.js";
import {
  Adadelta,
  Adagrad,
  Adam,
  Adamax,
  AdamW,
  clipGradNorm,
  clipGradValue,
  EMA,
  Lion,
  NAdam,
  type Optimizer,
  type OptimizerOptions,
  type ParameterList,
  RAdam,
  RMSprop,
  SGD,
  SWA,
} from "../src/index.js";
import { readGolden } from "./support/layer-cases.js";

type Numbers = number | readonly Numbers[];
/** Of the two parameters; null where one has no gradient. */
type Pair = readonly [Numbers | null, Numbers | null];

interface Run {
  readonly class: keyof typeof kinds;
  readonly options: Readonly<Record<string, unknown>>;
  readonly steps: readonly Pair[];
}

interface Clipped {
  readonly gradients: Pair;
}

interface Golden {
  readonly start: Pair;
  readonly gradients: readonly Pair[];
  readonly groups: Readonly<Record<"SGD" | "AdamW", readonly Pair[]>>;
  readonly clipGradNorm: readonly (Clipped & { maxNorm: number; normType: string; norm: number })[];
  readonly clipGradValue: Clipped & { readonly maxValue: number };
  readonly EMA: { readonly decay: number; readonly steps: readonly Pair[] };
  readonly SWA: { readonly steps: readonly Pair[] };
}

type Kind = new (parameters: ParameterList, options?: OptimizerOptions) => Optimizer;

const kinds = {
  Adadelta,
  Adagrad,
  Adam,
  Adamax,
  AdamW,
  Lion,
  NAdam,
  RAdam,
  RMSprop,
  SGD,
} satisfies Record<string, Kind>;

const golden = readGolden("optimizers") as unknown as Golden & Readonly<Record<string, Run>>;
const runs = Object.keys(golden).filter((name) => /: /.test(name));

const dtypes = [
  ["float64", 1e-10],
  ["float32", 1e-5],
] as const;

/** PyTorch's options by our names: `lr` and `lr_decay` are spelled out. */
const ours = (options: Run["options"]): OptimizerOptions =>
  Object.fromEntries(
    Object.entries(options).map(([name, value]) => [
      name
        .replace(/^lr\b|^lr(?=_)/, "learningRate")
        .replace(/_[a-z]/g, (letter) => letter[1]!.toUpperCase()),
      value,
    ]),
  );

const startIn = (dtype: "float32" | "float64"): readonly Variable[] =>
  golden.start.map((numbers) => variable(numbers as never, { dtype }));

/** Gives the parameters these gradients and runs the body, on the executor of this run. */
function withGradients(
  parameters: readonly Variable[],
  gradients: Pair,
  body: () => readonly Tensor[],
): readonly Tensor[] {
  const given = gradients.map((numbers, i) =>
    numbers === null ? null : tensor(numbers as never, { dtype: parameters[i]!.dtype }),
  );
  return evaluate(
    (...present: Tensor[]) => {
      const next = present.values();
      for (const [i, gradient] of given.entries()) {
        parameters[i]!.grad = gradient && next.next().value!;
      }
      return [...body()];
    },
    ...given.filter((gradient) => gradient !== null),
  );
}

function expectPair(actual: readonly (Tensor | Variable)[], expected: Pair, rtol: number): void {
  for (const [i, numbers] of expected.entries()) {
    const wanted = tensor(numbers as never, { dtype: "float64" });
    const atol = rtol * Math.max(...wanted.toTypedArray().map(Math.abs));
    expectClose(actual[i]!.cast("float64"), wanted, { rtol, atol });
  }
}

function expectSteps(make: (own: readonly Variable[]) => Optimizer, steps: readonly Pair[]): void {
  for (const [dtype, rtol] of dtypes) {
    const parameters = startIn(dtype);
    const optimizer = make(parameters);
    for (const [step, gradients] of golden.gradients.entries()) {
      withGradients(parameters, gradients, () => {
        optimizer.step();
        return [];
      });
      expectPair(parameters, steps[step]!, rtol);
    }
  }
}

describe("eight steps agree with PyTorch's, of Lion with optax's, in both dtypes", () => {
  it.each(runs)("%s", (name) => {
    const { class: kind, options, steps } = golden[name]!;
    const known = new kinds[kind]([variable([0])], ours(options)).hyperparameters;
    expect(known).toMatchObject(ours(options));
    expectSteps((parameters) => new kinds[kind](parameters, ours(options)), steps);
  });

  it("and there is a run of every class, with its defaults and with other options", () => {
    const of = (name: string) => runs.filter((run) => run.startsWith(`${name}: `));
    for (const name of Object.keys(kinds)) {
      expect(of(name).length).toBeGreaterThan(1);
      expect(of(name)).toContain(`${name}: defaults`);
    }
  });
});

describe("groups have a rate and a weight decay of their own, as in PyTorch", () => {
  it.each(["SGD", "AdamW"] as const)("%s", (kind) => {
    expectSteps((parameters) => {
      const [, second] = parameters;
      const group = { parameters: [second!], learningRateFactor: 0.1, weightDecay: 0.5 };
      return new kinds[kind](parameters, { learningRate: 0.1, weightDecay: 0.2, groups: [group] });
    }, golden.groups[kind]);
  });
});

describe("clipping agrees with PyTorch", () => {
  it.each(golden.clipGradNorm)("by norm $normType to $maxNorm", (kept) => {
    const normType = kept.normType === "inf" ? Number.POSITIVE_INFINITY : Number(kept.normType);
    for (const [dtype, rtol] of dtypes) {
      const parameters = startIn(dtype);
      const [norm, ...clipped] = withGradients(parameters, golden.gradients[0]!, () => {
        const norm = clipGradNorm(parameters, kept.maxNorm, { normType });
        return [norm, ...parameters.map(({ grad }) => grad!)];
      });
      expect(norm!.dtype).toBe(dtype);
      expectClose(norm!.cast("float64"), kept.norm, { rtol });
      expectPair(clipped, kept.gradients, rtol);
    }
  });

  it("by value", () => {
    const { maxValue, gradients } = golden.clipGradValue;
    for (const [dtype, rtol] of dtypes) {
      const parameters = startIn(dtype);
      const clipped = withGradients(parameters, golden.gradients[0]!, () => {
        clipGradValue(parameters, maxValue);
        return parameters.map(({ grad }) => grad!);
      });
      expectPair(clipped, gradients, rtol);
    }
  });
});

describe("averages agree with PyTorch's AveragedModel", () => {
  it.each([
    ["EMA", (own: readonly Variable[]) => new EMA(own, { decay: golden.EMA.decay })] as const,
    ["SWA", (own: readonly Variable[]) => new SWA(own)] as const,
  ])("%s", (name, make) => {
    for (const [dtype, rtol] of dtypes) {
      const parameters = startIn(dtype);
      const optimizer = new SGD(parameters, { learningRate: 0.1 });
      const averages = make(parameters);
      for (const [step, gradients] of golden.gradients.entries()) {
        withGradients(parameters, gradients, () => {
          optimizer.step();
          averages.update();
          return [];
        });
        averages.apply(() => expectPair(parameters, golden[name].steps[step]!, rtol));
      }
    }
  });
});
