import { type Buffer, POSITIONS } from "../buffer.js";
import type { Nest, Stage } from "../fuse/nest.js";
import type { Expression } from "../lanes/expression.js";
import { WIDTH } from "./access.js";

/** The buffers of a nest, in the order of the kernel's parameters. */
export const buffersOf = ({ accesses }: Nest): Buffer[] => [
  ...new Set(accesses.flatMap(({ buffer }) => (buffer === POSITIONS ? [] : buffer))),
];

/** From one element to the next, in what a pointer counts. */
export const widthOf = (buffer: Buffer): number =>
  buffer === POSITIONS ? 1 : WIDTH[buffer.spec.dtype];

/** What a stage computes. */
export const rootsOf = ({ folds, stores, rowStores }: Stage): Expression[] => [
  ...folds.map(({ of }) => of),
  ...stores.map(({ value }) => value),
  ...rowStores.map(({ value }) => value),
];

/** Whether the last vector may reach into the padding behind the buffers: sizes do not matter. */
export function overruns({ accesses, stages, sides }: Nest): boolean {
  const stored = new Set(stages.flatMap(({ stores }) => stores.map(({ access }) => access)));
  return (
    sides.length === 1 &&
    stages.every(({ folds, rowStores }) => folds.length + rowStores.length === 0) &&
    accesses.every(({ strides: [step] }) => step === 0 || step === 1) &&
    [...stored].every((access) => {
      const { buffer, strides } = accesses[access]!;
      // What comes behind an element of a stack is the next element.
      if (buffer.slice) return false;
      return buffer.size === sides[0] && (strides[0] === 1 || buffer.size === 1);
    })
  );
}

/** The units of a nest whose code does not depend on its size. */
export function unitsOf(nest: Nest): number | undefined {
  if (!overruns(nest)) return undefined;
  return Math.ceil(nest.sides[0]! / (vectorsOf(nest) * nest.lanes));
}

/** How many vectors are worked on side by side: fewer, the more there is to do for each. */
export function vectorsOf({ lanes, stages }: Nest): number {
  const seen = new Set<Expression>();
  let count = 0;
  let isHosted = false;
  const visit = (x: Expression): void => {
    if (seen.has(x)) return;
    seen.add(x);
    for (const input of x.inputs) visit(input);
    const terms = x.body?.terms ?? [];
    count += 1 + terms.length;
    isHosted ||= x.op === "perLane" || terms.some(({ op }) => op === "perLane");
  };
  for (const root of stages.flatMap(rootsOf)) visit(root);
  const isSum = stages.some(({ folds }) => folds.some(({ kind }) => kind === "sum"));
  const few = isSum ? 8 / lanes : 1;
  if (isHosted || count > 160) return few;
  return count > 80 ? Math.max(few, 2) : 4;
}
