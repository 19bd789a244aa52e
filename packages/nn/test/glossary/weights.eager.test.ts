import { key, type Tensor } from "@neurite/autograd";
import { beforeAll, describe, expect, it } from "vitest";
import {
  Adam,
  changeOf,
  cosineOf,
  crossEntropy,
  evolution,
  fit,
  type Sequential,
  type Snapshot,
  unitCosines,
  weightHistory,
  weightReport,
} from "../../src/index.js";
import { penguins } from "../tasks/data.js";
import { network, rangeOf, tanh } from "./examples.js";

const { inputs, targets } = penguins(0);
const quiet = { progress: false, key: key(2), loss: crossEntropy } as const;
const _lossOf = (model: Sequential): Tensor => crossEntropy(model.apply(inputs), targets);
const weightOf = (model: Sequential, layer: number) =>
  model.parameters()[2 * layer]!.toArray() as number[][];

const lengthOf = (row: readonly number[]) => Math.hypot(...row);

describe("weight magnitude, direction, distribution, evolution", () => {
  const model = network([4, 6, 3], { activation: tanh });
  const weights = weightHistory({ every: 5 });
  const snapshots: Snapshot[] = [{ step: 0, tensors: model.stateDict() }];

  beforeAll(async () => {
    const snapshot = {
      onEpoch: ({ run, epoch }: { run: { stepsPerEpoch: number }; epoch: number }) =>
        void snapshots.push({ step: epoch * run.stepsPerEpoch, tensors: model.stateDict() }),
    };
    await fit(model, {
      ...{ inputs, targets, ...quiet, epochs: 10, batchSize: 32 },
      optimizer: new Adam(model.parameters(), { learningRate: 0.02 }),
      callbacks: [weights, snapshot],
    });
  });

  it("are told of every layer and unit", () => {
    const { parameters } = weightReport(model);
    expect(parameters.map(({ path }) => path)).toEqual([
      "0.weight",
      "0.bias",
      "1.weight",
      "1.bias",
    ]);
    const [first] = parameters;
    const rows = weightOf(model, 0);
    const all = rows.flat().sort((a, b) => a - b);
    for (const [unit, norm] of first!.unitNorms.entries()) {
      expect(norm).toBeCloseTo(lengthOf(rows[unit]!), 12);
    }
    expect(first!.norm).toBeCloseTo(lengthOf(all), 12);
    expect(first!.quantiles[2]).toBeCloseTo((all[11]! + all[12]!) / 2, 12);
    expect(first!.histogram.counts.reduce((a, b) => a + b)).toBe(24);
    const cosines = unitCosines(model.parameters()[0]!);
    const { units, cosine } = first!.closest!;
    const [a, b] = units.map((unit) => rows[unit]!) as [number[], number[]];
    const product = a.reduce((sum, x, i) => sum + x * b[i]!, 0);
    expect(cosine).toBeCloseTo(product / (lengthOf(a) * lengthOf(b)), 12);
    const off = cosines.flatMap((row, i) => row.filter((_, j) => i !== j).map(Math.abs));
    expect(Math.abs(cosine)).toBe(Math.max(...off));
    expect(String(weightReport(model))).toMatch(/0\.weight .* \d and \d: -?[01]\.\d{3}/);
  });

  it("are followed over training, from the first values to the last", () => {
    const points = evolution(snapshots)["0.weight"]!;
    expect(points.map(({ step }) => step)).toEqual(rangeOf(0, 11).map((epoch) => epoch * 9));
    expect(points[0]).toMatchObject({ change: null, sinceStart: { distance: 0 } });
    // Far at first and less and less: training settles; the way there and the place both show.
    const [early, late] = [points[1]!.change!, points.at(-1)!.change!];
    expect(late.ratio).toBeLessThan(0.5 * early.ratio);
    const { distance, cosine } = points.at(-1)!.sinceStart;
    const [start, end] = [snapshots[0]!, snapshots.at(-1)!].map(
      ({ tensors }) => tensors["0.weight"]!,
    );
    expect(distance).toBeCloseTo(end!.sub(start!).norm().item(), 5);
    expect(cosine).toBeCloseTo(cosineOf(start!, end!), 12);
    expect(cosine).toBeLessThan(0.95);
    expect(changeOf(start!, end!).ratio).toBeGreaterThan(0.3);
    expect(points.at(-1)!.rms).toBeGreaterThan(points[0]!.rms);
  });

  it("moved by some thousandths at a step: the update-to-weight ratio", () => {
    expect(weights.records.map(({ step }) => step)).toEqual(rangeOf(1, 19).map((i) => 5 * i));
    const ratios = weights.records.map(({ parameters }) => parameters["0.weight"]!.updateRatio);
    for (const ratio of ratios) {
      expect(ratio).toBeGreaterThan(1e-4);
      expect(ratio).toBeLessThan(0.1);
    }
    expect(ratios.at(-1)).toBeLessThan(ratios[0]!);
    const { rms } = weights.records.at(-1)!.parameters["0.weight"]!;
    expect(rms).toBeCloseTo(weightReport(model).parameters[0]!.rms, 5);
  });
});
