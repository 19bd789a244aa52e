import { checkKey } from "../families/dtypes.js";
import { laneByLane } from "../families/lanes.js";
import { threefry2x32 } from "../numerics/threefry.js";
import { primitive, type Tensor } from "../op.js";
import type { Shape } from "../shape.js";

export interface ThreefryAttrs {
  readonly shape: Shape;
  readonly first: number;
}

/** Two random words for each position of `shape`, counted in row-major order from `first` on. */
export const threefry = primitive<readonly [Tensor], ThreefryAttrs>({
  name: "threefry",
  family: "random",
  formula: { forward: "y = the Threefry-2x32 hash of each position under key x", vjp: ["none"] },
  shape: ([key], { shape }) => {
    checkKey("threefry", key!);
    return [...shape, 2];
  },
  dtype: () => "int32",
  forward: (out, x, { first }) => {
    const [high, low] = x[0]!.contiguous().data as unknown as [number, number];
    for (let i = 0; i < out.data.length; i += 2) {
      const counter = first + i / 2;
      out.data.set(threefry2x32(high, low, Math.floor(counter / 2 ** 32), counter | 0), i);
    }
  },
  vjp: [null],
  batch: laneByLane,
});
