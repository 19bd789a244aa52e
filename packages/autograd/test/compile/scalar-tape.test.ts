import { describe, expect, test } from "vitest";
import { elementwise } from "../../src/compile/lower/elementwise.js";
import { canTape } from "../../src/compile/scalar-tape/can-tape.js";
import { printTape } from "../../src/compile/scalar-tape/print.js";
import { tapeOf } from "../../src/compile/scalar-tape/tape-of.js";
import { rounded } from "../../src/dtype.js";
import {
  type DType,
  DTypeError,
  grad,
  type Operand,
  replay,
  scalar,
  type Tensor,
  tensor,
  trace,
  type Variable,
} from "../../src/index.js";
import type { Op } from "../../src/op.js";
import * as ops from "../../src/ops/index.js";
import { apply } from "../../src/tensor.js";
import { stream } from "../support/draw.js";
import { pieceOf, tapeRunner } from "../support/tape.js";

/** Runs a function of numbers on a tape, and by replaying its graph; both must be the same. */
function expectSame(f: (...x: Tensor[]) => Tensor[], inputs: readonly Tensor[]): void {
  const { graph } = trace<Tensor[], Tensor[]>(f, ...inputs);
  const piece = pieceOf(graph);
  expect(canTape(piece)).toBe(true);
  const values = inputs.map(({ value }) => value as number);
  const run = tapeRunner(
    tapeOf(piece),
    inputs.map(({ dtype }) => dtype),
  );
  const expected = replay(graph, inputs).map(({ value }) => value);
  expect(run(values)).toEqual(expected);
  expect(run(values)).toEqual(expected);
}

const LANES = Object.values(ops as Readonly<Record<string, Op>>).filter(
  ({ name }) => name in elementwise,
);
const DTYPES: readonly DType[] = ["float64", "float32", "int32", "bool"];

/** A program of random ops on random operands of one dtype; ops refuse what they do not take. */
function randomProgram(random: () => number, steps: number): (...x: Tensor[]) => Tensor[] {
  const pick = <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)]!;
  const choices = Array.from({ length: steps }, () => ({
    op: pick([...LANES, ops.add, ops.add, ops.mul, ops.mul] as readonly Op[]),
    dtype: pick(DTYPES),
    to: pick(DTYPES),
    places: [random(), random(), random()],
  }));
  return (...x) => {
    const all = [...x];
    for (const { op, dtype, to, places } of choices) {
      const inputs = places.slice(0, op.formula.vjp.length).map((place, i) => {
        const own = op.family === "selection" && i === 0 ? "bool" : dtype;
        const fitting = all.filter((value) => value.dtype === own);
        return fitting[Math.floor(place * fitting.length)]!;
      });
      try {
        all.push(apply(op, inputs, op.name === "cast" ? { dtype: to } : undefined));
      } catch (error) {
        if (!(error instanceof DTypeError)) throw error;
      }
    }
    const computed = all.slice(x.length);
    const losses = computed.filter(({ dtype }) => dtype === "float64").slice(-3);
    const total = losses.reduce<Tensor>((sum, loss) => sum.add(loss), x[0]!.mul(0));
    return [
      ...computed,
      ...grad(
        total,
        x.filter(({ dtype }) => dtype === "float64"),
      ),
    ];
  };
}

const number = (value: number, dtype: DType): Tensor => tensor(rounded(dtype, value), { dtype });

const SPECIAL = [0, -0, 1, -1, Infinity, -Infinity, Number.NaN, 5e-324, 1e308];

describe("a tape", () => {
  test.each(["1", "2", "3", "4"])("computes random programs: seed %s", (seed) => {
    const random = stream(seed);
    for (let i = 0; i < 8; i++) {
      const f = randomProgram(random, 40);
      for (const isSpecial of [false, true]) {
        const draw = () =>
          isSpecial ? SPECIAL[Math.floor(random() * SPECIAL.length)]! : 4 * random() - 2;
        const inputs = DTYPES.flatMap((dtype) => {
          const values = [draw(), draw(), draw()];
          return values.map((value) => number(value, dtype));
        });
        expectSame(f, inputs);
      }
    }
  });

  test.each(["float64", "float32"] as const)("keeps the order of additions in %s", (dtype) => {
    const random = stream(dtype);
    const x = Array.from({ length: 23 }, () => number(random() - 0.5, dtype));
    expectSame((...x) => {
      const terms = x.slice(1).map((a, i) => a.mul(x[i]!));
      const sum = (of: readonly Tensor[]) => of.reduce((total, term) => total.add(term));
      const fromTheRight = terms.reduceRight((total, term) => term.add(total));
      const tree = (of: readonly Tensor[]): Tensor =>
        of.length === 1
          ? of[0]!
          : tree(of.slice(0, of.length >> 1)).add(tree(of.slice(of.length >> 1)));
      const used = sum(terms.slice(0, 5));
      return [sum(terms), sum(x), fromTheRight, tree(x), used, used.add(x[0]!).add(terms[7]!)];
    }, x);
  });

  test("sums zeros of either sign as they are", () => {
    for (const [a, b] of [
      [0, -0],
      [-0, 0],
      [-0, -0],
    ] as const) {
      expectSame(
        (x, y) => [x!.mul(1).add(y!.mul(x!)), x!.mul(y!).add(y!.mul(y!)), x!.add(y!), x!.mul(1)],
        [number(a, "float64"), number(b, "float64")],
      );
    }
  });

  test("passes on what it is given", () => {
    expectSame(
      (x, y) => [y!, x!.stopGradient(), x!.constantLike(3), y!],
      [number(2, "float32"), number(1, "bool")],
    );
  });

  test("runs chains of 100,000 operations", { timeout: 60_000 }, () => {
    const chain = (f: (y: Tensor, x: Tensor) => Tensor) => {
      expectSame(
        (x) => {
          let y = x!;
          for (let i = 0; i < 100_000; i++) y = f(y, x!);
          return [y];
        },
        [number(0.3, "float64")],
      );
    };
    chain((y, x) => y.add(x));
    chain((y, x) => y.mul(0.5).add(x));
    chain((y) => y.tanh());
  });
});

const neuron = (weights: readonly Variable[], bias: Variable, x: readonly (Operand | number)[]) =>
  weights.reduce<Operand>((sum, weight, i) => sum.add(weight.mul(x[i]!)), bias);

test("a tape trains a network as eager does", () => {
  const random = stream("network");
  const layers = [2, 5, 3].map((units, depth, sizes) =>
    Array.from({ length: sizes[depth + 1] ?? 1 }, () => ({
      weights: Array.from({ length: units }, () => scalar(2 * random() - 1)),
      bias: scalar(0),
    })),
  );
  const parameters = layers.flat().flatMap(({ weights, bias }) => [...weights, bias]);
  const points = Array.from({ length: 11 }, () => [2 * random() - 1, 2 * random() - 1]);
  const step = (): Tensor => {
    for (const parameter of parameters) parameter.zeroGrad();
    const losses = points.map((x, i) => {
      const outputs = layers.reduce<readonly (Operand | number)[]>(
        (inputs, layer) => layer.map(({ weights, bias }) => neuron(weights, bias, inputs).tanh()),
        x,
      );
      return (outputs[0] as Tensor).sub(i % 2).square();
    });
    const loss = losses.reduce((sum, own) => sum.add(own)).mul(1 / points.length);
    loss.backward();
    for (const parameter of parameters) parameter.assign(parameter.sub(parameter.grad!.mul(0.1)));
    return loss;
  };
  const { graph } = trace(step);
  const piece = pieceOf(graph);
  const run = tapeRunner(
    tapeOf(piece),
    piece.inputs.map(({ dtype }) => dtype),
  );
  const places = graph.captures.map(({ cell }) =>
    graph.writes.findIndex((write) => write.cell === cell && write.place === "value"),
  );
  let state = graph.captures.map(({ cell }) => cell.leaf.value as number);
  for (let i = 0; i < 5; i++) {
    const [loss, ...written] = run(state);
    state = places.map((place) => written[place]!);
    expect(loss).toBe(step().item());
  }
  expect(state).toEqual(graph.captures.map(({ cell }) => cell.leaf.value));
});

test("a tape can be read", () => {
  const [w, v, b] = [scalar(0.5), scalar(-1), scalar(0)];
  const { graph } = trace(() => {
    const y = neuron([w!, v!], b!, [2, 3]).tanh();
    y.backward();
    for (const parameter of [w!, v!, b!]) {
      parameter.assign(parameter.sub(parameter.grad!.mul(0.1)));
    }
    return y.asTensor();
  });
  expect(printTape(tapeOf(pieceOf(graph)))).toMatchInlineSnapshot(`
    "constants  [0] = 2  [8] = 3  [16] = 0.1
    read float64  [32] [40] [48]
    1  sum float64 (same,next)
       [64] = [40] + [32]·[0] + [48]·[8]
    2  tanh float64 (next)
       [96] = tanh [64]
    2  sech float64 (next)
       [128] = sech [64]
    3  mul float64,float64 (next,next)
       [160] = mul [128] [128]
    4  mul float64,float64 (same,next)
       [192] = mul [160] [0]
       [200] = mul [160] [8]
       [208] = mul [160] [16]
    5  mul float64,float64 (next,same)
       [224] = mul [192] [16]
       [232] = mul [200] [16]
    5  sub float64,float64 (next,next)
       [256] = sub [40] [208]
    6  sub float64,float64 (any,next)
       [288] = sub [32] [224]
       [296] = sub [48] [232]
    write float64  [96] [288] [296] [256] [160] [192] [200]"
  `);
});

test("only numbers go on a tape", () => {
  const piece = (f: (x: Tensor) => Tensor, shape: readonly number[] = []) =>
    pieceOf(trace(f, tensor(1, { shape })).graph);
  expect(canTape(piece((x) => x.tanh().reshape([])))).toBe(true);
  expect(canTape(piece((x) => x.tanh(), [1]))).toBe(false);
  expect(canTape(piece((x) => x.add([1, 2]).sum()))).toBe(false);
  expect(canTape(piece((x) => x.reshape([1]).reshape([])))).toBe(false);
});
