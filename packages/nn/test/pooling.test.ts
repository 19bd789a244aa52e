import { grad, ones, type Tensor } from "@neurite/autograd";
import { describe, expect, it } from "vitest";
import { expectSame } from "../../autograd/test/support/close.js";
import { evaluate } from "../../autograd/test/support/evaluate.js";
import {
  AdaptiveAvgPool1d,
  AdaptiveAvgPool2d,
  AvgPool1d,
  AvgPool2d,
  Flatten,
  type Layer,
  MaxPool1d,
  MaxPool2d,
  Upsample,
} from "../src/index.js";
import { float64 } from "./support/golden.js";

const run = (layer: Layer, x: Tensor) => evaluate((x: Tensor) => layer.apply(x), x);

const image = float64([
  [
    [1, 2, 3, 4],
    [5, 6, 7, 8],
    [9, 10, 11, 12],
    [13, 14, 15, 16],
  ],
]);

describe("a pool by hand", () => {
  it("keeps the largest of each window, or the mean", () => {
    expectSame(
      run(new MaxPool2d({ kernelSize: 2 }), image),
      float64([
        [
          [6, 8],
          [14, 16],
        ],
      ]),
    );
    const means = float64([
      [
        [3.5, 5.5],
        [11.5, 13.5],
      ],
    ]);
    expectSame(run(new AvgPool2d({ kernelSize: 2 }), image), means);
    expectSame(run(new AdaptiveAvgPool2d({ outputSize: 2 }), image), means);
  });

  it("leaves out what does not fill a window", () => {
    const x = float64([[1, 2, 3, 4, 5]]);
    expectSame(run(new MaxPool1d({ kernelSize: 2 }), x), float64([[2, 4]]));
    expectSame(run(new MaxPool1d({ kernelSize: 2, stride: 1 }), x), float64([[2, 3, 4, 5]]));
    expectSame(run(new MaxPool1d({ kernelSize: 2, stride: 1, dilation: 3 }), x), float64([[4, 5]]));
  });

  it("passes the gradient to the largest alone, of equal ones to the first", () => {
    const pool = new MaxPool1d({ kernelSize: 3 });
    const of = (x: Tensor) => {
      const own = x.alias();
      return grad(pool.apply(own).sum(), [own])[0]!;
    };
    expectSame(evaluate(of, float64([[1, 3, 2, 5, 5, 4]])), float64([[0, 1, 0, 1, 0, 0]]));
  });

  it("counts the zeros around the input in a mean, or not; a maximum never sees them", () => {
    const x = float64([[-2, -4, -6]]);
    const options = { kernelSize: 3, stride: 1, padding: 1 };
    expectSame(run(new AvgPool1d(options), x), float64([[-2, -4, -10 / 3]]));
    const inside = new AvgPool1d({ ...options, countIncludePad: false });
    expectSame(run(inside, x), float64([[-3, -4, -5]]));
    expectSame(run(new MaxPool1d(options), x), float64([[-2, -2, -4]]));
  });

  it("covers an axis of any length with as many windows as asked for", () => {
    const x = float64([[1, 2, 3, 4, 5]]);
    expectSame(run(new AdaptiveAvgPool1d({ outputSize: 3 }), x), float64([[1.5, 3, 4.5]]));
    expectSame(run(new AdaptiveAvgPool1d({ outputSize: 5 }), x), x);
    expectSame(run(new AdaptiveAvgPool2d({ outputSize: 1 }), image), float64([[[8.5]]]));
    expectSame(run(new AdaptiveAvgPool2d({ outputSize: [1, 2] }), image), float64([[[7.5, 9.5]]]));
  });

  it("tells how its windows lie", () => {
    expect(new MaxPool2d({ kernelSize: [2, 3], padding: 1 }).geometry).toEqual({
      kernelSize: [2, 3],
      stride: [2, 3],
      padding: [
        [1, 1],
        [1, 1],
      ],
      dilation: [1, 1],
    });
  });
});

describe("Upsample by hand", () => {
  const x = float64([
    [
      [
        [1, 3],
        [5, 7],
      ],
    ],
  ]);

  it("repeats elements, or draws lines between them", () => {
    const twice = run(new Upsample({ scaleFactor: [1, 2] }), x);
    expectSame(
      twice,
      float64([
        [
          [
            [1, 1, 3, 3],
            [5, 5, 7, 7],
          ],
        ],
      ]),
    );
    const corners = new Upsample({ size: [3, 3], mode: "bilinear", alignCorners: true });
    expectSame(
      run(corners, x),
      float64([
        [
          [
            [1, 2, 3],
            [3, 4, 5],
            [5, 6, 7],
          ],
        ],
      ]),
    );
    const edges = new Upsample({ scaleFactor: [1, 2], mode: "bilinear" });
    expectSame(
      run(edges, x),
      float64([
        [
          [
            [1, 1.5, 2.5, 3],
            [5, 5.5, 6.5, 7],
          ],
        ],
      ]),
    );
  });
});

describe("Flatten", () => {
  it("keeps the examples apart, also where there are none", () => {
    expectSame(run(new Flatten(), ones([2, 3, 4])), ones([2, 12]));
    expectSame(run(new Flatten(), ones([0, 3, 4])), ones([0, 12]));
  });

  it("merges the axes between two, counted from either end", () => {
    expectSame(run(new Flatten({ startDim: 0, endDim: 1 }), ones([2, 3, 4])), ones([6, 4]));
    expectSame(run(new Flatten({ startDim: -2 }), ones([2, 3, 4])), ones([2, 12]));
    expectSame(run(new Flatten({ startDim: 1, endDim: 1 }), ones([2, 3, 4])), ones([2, 3, 4]));
  });
});
