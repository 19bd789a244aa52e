import { stack, type Tensor, vmap } from "../../src/index.js";
import { expectSame } from "./close.js";
import { isFloat, ofFloats, weightedGradients } from "./derivatives.js";
import type { Sample } from "./sample.js";

// vmap, against a loop over the lanes: to the bit, since lanes change no order of summation.

/** An input, its elements in reverse, and (of numbers) a part of each. */
const lanesOf = (x: Tensor): readonly Tensor[] => [x, x.flip(), isFloat(x) ? x.mul(0.75) : x];

/** All inputs with lanes, and each alone: the others are the same in all lanes. */
const choices = (inputs: readonly Tensor[]): boolean[][] => [
  inputs.map(() => true),
  ...(inputs.length > 1 ? inputs.map((_, i) => inputs.map((_, j) => i === j)) : []),
];

/** The function of many lanes is the function of each, whichever inputs have lanes. */
export function checkLanes({ inputs, apply }: Pick<Sample, "inputs" | "apply">): void {
  compare((...x) => [apply(...x).asTensor()], inputs);
}

/** Gradients for each example: those of one example after the other. */
export function checkLanesOfGradients(sample: Sample): void {
  const { floats, f } = ofFloats(sample);
  if (floats.length > 0 && isFloat(f(...floats))) compare(weightedGradients(f), floats);
}

function compare(f: (...x: Tensor[]) => Tensor[], inputs: readonly Tensor[]): void {
  for (const [choice, hasLanes] of choices(inputs).entries()) {
    // The lanes of the first choice lie along the last axis, those of the others along the first.
    const axis = choice === 0 ? -1 : 0;
    const lanes = legal(
      f,
      inputs.map((x, i) => (hasLanes[i] ? lanesOf(x) : [x, x, x])),
    );
    const all = vmap(f, { inAxes: hasLanes.map((own) => (own ? axis : null)) })(
      ...inputs.map((x, i) => (hasLanes[i] ? stack(lanes[i]!, axis) : x)),
    );
    for (const lane of [0, 1, 2]) {
      const one = f(...lanes.map((list) => list[lane]!));
      for (const [i, y] of one.entries()) {
        try {
          expectSame(all[i]!.slice(lane), y);
        } catch (error) {
          const which = hasLanes.flatMap((own, i) => (own ? [i] : [])).join(" and ");
          const wrong = (error as Error).message;
          throw new Error(`lane ${lane}, with lanes for input ${which}: ${wrong}`);
        }
      }
    }
  }
}

/** What the function refuses, as a matrix that is not positive, gives way to the first lane. */
function legal(
  f: (...x: Tensor[]) => Tensor[],
  lanes: readonly (readonly Tensor[])[],
): readonly (readonly Tensor[])[] {
  const isLegal = [0, 1, 2].map((lane) => {
    try {
      return f(...lanes.map((list) => list[lane]!)).length > 0;
    } catch {
      return false;
    }
  });
  return lanes.map((list) => list.map((x, lane) => (isLegal[lane] ? x : list[0]!)));
}
