import { checkKey } from "../families/dtypes.js";
import { laneByLane } from "../families/lanes.js";
import { threefry2x32 } from "../numerics/threefry.js";
import { primitive, type Tensor } from "../op.js";

/** How often JAX sorts so many numbers, so that equal random words hardly show. */
export const roundsFor = (count: number): number =>
  Math.ceil((3 * Math.log(Math.max(1, count))) / Math.log(2 ** 32 - 1));

/** The numbers 0 to n − 1 in a random order: sorted by random words, as often as JAX does. */
export const randomPermutation = primitive<readonly [Tensor], { readonly count: number }>({
  name: "randomPermutation",
  family: "random",
  formula: { forward: "y = a permutation of 0 … n − 1 under key x", vjp: ["none"] },
  shape: ([key], { count }) => {
    checkKey("randomPermutation", key!);
    return [count];
  },
  dtype: () => "int32",
  forward: (out, x, { count }) => {
    let [key0, key1] = x[0]!.contiguous().data as unknown as [number, number];
    let order = Array.from({ length: count }, (_, i) => i);
    for (let round = 0; round < roundsFor(count); round++) {
      const [sub0, sub1] = threefry2x32(key0, key1, 0, 1);
      [key0, key1] = threefry2x32(key0, key1, 0, 0);
      const rank = order.map((_, i) => {
        const [high, low] = threefry2x32(sub0, sub1, 0, i);
        return (high ^ low) >>> 0;
      });
      const sorted = order.map((_, i) => i).sort((a, b) => rank[a]! - rank[b]! || a - b);
      order = sorted.map((i) => order[i]!);
    }
    out.data.set(order);
  },
  vjp: [null],
  batch: laneByLane,
});
