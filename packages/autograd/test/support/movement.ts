import type { Shape, Tensor } from "../../src/index.js";
import { awayFromZero, drawn, layouts, stream } from "./draw.js";
import { at, build, type Plain } from "./plain.js";
import type { OpSamples, Sample } from "./sample.js";
import { any } from "./values.js";

/** A call that moves elements: where each of the result comes from; null: it is the filler. */
interface Move {
  readonly title: string;
  readonly shape: Shape;
  readonly apply: (x: Tensor) => Tensor;
  readonly result: Shape;
  readonly from: (index: readonly number[]) => readonly number[] | null;
  readonly filler?: number;
}

/**
 * The record of an op that moves elements: every call on a row-major input and on other layouts.
 */
export function movement(
  name: string,
  moves: readonly Move[],
  rest: Pick<OpSamples, "errors"> & Partial<OpSamples>,
): OpSamples {
  const random = stream(name);
  const of = (shape: Shape) => drawn(shape, awayFromZero, random);
  const held = [
    ["row-major", (shape: Shape) => of(shape)] as const,
    ...Object.entries(layouts).map(
      ([title, layout]) => [title, (shape: Shape) => layout(shape, of)] as const,
    ),
  ];
  const samples = moves.flatMap(({ title, shape, apply, result, from, filler = 0 }) => {
    // Layouts need an axis with elements in it.
    const ways = shape.length > 0 && !shape.includes(0) ? held : held.slice(0, 1);
    return ways.map(
      ([layout, make]): Sample => ({
        title: `${title}, ${layout}`,
        inputs: [make(shape)],
        apply: (x) => apply(x!),
        reference: (x: Plain) =>
          build(result, (index) => {
            const source = from(index);
            return source === null ? filler : at(x, source);
          }),
        smooth: Number.isFinite(filler),
      }),
    );
  });
  return { differentiable: true, samples, specials: [], dtypes: any, ...rest };
}
