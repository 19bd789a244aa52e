import { grad, key, ones, type Tensor } from "@neurite/autograd";
import { describe, expect, it } from "vitest";
import { expectClose, expectSame } from "../../autograd/test/support/close.js";
import { evaluate } from "../../autograd/test/support/evaluate.js";
import {
  Conv1d,
  Conv2d,
  type Conv2dOptions,
  ConvTranspose1d,
  ConvTranspose2d,
  Dense,
  Flatten,
  type Layer,
  Sequential,
} from "../src/index.js";
import { float64 } from "./support/golden.js";

const plain = { inChannels: 1, outChannels: 1, bias: false, dtype: "float64" } as const;
const drawn = { key: key(7), dtype: "float64" } as const;

const run = (layer: Layer, x: Tensor) => evaluate((x: Tensor) => layer.apply(x), x);

/** An image of one channel, without an axis of examples. */
const image = (rows: number[][]) => float64([rows]);

/** A Conv2d of one channel with the given kernel. */
function filter(kernel: number[][], options: Partial<Conv2dOptions> = {}): Conv2d {
  const size = [kernel.length, kernel[0]!.length] as const;
  const conv = new Conv2d({ ...plain, kernelSize: size, ...options });
  conv.weight.assign([[kernel]]);
  return conv;
}

describe("a convolution by hand", () => {
  const sobel = [
    [-1, 0, 1],
    [-2, 0, 2],
    [-1, 0, 1],
  ];
  const halves = image([
    [0, 0, 1, 1],
    [0, 0, 1, 1],
    [0, 0, 1, 1],
    [0, 0, 1, 1],
  ]);

  it("finds the edge of an image: nothing is flipped", () => {
    const inside = image([
      [4, 4],
      [4, 4],
    ]);
    expectSame(run(filter(sobel), halves), inside);
    expectSame(run(filter(sobel, { padding: "valid" }), halves), inside);
  });

  it("sees zeros around the image with the padding that keeps its size", () => {
    const all = image([
      [0, 3, 3, -3],
      [0, 4, 4, -4],
      [0, 4, 4, -4],
      [0, 3, 3, -3],
    ]);
    expectSame(run(filter(sobel, { padding: "same" }), halves), all);
    expectSame(run(filter(sobel, { padding: 1 }), halves), all);
    const everySecond = image([
      [0, 3],
      [0, 4],
    ]);
    expectSame(run(filter(sobel, { padding: 1, stride: 2 }), halves), everySecond);
  });

  it("puts the odd zero of an even kernel behind", () => {
    const counts = new Conv1d({ ...plain, kernelSize: 2, padding: "same" });
    counts.weight.assign([[[10, 1]]]);
    expectSame(run(counts, float64([[1, 2, 3]])), float64([[12, 23, 30]]));
    expect(counts.geometry.padding).toEqual([[0, 1]]);
  });

  it("counts what a window sees, and each element the windows that see it", () => {
    const sums = filter(
      [
        [1, 1, 1],
        [1, 1, 1],
        [1, 1, 1],
      ],
      { padding: 1 },
    );
    const counts = image([
      [4, 6, 4],
      [6, 9, 6],
      [4, 6, 4],
    ]);
    const of = (x: Tensor) => {
      const own = x.alias();
      const y = sums.apply(own);
      return [y, grad(y.sum(), [own])[0]!] as const;
    };
    const [y, g] = evaluate(of, ones([1, 3, 3], { dtype: "float64" }));
    expectSame(y, counts);
    expectSame(g, counts);
  });

  it("two in a row see five elements, the middle one most", () => {
    const sum = () => new Conv1d({ ...plain, kernelSize: 3 });
    const [first, second] = [sum(), sum()];
    for (const conv of [first, second]) conv.weight.assign([[[1, 1, 1]]]);
    const seen = (x: Tensor) => {
      const own = x.alias();
      const middle = second.apply(first.apply(own)).slice(null, 1).sum();
      return grad(middle, [own])[0]!;
    };
    const weights = evaluate(seen, ones([1, 7], { dtype: "float64" }));
    expectSame(weights, float64([[0, 1, 2, 3, 2, 1, 0]]));
  });

  it("skips elements by dilation", () => {
    const apart = new Conv1d({ ...plain, kernelSize: 2, dilation: 3 });
    apart.weight.assign([[[1, -1]]]);
    expectSame(run(apart, float64([[1, 2, 4, 8, 16]])), float64([[-7, -14]]));
  });

  it("keeps groups of channels apart", () => {
    const conv = new Conv1d({ ...plain, inChannels: 2, outChannels: 2, kernelSize: 1, groups: 2 });
    conv.weight.assign([[[10]], [[100]]]);
    expectSame(
      run(
        conv,
        float64([
          [1, 2],
          [3, 4],
        ]),
      ),
      float64([
        [10, 20],
        [300, 400],
      ]),
    );
  });

  it("adds the bias of the channel, then applies the activation", () => {
    const relu = (z: Tensor) => z.relu();
    const conv = new Conv1d({
      ...plain,
      outChannels: 2,
      kernelSize: 1,
      bias: true,
      activation: relu,
    });
    conv.weight.assign([[[1]], [[-1]]]);
    conv.bias!.assign([1, 2]);
    expectSame(
      run(conv, float64([[-3, 3]])),
      float64([
        [0, 4],
        [5, 0],
      ]),
    );
  });
});

describe("a transposed convolution by hand", () => {
  it("spreads elements over windows, which add up", () => {
    const spread = new ConvTranspose2d({ ...plain, kernelSize: 2 });
    spread.weight.assign([
      [
        [
          [1, 1],
          [1, 1],
        ],
      ],
    ]);
    const sums = image([
      [1, 2, 1],
      [2, 4, 2],
      [1, 2, 1],
    ]);
    expectSame(run(spread, ones([1, 2, 2], { dtype: "float64" })), sums);
  });

  it("places elements a stride apart, and takes the padding off", () => {
    const options = { ...plain, kernelSize: 3, stride: 2 };
    const cases = [
      [{}, [1, 2, 13, 20, 30]],
      [{ padding: 1 }, [2, 13, 20]],
      [{ padding: 1, outputPadding: 1 }, [2, 13, 20, 30]],
    ] as const;
    for (const [more, expected] of cases) {
      const spread = new ConvTranspose1d({ ...options, ...more });
      spread.weight.assign([[[1, 2, 3]]]);
      expectSame(run(spread, float64([[1, 10]])), float64([[...expected]]));
    }
  });

  it("is the adjoint of the convolution with the same weights", () => {
    const shape = { kernelSize: [2, 3], stride: [2, 1], padding: [1, 0], bias: false } as const;
    const conv = new Conv2d({ inChannels: 2, outChannels: 3, ...shape, ...drawn });
    const back = new ConvTranspose2d({ inChannels: 3, outChannels: 2, ...shape, ...drawn });
    back.weight.assign(conv.weight);
    const x = float64([
      [
        [
          [1, -2, 3],
          [0, 5, -1],
        ],
        [
          [2, 2, 0],
          [-3, 1, 4],
        ],
      ],
    ]);
    const y = float64([
      [
        [[1], [-2]],
        [[3], [0.5]],
        [[-1], [2]],
      ],
    ]);
    const products = evaluate(
      (x: Tensor, y: Tensor) => [conv.apply(x).mul(y).sum(), back.apply(y).mul(x).sum()],
      x,
      y,
    );
    expectClose(products[0]!, products[1]!, { rtol: 1e-12 });
  });
});

it("a kernel as large as the image is a Dense layer", () => {
  const conv = new Conv2d({ inChannels: 2, outChannels: 3, kernelSize: [2, 2], ...drawn });
  const dense = new Dense({ inputs: 8, units: 3, ...drawn });
  dense.weight.assign(conv.weight.reshape([3, 8]));
  dense.bias!.assign(conv.bias!);
  const x = float64([
    [
      [
        [1, 2],
        [3, 4],
      ],
      [
        [5, 6],
        [7, 8],
      ],
    ],
    [
      [
        [-1, 0],
        [2, 1],
      ],
      [
        [0.5, 3],
        [1, 1],
      ],
    ],
  ]);
  const flat = new Sequential(conv, new Flatten());
  expectClose(run(flat, x), run(new Sequential(new Flatten(), dense), x), { rtol: 1e-12 });
});

describe("the parameters of a convolution", () => {
  it("have PyTorch's layout and names", () => {
    const conv = new Conv2d({ inChannels: 4, outChannels: 6, kernelSize: [3, 2], groups: 2 });
    const spread = new ConvTranspose2d({ inChannels: 4, outChannels: 6, kernelSize: 3, groups: 2 });
    expect(conv.weight.shape).toEqual([6, 2, 3, 2]);
    expect(spread.weight.shape).toEqual([4, 3, 3, 3]);
    expect(Object.keys(conv.stateDict({ naming: "torch" }))).toEqual(["weight", "bias"]);
  });

  it.each([
    [
      "Conv2d",
      new Conv2d({ inChannels: 8, outChannels: 64, kernelSize: 3, groups: 2, ...drawn }),
      36,
    ],
    [
      "ConvTranspose1d",
      new ConvTranspose1d({ inChannels: 64, outChannels: 8, kernelSize: 2, ...drawn }),
      16,
    ],
  ])("begin uniform within ±1/√fanIn: %s", (_, { weight, bias }, fanIn) => {
    for (const parameter of [weight, bias!]) {
      const largest = Math.max(...[...parameter.toTypedArray()].map(Math.abs));
      expect(largest).toBeLessThan(1 / Math.sqrt(fanIn));
      expect(largest).toBeGreaterThan(0.7 / Math.sqrt(fanIn));
    }
  });

  it("begin as asked", () => {
    const fives = (shape: readonly number[]) => ones(shape).mul(5);
    const options = { inChannels: 1, outChannels: 2, kernelSize: 1 };
    const conv = new Conv1d({ ...options, weightInit: fives, biasInit: fives });
    expectSame(conv.weight, ones([2, 1, 1]).mul(5));
    expectSame(conv.bias!, ones([2]).mul(5));
  });
});
