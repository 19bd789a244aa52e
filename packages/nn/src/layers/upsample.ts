import {
  type UpsampleOptions as FunctionOptions,
  ShapeError,
  showShape,
  type Tensor,
  upsample,
  ValueError,
} from "@neurite/autograd";
import { Module } from "../module.js";
import { checkOptions } from "../option-names.js";
import type { Sides } from "./geometry.js";

export interface UpsampleOptions {
  /** The sides of the result: one number, or one for each axis. */
  readonly size?: Sides;
  /** How many times longer each side becomes instead, rounded down. */
  readonly scaleFactor?: Sides;
  /** What a new element is: a copy of the nearest one (the default), or a mean of four. */
  readonly mode?: "nearest" | "bilinear";
  /** Bilinear only: whether the corners of both lie on each other, else the edges; the default. */
  readonly alignCorners?: boolean;
}

/**
 * Makes images larger or smaller: `[N, C, H, W] → [N, C, H', W']`, with "nearest" also sequences
 * `[N, C, L]`. Places are those of PyTorch.
 */
export class Upsample extends Module {
  readonly #options: FunctionOptions;

  constructor(options: UpsampleOptions) {
    super();
    checkOptions("Upsample", options, ["size", "scaleFactor", "mode", "alignCorners"]);
    const { size, scaleFactor, mode = "nearest", alignCorners = false } = options;
    checkSides(size, scaleFactor);
    if (mode !== "nearest" && mode !== "bilinear") {
      throw new ValueError("Upsample", `mode is "${mode}"`, {
        fix: 'use "nearest" or "bilinear"',
      });
    }
    if (alignCorners && mode === "nearest") {
      throw new ValueError("Upsample", 'alignCorners is true with mode "nearest"', {
        fix: 'leave alignCorners out, or use mode "bilinear"',
      });
    }
    const sides = size === undefined ? { scale: scaleFactor! } : { size };
    this.#options = { ...sides, mode, alignCorners };
  }

  forward(x: Tensor): Tensor {
    const { mode, size, scale } = this.#options;
    const given = size ?? scale;
    const axes = typeof given === "number" ? x.rank - 2 : given!.length;
    const allowed = mode === "bilinear" ? [2] : [1, 2];
    if (x.rank !== axes + 2 || !allowed.includes(axes)) {
      const expected = allowed.map((axes) => (axes === 1 ? "[N, C, L]" : "[N, C, H, W]"));
      const found = showShape(x.shape);
      throw new ShapeError("Upsample", `${mode} takes ${expected.join(" or ")}, got ${found}`, {
        shapes: [x.shape],
        fix: "reshape what goes in: examples first, then channels",
      });
    }
    return upsample(x, this.#options);
  }
}

function checkSides(size: Sides | undefined, scaleFactor: Sides | undefined): void {
  if ((size === undefined) === (scaleFactor === undefined)) {
    const found = size === undefined ? "neither size nor" : "both size and";
    throw new ValueError("Upsample", `got ${found} scaleFactor`, {
      fix: "give one of them, as in { scaleFactor: 2 }",
    });
  }
  const list = [size ?? scaleFactor!].flat();
  const isFine = (one: number) =>
    one > 0 && Number.isFinite(one) && (size === undefined || Number.isInteger(one));
  if (list.every(isFine)) return;
  const option = size === undefined ? "scaleFactor" : "size";
  const wanted = size === undefined ? "positive" : "a positive integer";
  throw new ValueError("Upsample", `${option} is ${list.join(", ")}, not ${wanted}`, {
    fix: `give ${option} one number that is ${wanted}, or one for each axis`,
  });
}
