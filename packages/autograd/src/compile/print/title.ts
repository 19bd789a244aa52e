import type { Tensor } from "../../op.js";

/** The ops of some nodes in order, each once with its count: "mul×3 add tanh". */
export function titleOf(nodes: readonly Tensor[]): string {
  const counts = new Map<string, number>();
  for (const { op } of nodes) counts.set(op.name, (counts.get(op.name) ?? 0) + 1);
  return [...counts].map(([name, count]) => (count > 1 ? `${name}×${count}` : name)).join(" ");
}

/** The path of the innermost module or scope that holds all of some nodes. */
export function scopeOf(nodes: readonly Tensor[]): string {
  const [first, ...others] = nodes.map(({ scope }) => scope.path.split("."));
  let shared = first?.length ?? 0;
  for (const path of others) {
    let same = 0;
    while (same < shared && path[same] === first![same]) same++;
    shared = same;
  }
  return first?.slice(0, shared).join(".") ?? "";
}
