import { showShape } from "../../shape.js";
import type { Buffer } from "../buffer.js";
import type { Plan } from "../plan.js";
import type { Program, Task } from "../program.js";
import type { Names } from "./names.js";
import { printNest } from "./nest.js";

/** Tasks in order, each with what it reads and writes; nests as loops. */
export function printTasks(tasks: readonly Task[], names: Names): string {
  return tasks
    .map((task) => {
      const { title, scope, reads, writes } = task;
      const place = scope ? `  in ${scope}` : "";
      if (task.kind === "loop") return `${title}${place}\n${indent(printTasks(task.body, names))}`;
      const list = (buffers: readonly Buffer[]) =>
        buffers.map((buffer) => names.of(buffer)).join(" ");
      const given = reads.filter((buffer) => !writes.includes(buffer));
      const head = `${title}: ${list(given)} → ${list(writes)}${place}`;
      if (task.kind !== "kernel" || !task.nest)
        return `${head}${task.kind === "host" ? "  in JavaScript" : ""}`;
      return `${head}\n${indent(printNest(task.nest, names))}`;
    })
    .join("\n");
}

const indent = (text: string): string => text.replace(/^/gm, "  ");

/** Where each buffer of a program is, in bytes, in the order in which they are used. */
export function printPlan({ tasks, inputs, outputs }: Program, plan: Plan, names: Names): string {
  const buffers = new Set<Buffer>();
  const visit = (task: Task): void => {
    if (task.kind === "loop") task.body.forEach(visit);
    else for (const { root } of [...task.reads, ...task.writes]) buffers.add(root);
  };
  for (const { root } of inputs) buffers.add(root);
  tasks.forEach(visit);
  for (const { root } of outputs) buffers.add(root);
  const rows = [...buffers].map((buffer) => {
    const { dtype, shape } = buffer.spec;
    return [names.of(buffer), `${dtype} ${showShape(shape)}`, String(plan.addressOf(buffer).base)];
  });
  const widths = [0, 1, 2].map((i) => Math.max(0, ...rows.map((row) => row[i]!.length)));
  const lines = rows.map(
    ([name, type, at]) =>
      `${name!.padEnd(widths[0]!)}  ${type!.padEnd(widths[1]!)}  at ${at!.padStart(widths[2]!)}`,
  );
  return [...lines, `${plan.bytes} bytes in all`].join("\n");
}
