import { Buffer } from "../../src/compile/buffer.js";
import { fuse } from "../../src/compile/fuse/fuse.js";
import type { Task } from "../../src/compile/program.js";
import { simplify } from "../../src/compile/simplify/simplify.js";
import { type Operand, type Tensor, trace } from "../../src/index.js";
import type { Apply } from "./sample.js";

/** The tasks of a function, those inside loops too. */
export function tasksOf(
  f: (...x: Tensor[]) => Operand | readonly Operand[],
  inputs: readonly Tensor[],
) {
  const { graph } = trace(f as Apply, ...inputs);
  const given = [...graph.inputs, ...graph.captures.map(({ node }) => node)];
  const written = graph.writes.flatMap(({ node }) => node ?? []);
  const piece = simplify({ ...graph, inputs: given, outputs: [...graph.outputs, ...written] });
  const all = (tasks: readonly Task[]): Task[] =>
    tasks.flatMap((task) => (task.kind === "loop" ? all(task.body) : task));
  return all(
    fuse(
      piece,
      given.map(({ spec }) => new Buffer(spec)),
    ).tasks,
  );
}

export const titles = (tasks: readonly Task[]): string[] => tasks.map(({ title }) => title);

export const hosted = (tasks: readonly Task[]): string[] =>
  titles(tasks.filter(({ kind }) => kind === "host"));
