import type { Tensor } from "../../op.js";
import type { ProjectAttrs } from "../../ops/project.js";
import { between } from "../../trace/graph.js";
import type { ScanAttrs } from "../../transform/scan-op.js";
import { Buffer, type Loop } from "../buffer.js";
import { inPlace } from "../in-place.js";
import { copyTask } from "../program.js";
import { moved } from "./moved.js";
import type { Target } from "./target.js";

/**
 * A loop around the tasks of one step. Carries have a place each, which a step reads and the end of
 * the step overwrites; elements of sequences and results are slices of the whole, so that nothing
 * is copied and the code is as long for a thousand steps as for one.
 */
export function lowerScan(node: Tensor, target: Target): void {
  const { step, carries, sequences, length, reverse } = node.attrs as ScanAttrs;
  const loop: Loop = { length, reverse };
  const starts = node.inputs.slice(0, carries).map((input) => {
    const place = new Buffer(input.spec);
    return target.copy(target.operand(input), place);
  });
  const given = node.inputs.slice(carries).map((input, i) => {
    const of = target.dense(input);
    if (i >= sequences) return of;
    return new Buffer(elementOf(input), undefined, { of, loop });
  });

  const asked = new Set(
    target.body.flatMap(({ op, inputs: [of], attrs }) =>
      op.pick && of === node ? (attrs as ProjectAttrs).index : [],
    ),
  );
  const stacks = step.outputs.map(({ shape, dtype }, i) =>
    i < carries || !asked.has(i) ? null : new Buffer({ shape: [length, ...shape], dtype }),
  );
  const slices = stacks.map((of) => of && new Buffer(elementOf(of.spec), undefined, { of, loop }));
  const wanted = step.outputs.flatMap((_, i) => (i < carries || stacks[i] ? i : []));
  const piece = between(
    step.inputs,
    wanted.map((i) => step.outputs[i]!),
  );
  const { tasks, outputs } = target.inner(
    piece,
    [...starts, ...given],
    wanted.map((i) => slices[i]!),
  );

  const copies = wanted.flatMap((i, at) => {
    const slice = slices[i];
    return slice && outputs[at] !== slice ? copyTask(outputs[at]!, slice, "keep") : [];
  });
  // A carry that is kept as it came is copied before anything may overwrite it.
  const early = copies.filter(({ from }) => starts.includes(from));
  const late = copies.filter(({ from }) => !starts.includes(from));
  const work = [...early, ...tasks, ...late];
  const next = outputs.slice(0, carries);
  const shared = inPlace(work, next, starts, []);
  const body = [
    ...work,
    ...moved(
      next.map((buffer) => shared.get(buffer) ?? buffer),
      starts,
    ),
  ];
  const title = `scan ${length}`;
  if (length > 0) {
    target.tasks.push({ kind: "loop", title, loop, body, shared, reads: [], writes: [], flops: 0 });
  }
  target.setResults(
    node,
    step.outputs.map((_, i) => (i < carries ? starts[i]! : stacks[i]!)),
  );
}

const elementOf = ({ shape, dtype }: Pick<Tensor, "shape" | "dtype">) => ({
  shape: shape.slice(1),
  dtype,
});
