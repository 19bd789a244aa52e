import { key, normal, type Tensor, tensor } from "@neurite/autograd";
import { describe, expect, it } from "vitest";
import {
  AvgPool2d,
  activationMaximisation,
  Conv1d,
  Conv2d,
  Dense,
  Flatten,
  featureMaps,
  gradientReceptiveField,
  MaxPool2d,
  Residual,
  receptiveField,
  Sequential,
  topInputs,
} from "../../src/index.js";

const f64 = { dtype: "float64" } as const;
const relu = (z: Tensor) => z.relu();

describe("topInputs", () => {
  it("orders the rows by the answer of one unit", () => {
    const layer = new Dense({ inputs: 2, units: 2, bias: false, ...f64 });
    layer.weight.assign([
      [1, 0],
      [0, -1],
    ]);
    const model = new Sequential(layer, new Dense({ inputs: 2, units: 1, ...f64 }));
    const x = tensor(
      [
        [1, 5],
        [3, 2],
        [2, -1],
        [3, 0],
      ],
      f64,
    );
    expect(topInputs(model, x, { path: "0", unit: 0 }, 3)).toEqual([
      { row: 1, activation: 3, place: 0 },
      { row: 3, activation: 3, place: 0 },
      { row: 2, activation: 2, place: 0 },
    ]);
    expect(topInputs(model, x, { path: "0", unit: 1 }, 1)[0]!.row).toBe(2);
    expect(() => topInputs(model, x, { path: "0", unit: 2 })).toThrow(/unit 2 of "0".* has 2/);
    expect(() => topInputs(model, x, { path: "2", unit: 0 })).toThrow(/nothing called "2".*0, /s);
  });
});

describe("featureMaps", () => {
  it("shows what each kernel makes of a picture", () => {
    const layer = new Conv2d({
      inChannels: 1,
      outChannels: 2,
      kernelSize: [1, 2],
      bias: false,
      ...f64,
    });
    layer.weight.assign([[[[1, -1]]], [[[1, 1]]]]);
    const picture = tensor(
      [
        [
          [
            [0, 0, 4],
            [1, 1, 1],
          ],
        ],
      ],
      f64,
    );
    const maps = featureMaps(new Sequential(layer, relu), picture, "0");
    expect(maps).toEqual([
      {
        channel: 0,
        values: [
          [0, -4],
          [0, 0],
        ],
        min: -4,
        max: 0,
      },
      {
        channel: 1,
        values: [
          [0, 4],
          [2, 2],
        ],
        min: 0,
        max: 4,
      },
    ]);
    const two = tensor([[[[1, 2]]], [[[1, 2]]]], f64);
    expect(() => featureMaps(new Sequential(layer), two, "0")).toThrow(/made \[2, 2, 1, 1\], not/);
  });
});

describe("receptiveField", () => {
  const conv = (kernelSize: number, options: object = {}) =>
    new Conv2d({ inChannels: 1, outChannels: 1, kernelSize, ...f64, ...options });

  it("grows by the closed form through stride, dilation, padding and pools", () => {
    expect(receptiveField([conv(3)], [4, 0])).toEqual([
      { start: 4, end: 6, size: 3, step: 1 },
      { start: 0, end: 2, size: 3, step: 1 },
    ]);
    // 3×3 twice sees 5×5; a pool by 2 after it one more, two apart.
    const stack = [conv(3, { padding: 1 }), relu, conv(3), new MaxPool2d({ kernelSize: 2 })];
    expect(receptiveField(stack, [0, 3])).toEqual([
      { start: -1, end: 4, size: 6, step: 2 },
      { start: 5, end: 10, size: 6, step: 2 },
    ]);
    // Σ (kᵢ − 1)·dilationᵢ·Π strides before, plus 1: 1 + 2·2 + 4·3·2 = 29.
    const wide = new Sequential(conv(3, { dilation: 2, stride: 3 }), conv(5, { dilation: 2 }));
    expect(receptiveField([wide], [0, 0])[0]).toEqual({ start: 0, end: 28, size: 29, step: 3 });
  });

  it.each([
    ["convolutions", [conv(3, { padding: 1 }), conv(3, { stride: 2, padding: 2 })], [2, 1]],
    ["dilation and a mean", [conv(2, { dilation: 3 }), new AvgPool2d({ kernelSize: 2 })], [1, 2]],
    ["a pool with stride", [new AvgPool2d({ kernelSize: 3, stride: 2 }), conv(2)], [1, 0]],
  ] as const)("is where the gradient is not 0: %s", (_, layers, place) => {
    const model = new Sequential(...layers);
    const x = normal(key(1), [1, 1, 12, 12], f64);
    const last = `${layers.length - 1}`;
    const found = gradientReceptiveField(model, x, { path: last, element: [0, ...place] });
    const inside = receptiveField(layers, place).map(({ start, end }) => [
      Math.max(0, start),
      Math.min(11, end),
    ]);
    expect(found.box!.slice(1)).toEqual(inside);
    expect(found.shape).toEqual([1, 12, 12]);
    expect(found.sizes).toHaveLength(144);
  });

  it("shrinks to one place behind a pool, and to none behind a silent unit", () => {
    const layer = conv(1, { bias: false });
    layer.weight.assign([[[[1]]]]);
    const model = new Sequential(new MaxPool2d({ kernelSize: 2 }), layer, relu);
    const look = (x: Tensor) => gradientReceptiveField(model, x, { path: "2", element: [0, 0, 0] });
    const seen = look(
      tensor(
        [
          [
            [
              [1, 2],
              [4, 3],
            ],
          ],
        ],
        f64,
      ),
    );
    expect(seen.mask).toEqual([false, false, true, false]);
    expect(seen.box).toEqual([
      [0, 0],
      [1, 1],
      [0, 0],
    ]);
    expect(
      look(
        tensor(
          [
            [
              [
                [-1, -2],
                [-4, -3],
              ],
            ],
          ],
          f64,
        ),
      ).box,
    ).toBeNull();
    expect(() =>
      look(
        tensor(
          [
            [
              [
                [1, 2],
                [4, 3],
              ],
            ],
            [
              [
                [1, 2],
                [4, 3],
              ],
            ],
          ],
          f64,
        ),
      ),
    ).toThrow(/not one row/);
  });

  it("works along time, and refuses a place of other axes", () => {
    const layers = [new Conv1d({ inChannels: 1, outChannels: 1, kernelSize: 4, padding: "same" })];
    expect(receptiveField(layers, [2])).toEqual([{ start: 1, end: 4, size: 4, step: 1 }]);
    const flat = new Flatten();
    expect(() => receptiveField([...layers, flat], [2])).toThrow(/Flatten has no windows/);
    expect(receptiveField([new Residual(layers[0]!)], [2])[0]!.size).toBe(4);
    expect(() => receptiveField(layers, [2, 2])).toThrow(/place \[2, 2\] for windows along 1 axes/);
  });
});

describe("activationMaximisation", () => {
  const layer = new Dense({ inputs: 3, units: 2, key: key(4), ...f64 });
  layer.weight.assign([
    [3, 0, -4],
    [1, 1, 1],
  ]);
  layer.bias!.assign([0.5, 0]);
  const model = new Sequential(layer, (z) => z.tanh());
  const options = { shape: [3], key: key(5), ...f64 };

  it("finds the direction of the weights, the maximum of a linear unit in a ball", () => {
    const found = activationMaximisation(model, { path: "0", unit: 0 }, { ...options, norm: 2 });
    expect(found.activation).toBeCloseTo(2 * 5 + 0.5, 4);
    const [a, b, c] = found.input.toTypedArray();
    expect([a, b, c]).toEqual([1.2, 0, -1.6].map((w) => expect.closeTo(w, 2)));
    expect(found.history).toHaveLength(100);
    expect(found.history[0]).toBeLessThan(found.activation);
  });

  it("gives the same bits for the same key, and stays inside the ball", () => {
    const run = (seed: number) =>
      activationMaximisation(
        model,
        { path: "1", unit: 1 },
        { ...options, key: key(seed), steps: 7 },
      );
    expect(run(1).input.toArray()).toEqual(run(1).input.toArray());
    expect(run(1).input.toArray()).not.toEqual(run(2).input.toArray());
    expect(run(1).input.norm().item()).toBeLessThan(1 + 1e-12);
  });

  it("climbs along the gradient of a unit with many places, and stops where there is none", () => {
    const maps = new Conv1d({ inChannels: 1, outChannels: 1, kernelSize: 2, bias: false, ...f64 });
    maps.weight.assign([[[1, 1]]]);
    const unit = { path: "0", unit: 0, axis: 1 };
    const found = activationMaximisation(new Sequential(maps), unit, {
      ...{ shape: [1, 3], key: key(1), ...f64 },
    });
    // The mean of x₁ + x₂ and x₂ + x₃ grows along (1, 2, 1).
    expect(found.activation).toBeCloseTo(Math.sqrt(6) / 2, 3);
    const dead = new Sequential(maps, (z) => z.mul(0));
    const still = activationMaximisation(
      dead,
      { ...unit, path: "1" },
      { shape: [1, 3], key: key(1), ...f64, steps: 2 },
    );
    expect([still.activation, still.input.isFinite().all().item()]).toEqual([0, 1]);
  });

  it("refuses a norm or a count that makes no sense", () => {
    const with_ = (more: object) => () =>
      activationMaximisation(model, { path: "0", unit: 0 }, { ...options, ...more });
    const missing = { path: "0", unit: 2 };
    expect(() => activationMaximisation(model, missing, options)).toThrow(/unit 2 of "0".* has 2/);
    expect(with_({ norm: 0 })).toThrow(/norm is 0/);
    expect(with_({ steps: 0 })).toThrow(/steps is 0/);
  });
});
