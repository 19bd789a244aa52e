import { grad, type Tensor, tensor } from "../../src/index.js";
import type { Apply, OpSamples } from "../support/sample.js";
import { unary } from "../support/unary.js";
import { float64, inf, nan } from "../support/values.js";

const there = unary({
  name: "cast",
  // Through float32 and back: what is drawn must survive it.
  f: (x) => x.cast("float32").cast("float64"),
  reference: Math.fround,
  draw: (random) => Math.round(64 * random()) / 8,
  points: [
    [-0, -0, 1],
    [inf, inf, 1],
    [nan, nan, 1],
    [0.1, Math.fround(0.1), 1],
    [1e300, inf, 1],
  ],
  dtypes: {},
});

/** A cast is a staircase to a difference: its gradient is among the special points. */
const steps = there.samples.map((sample) => ({ ...sample, smooth: false }));

export const cast: OpSamples = {
  ...there,
  samples: steps,
  specials: [
    ...there.specials,
    {
      title: "to int32: cut towards 0",
      inputs: [float64([1.9, -1.9, -0.5, 7])],
      apply: (x) => x!.cast("int32"),
      value: [1, -1, 0, 7],
    },
    {
      title: "to bool: whatever is not 0",
      inputs: [float64([0, -0, 0.5, nan])],
      apply: (x) => x!.cast("bool"),
      value: [false, false, true, true],
    },
    {
      title: "a scalar to bool",
      inputs: [float64(0.5)],
      apply: (x) => x!.cast("bool"),
      value: true,
    },
    {
      title: "from bool",
      inputs: [tensor([true, false])],
      apply: (x) => x!.cast("float32"),
      value: [1, 0],
    },
    {
      title: "the gradient of a gradient",
      inputs: [float64([1, -2])],
      apply: grad((x: Tensor) => x.cast("float32").pow(3).cast("float64").sum()) as Apply,
      value: [3, 12],
      gradient: [[6, -12]],
    },
    {
      title: "to its own dtype, which is no operation",
      inputs: [float64([1, 2])],
      apply: (x) => x!.cast("float64"),
      value: [1, 2],
      gradient: [[1, 1]],
    },
  ],
};
