import { array, assert, constant, integer, property, tuple } from "fast-check";
import { describe, test } from "vitest";
import { concat, grad, type Shape, type SliceRange, type Tensor, tensor } from "../src/index.js";
import { expectClose, expectSame } from "./support/close.js";
import { stream } from "./support/draw.js";
import { evaluate } from "./support/evaluate.js";

const check = (law: Parameters<typeof assert>[0]) => assert(law, { numRuns: 60, seed: 20260101 });

const shapes = array(integer({ min: 0, max: 4 }), { maxLength: 4 });

/** Numbers of a shape: whole ones, so that sums are exact in any order. */
function whole(shape: Shape, seed: number): Tensor {
  const random = stream(String(seed));
  const size = shape.reduce((product, side) => product * side, 1);
  const data = Float64Array.from({ length: size }, () => Math.round(20 * random() - 10));
  return tensor(data, { shape });
}

const tensors = tuple(shapes, integer()).map(([shape, seed]) => whole(shape, seed));
const matrices = tuple(integer({ min: 1, max: 5 }), integer({ min: 1, max: 5 }), integer()).map(
  ([rows, columns, seed]) => whole([rows, columns], seed),
);

/** Two shapes that broadcast: parts of one, some sides of which became 1. */
const broadcastable = tuple(shapes, integer(), integer({ min: 0, max: 255 })).map(
  ([shape, seed, mask]) => {
    const thin = (bits: number) => shape.map((side, axis) => ((bits >> axis) & 1 ? 1 : side));
    const b = thin(mask >> 4).slice(mask % (shape.length + 1));
    return [whole(thin(mask), seed), whole(b, seed + 1)] as const;
  },
);

/** A tensor and, for each axis, a range in Python's sense: any places, any step. */
const sliced = tensors.chain((x) =>
  tuple(
    constant(x),
    tuple(
      ...x.shape.map(() =>
        tuple(
          integer({ min: -6, max: 6 }),
          integer({ min: -6, max: 6 }),
          integer({ min: 1, max: 3 }),
        ),
      ),
    ),
  ),
);

const inner = (a: Tensor, b: Tensor): number => evaluate((a, b) => a.mul(b).sum(), a, b).item();

describe("broadcasting", () => {
  test("is what repeating first would be", () => {
    check(
      property(broadcastable, ([a, b]) => {
        const sum = evaluate((a, b) => a.add(b), a, b);
        const repeated = evaluate(
          (a, b) => a.broadcastTo(sum.shape).add(b.broadcastTo(sum.shape)),
          a,
          b,
        );
        expectSame(sum, repeated);
      }),
    );
  });

  test("does not mind which operand comes first", () => {
    check(
      property(broadcastable, ([a, b]) => {
        expectSame(
          evaluate((a, b) => a.mul(b), a, b),
          evaluate((a, b) => b.mul(a), a, b),
        );
      }),
    );
  });

  test("is adjoint to summing over the repeats", () => {
    check(
      property(broadcastable, ([a, b]) => {
        const shape = evaluate((a, b) => a.add(b), a, b).shape;
        const y = whole(shape, 3);
        const wide = evaluate((a) => a.broadcastTo(shape), a);
        const axes = shape.flatMap((side, axis) => {
          const own = a.shape[axis - shape.length + a.rank];
          return own === undefined || own !== side ? [axis] : [];
        });
        const narrow = evaluate((y) => y.sum(axes).reshape(a.shape), y);
        expectClose(inner(wide, y), inner(a, narrow));
      }),
    );
  });
});

describe("moving elements", () => {
  test("there and back is the identity: transposes, flips, reshapes", () => {
    check(
      property(tensors, integer(), (x, seed) => {
        const random = stream(String(seed));
        const order = x.shape.map((_, axis) => axis).sort(() => random() - 0.5);
        const back = order.map((_, axis) => order.indexOf(axis));
        expectSame(
          evaluate((x) => x.transpose(order).transpose(back), x),
          x,
        );
        expectSame(
          evaluate((x) => x.flip().flip(), x),
          x,
        );
        expectSame(
          evaluate((x) => x.reshape([x.size]).reshape(x.shape), x),
          x,
        );
      }),
    );
  });

  test("transposing a product turns it around", () => {
    check(
      property(matrices, integer(), (a, seed) => {
        const b = whole([a.shape[1]!, 3], seed);
        expectSame(
          evaluate((a, b) => a.matmul(b).transpose(), a, b),
          evaluate((a, b) => b.transpose().matmul(a.transpose()), a, b),
        );
      }),
    );
  });

  test("a slice is the elements that walking its range visits", () => {
    check(
      property(sliced, ([x, ranges]) => {
        const part = evaluate((x) => x.slice(...(ranges as SliceRange[])), x);
        const walked = ranges.map(([start, stop, step], axis) => {
          const side = x.shape[axis]!;
          const from = Math.max(0, start < 0 ? start + side : start);
          const to = Math.min(side, stop < 0 ? stop + side : stop);
          const places: number[] = [];
          for (let at = from; at < to; at += step) places.push(at);
          return places;
        });
        const expected = walked.reduce<Tensor>(
          (rest, places, axis) =>
            places.length > 0
              ? concat(
                  places.map((at) => rest.slice(...nulls(axis), [at, at + 1])),
                  axis,
                )
              : rest.slice(...nulls(axis), [0, 0]),
          x,
        );
        expectSame(part, expected);
      }),
    );
  });

  test("slice and pad are adjoint: ⟨slice(x), y⟩ = ⟨x, pad(y)⟩", () => {
    check(
      property(sliced, integer(), ([x, ranges], seed) => {
        const part = evaluate((x) => x.slice(...(ranges as SliceRange[])), x);
        const y = whole(part.shape, seed);
        const [spread] = evaluate(
          (x, y) => {
            const own = x.alias();
            return grad(
              own
                .slice(...(ranges as SliceRange[]))
                .mul(y)
                .sum(),
              [own],
            );
          },
          x,
          y,
        );
        expectClose(inner(part, y), inner(x, spread!));
      }),
    );
  });

  test("what is concatenated is cut apart again", () => {
    check(
      property(tensors, integer({ min: 0, max: 3 }), integer(), (x, given, seed) => {
        if (x.rank === 0) return;
        const axis = given % x.rank;
        const y = whole(x.shape.with(axis, 2), seed);
        const side = x.shape[axis]!;
        const [first, second] = evaluate(
          (x, y) => {
            const both = concat([x, y], axis);
            return [
              both.slice(...nulls(axis), [0, side]),
              both.slice(...nulls(axis), [side, null]),
            ];
          },
          x,
          y,
        );
        expectSame(first!, x);
        expectSame(second!, y);
      }),
    );
  });
});

describe("sums", () => {
  test("depend on the values in order, not on how they lie in memory", () => {
    check(
      property(integer({ min: 1, max: 600 }), integer(), (count, seed) => {
        const random = stream(String(seed));
        const values = Float64Array.from({ length: count }, () => random() - 0.5);
        const row = tensor(values);
        const doubled = tensor(Float64Array.from(values).reverse()).flip();
        const column = tensor(
          [values, values].map((list) => [...list]),
          { dtype: "float64" },
        );
        const sum = evaluate((x) => x.sum(), row);
        expectSame(
          evaluate((x) => x.sum(), doubled),
          sum,
        );
        expectSame(
          evaluate((x) => x.transpose().sum(0).slice(1), column),
          sum,
        );
        expectSame(
          evaluate((x) => x.sum(1).slice(0), column),
          sum,
        );
      }),
    );
  });

  test("over all axes are sums over one after the other, for whole numbers", () => {
    check(
      property(tensors, (x) => {
        const total = x.shape.reduce((rest) => rest.sum(-1), x);
        expectClose(
          evaluate((x) => x.sum(), x),
          total,
        );
      }),
    );
  });
});

const nulls = (count: number): null[] => Array.from({ length: count }, () => null);
