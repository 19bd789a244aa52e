import { key, noGrad, type Tensor } from "@neurite/autograd";
import { beforeAll, describe, expect, it } from "vitest";
import {
  Adam,
  activationMaximisation,
  Conv2d,
  crossEntropy,
  Dense,
  Flatten,
  featureMaps,
  fit,
  gradientReceptiveField,
  MaxPool2d,
  receptiveField,
  Sequential,
  take,
  topInputs,
} from "../../src/index.js";
import { digitImages, type digits } from "../tasks/data.js";
import { rangeOf, relu } from "./examples.js";

/** Some rows of the digits, and what they are. */
function some(data: ReturnType<typeof digits>, rows: number) {
  const chosen = rangeOf(0, rows);
  return { inputs: take(data.inputs, chosen), targets: take(data.targets, chosen) };
}

function learn(model: Sequential, data: ReturnType<typeof some>, options: { l1?: number } = {}) {
  return fit(model, {
    ...{ ...data, loss: crossEntropy, epochs: 10, batchSize: 32, progress: false, key: key(3) },
    optimizer: new Adam(model.parameters(), { learningRate: 0.01 }),
    ...options,
  });
}

describe("input patterns, feature maps, receptive fields", () => {
  const data = some(digitImages(0), 400);
  const model = new Sequential(
    new Conv2d({ inChannels: 1, outChannels: 4, kernelSize: 3, padding: 1, key: key(1) }),
    relu,
    new MaxPool2d({ kernelSize: 2 }),
    new Conv2d({ inChannels: 4, outChannels: 8, kernelSize: 3, key: key(2) }),
    relu,
    new Flatten(),
    new Dense({ inputs: 32, units: 10, key: key(3) }),
  );
  const classes = data.targets.toTypedArray();

  beforeAll(() => learn(model, data).then(() => undefined));

  it("the inputs that move an output unit most are pictures of its digit", () => {
    const scores = noGrad(() => model.apply(data.inputs)).toArray() as number[][];
    for (const digit of [0, 4, 7]) {
      const top = topInputs(model, data.inputs, { path: "", unit: digit }, 5);
      const ordered = scores.map((row) => row[digit]!).sort((a, b) => b - a);
      for (const [place, { row, activation }] of top.entries()) {
        expect(classes[row]).toBe(digit);
        expect(activation).toBeCloseTo(ordered[place]!, 4);
      }
    }
  });

  it("feature maps are what each kernel makes of a picture", () => {
    const picture = data.inputs.slice([7, 8]);
    const maps = featureMaps(model, picture, "0");
    expect(maps).toHaveLength(4);
    const pixels = picture.slice(0, 0).toArray() as number[][];
    const { weight, bias } = model.layers[0] as Conv2d;
    const kernels = weight.toArray() as number[][][][];
    for (const { channel, values, min, max } of maps) {
      const kernel = kernels[channel]![0]!;
      const at = (y: number, x: number) =>
        rangeOf(0, 9).reduce(
          (sum, i) => {
            const [dy, dx] = [Math.floor(i / 3), i % 3];
            return sum + kernel[dy]![dx]! * (pixels[y + dy - 1]?.[x + dx - 1] ?? 0);
          },
          (bias!.toArray() as number[])[channel]!,
        );
      expect(values[4]![5]).toBeCloseTo(at(4, 5), 5);
      expect(values[0]![0]).toBeCloseTo(at(0, 0), 5);
      expect([min, max]).toEqual([Math.min(...values.flat()), Math.max(...values.flat())]);
    }
  });

  it("the receptive field is 1 + the sum of (kernel − 1) times the strides below", () => {
    // 3 wide; pooled by 2: 3 + 1·1 = 4; and 3 of those, 2 apart: 4 + 2·2 = 8, all of the picture.
    const below = model.layers.slice(0, 4);
    expect(receptiveField(below.slice(0, 1), [2, 2])).toEqual([
      { start: 1, end: 3, size: 3, step: 1 },
      { start: 1, end: 3, size: 3, step: 1 },
    ]);
    expect(receptiveField(below, [0, 1])).toEqual([
      { start: -1, end: 6, size: 8, step: 2 },
      { start: 1, end: 8, size: 8, step: 2 },
    ]);
    expect(() => receptiveField(model.layers, [0, 0])).toThrow(
      /Flatten has no windows.*gradientReceptiveField/s,
    );
  });

  it("the pixels that have a gradient lie in it, and no others change the answer", () => {
    const picture = data.inputs.slice([7, 8]);
    const field = gradientReceptiveField(model, picture, { path: "0", element: [1, 2, 5] });
    expect(field.box).toEqual([
      [0, 0],
      [1, 3],
      [4, 6],
    ]);
    const { weight } = model.layers[0] as Conv2d;
    const own = weight.slice(1, 0).abs().toArray() as number[][];
    const sizes = rangeOf(1, 4).map((y) => rangeOf(4, 7).map((x) => field.sizes[8 * y + x]!));
    for (const [y, row] of own.entries()) {
      for (const [x, size] of row.entries()) expect(sizes[y]![x]).toBeCloseTo(size, 6);
    }
    // Behind relu and pool the field is what it is for this picture: at most the geometric one.
    const deep = gradientReceptiveField(model, picture, { path: "3", element: [0, 0, 1] });
    const [rows, columns] = deep.box!.slice(1);
    expect(rows![1]).toBeLessThanOrEqual(6);
    expect(columns![0]).toBeGreaterThanOrEqual(1);
  });

  it("an input can be found that a unit likes better than any picture of the same size", () => {
    const unit = { path: "", unit: 3 };
    const [best] = topInputs(model, data.inputs, unit, 1);
    const norm = data.inputs.slice(best!.row).norm().item();
    const options = { shape: [1, 8, 8], key: key(4), norm, steps: 40 };
    const found = activationMaximisation(model, unit, options);
    expect(found.activation).toBeGreaterThan(1.3 * best!.activation);
    expect(found.activation).toBeGreaterThan(found.history[0]!);
    expect(found.input.norm().item()).toBeLessThanOrEqual(norm * (1 + 1e-5));
    const scores = noGrad(() => model.apply(found.input) as Tensor);
    expect(scores.argmax(1).item()).toBe(3);
  });
});
