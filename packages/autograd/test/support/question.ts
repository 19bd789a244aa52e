import type { Axes, KeepDims, Tensor } from "../../src/index.js";
import { oneOf } from "./draw.js";
import { reduction } from "./reduction.js";
import type { OpSamples, Special } from "./sample.js";

/** The record of a question about all elements over some axes: zeros and others, the answer bool. */
export const question = (
  name: string,
  f: (x: Tensor, axes?: Axes, options?: KeepDims) => Tensor,
  fold: (list: readonly number[]) => boolean,
  specials: readonly Special[],
): OpSamples =>
  reduction({
    name,
    f,
    fold: (list) => Number(fold(list)),
    draw: oneOf(0, -0, 1, -2, 0.5),
    ofNothing: true,
    rest: {
      differentiable: false,
      dtypes: { float32: "bool", int32: "bool", bool: "bool" },
      specials,
    },
  });
