import { variable, zeros } from "@neurite/autograd";
import { OURS } from "../harness/names.js";
import type { Section } from "../harness/result.js";
import { oursKernel, tensorOf } from "../peers/neurite.js";
import { uniform } from "../workloads/numbers.js";

const TITLE = "tanh of 1 M numbers, largest error";
const COUNT = 2 ** 20;

/** The distance of a float32 from a number, in units of the last place of that number. */
function ulps(value: number, exact: number): number {
  const exponent = Math.max(Math.floor(Math.log2(Math.abs(exact))), -126);
  return Math.abs(value - exact) / 2 ** (exponent - 23);
}

/** How far tanh is from the exact value: speed is only compared at 2.5 units or less. */
export const accuracy: Section = {
  id: "chain",
  title: TITLE,
  async run() {
    const x = uniform(3, COUNT, -9, 9);
    const { compiled } = oursKernel(() => {
      const [input, result] = [tensorOf(x, [COUNT]), variable(zeros([COUNT]))];
      const kernel = () => {
        result.assign(input.tanh());
      };
      return { kernel, result };
    });
    const contestant = compiled();
    await contestant.run(1);
    const y = await contestant.output();
    const value = x.reduce((worst, at, i) => Math.max(worst, ulps(y[i]!, Math.tanh(at))), 0);
    const row = {
      id: "chain",
      title: TITLE,
      subject: OURS,
      unit: "ulp",
      value,
      target: 2.5,
    } as const;
    return { timings: [], rows: [row] };
  },
};
