import { ShapeError, ValueError } from "../errors.js";
import type { Operand } from "../methods/operand.js";
import { named } from "../naming.js";
import type { Tensor } from "../op.js";
import { showShape } from "../shape.js";
import { requireFloat } from "./checks.js";
import { perAxis, type Sides } from "./windows.js";

export interface UpsampleOptions {
  /** How many times longer each side becomes, rounded down; one number, or one for each axis. */
  readonly scale?: Sides;
  /** The sides of the result instead. */
  readonly size?: Sides;
  /** Which elements the result takes: the nearest, or a mean of four by distance. */
  readonly mode?: "nearest" | "bilinear";
  /** Bilinear only: whether the corners of both lie on each other, else the edges; the default. */
  readonly alignCorners?: boolean;
}

/**
 * Makes the axes behind the first two longer (or shorter): `[N, C, L]` or `[N, C, H, W]`, the
 * latter alone for "bilinear". Places are those of PyTorch's `interpolate`.
 */
export function upsample(
  input: Operand,
  { scale, size, mode = "nearest", alignCorners = false }: UpsampleOptions,
): Tensor {
  return named("upsample", () => {
    const x = input.asTensor();
    requireFloat("upsample", x);
    checkInput(x, mode);
    const sides = x.shape.slice(2);
    const scales = readScales(sides, scale, size);
    return sides.reduce((y, side, i) => {
      const { length, step } = scales[i]!;
      if (mode === "nearest") {
        const places = span(length).map((at) => Math.min(Math.floor(at * step), side - 1));
        return y.indexSelect(places, 2 + i);
      }
      const places = span(length).map((at) => {
        if (alignCorners) return length > 1 ? (at * (side - 1)) / (length - 1) : 0;
        return Math.max(0, (at + 0.5) * step - 0.5);
      });
      return between(y, 2 + i, places);
    }, x);
  });
}

const span = (length: number): number[] => Array.from({ length }, (_, i) => i);

/** The means of the elements on both sides of each place, by distance. */
function between(x: Tensor, axis: number, places: readonly number[]): Tensor {
  const last = x.shape[axis]! - 1;
  const left = places.map((place) => Math.min(Math.floor(place), last));
  const right = left.map((at) => Math.min(at + 1, last));
  const weight = x.constantLike(
    places.map((place, i) => Math.min(place - left[i]!, 1)),
    { shape: x.shape.map((_, i) => (i === axis ? places.length : 1)) },
  );
  const [a, b] = [x.indexSelect(left, axis), x.indexSelect(right, axis)];
  return a.mul(weight.neg().add(1)).add(b.mul(weight));
}

function checkInput(x: Tensor, mode: string): void {
  if (mode !== "nearest" && mode !== "bilinear") {
    throw new ValueError("upsample", `mode = "${mode}"`, { fix: 'use "nearest" or "bilinear"' });
  }
  const fits = mode === "bilinear" ? x.rank === 4 : x.rank > 2;
  if (fits && !x.shape.slice(2).includes(0)) return;
  const expected = mode === "bilinear" ? "[N, C, H, W]" : "[N, C, L] or [N, C, H, W]";
  throw new ShapeError("upsample", `${mode} takes ${expected}, got ${showShape(x.shape)}`, {
    shapes: [x.shape],
    fix: "give examples, channels, and axes with elements in them",
  });
}

/** For each axis the side of the result, and how far its elements are apart in the input. */
function readScales(
  sides: readonly number[],
  scale: Sides | undefined,
  size: Sides | undefined,
): readonly { readonly length: number; readonly step: number }[] {
  if ((scale === undefined) === (size === undefined)) {
    throw new ValueError(
      "upsample",
      `got ${scale === undefined ? "neither" : "both"} of scale and size`,
      {
        fix: "give one of them, as in { scale: 2 }",
      },
    );
  }
  if (size !== undefined) {
    const lengths = perAxis("upsample", "size", size, sides.length);
    return lengths.map((length, i) => ({ length, step: sides[i]! / length }));
  }
  const scales = typeof scale === "number" ? sides.map(() => scale) : scale!;
  return sides.map((side, i) => {
    const factor = scales[i] ?? Number.NaN;
    const length = Math.floor(side * factor);
    if (scales.length !== sides.length || !(factor > 0) || length < 1) {
      throw new ValueError("upsample", `scale = [${scales.join(", ")}] for ${showShape(sides)}`, {
        fix: `give ${sides.length} positive factors that leave at least one element`,
      });
    }
    return { length, step: 1 / factor };
  });
}
