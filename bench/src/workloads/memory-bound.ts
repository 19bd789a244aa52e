/** Fused kernels that do little with each number: the share they get of the bandwidth. */
import type { Variable } from "@neurite/autograd";
import { elements, type Workload } from "../harness/workload.js";
import { TRIAD, triad } from "../machine/triad.js";
import { oursKernel, variableOf } from "../peers/neurite.js";
import { uniform } from "./numbers.js";

/** What is computed from three arrays, and how many arrays it reads and writes. */
interface Kernel {
  readonly title: string;
  readonly passes: number;
  run(x: Variable, y: Variable, z: Variable): void;
}

const kernels: readonly Kernel[] = [
  { title: "z ← x + 0.5·y", passes: 3, run: (x, y, z) => z.assign(y.mul(0.5).add(x)) },
  {
    title: "z ← x + relu(0.5·y − 0.1)",
    passes: 3,
    run: (x, y, z) => z.assign(x.add(y.mul(0.5).sub(0.1).relu())),
  },
  {
    title: "SGD with momentum",
    passes: 5,
    run(g, velocity, parameter) {
      velocity.assign(velocity.mul(0.9).add(g));
      parameter.assign(parameter.sub(velocity.mul(0.001)));
    },
  },
];

function memoryBound({ title, passes, run }: Kernel, megabytes: number): Workload {
  const bytes = megabytes * 2 ** 20;
  const count = Math.floor(bytes / 12 / 16) * 16;
  const ours = oursKernel(() => {
    const [x, y, z] = [1, 2, 3].map((seed) => variableOf(uniform(seed, count), [count]));
    const kernel = () => {
      run(x!, y!, z!);
    };
    return { kernel, result: z! };
  });
  return {
    id: "stream",
    title: `${title}, ${megabytes} MB`,
    reference: ours.eager,
    contestants: [ours.compiled],
    yardsticks: [triad(bytes, (bytes / 3) * passes)],
    agreement: elements(0),
    goals: [{ against: TRIAD, measure: "share", target: 0.85 }],
  };
}

export const memoryBounds: readonly Workload[] = [64, 4].flatMap((megabytes) =>
  kernels.map((kernel) => memoryBound(kernel, megabytes)),
);
