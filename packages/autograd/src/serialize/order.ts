import { malformed } from "./malformed.js";

/** What is needed of a node to find its place: its id and those of its inputs. */
export interface Link {
  readonly id: number;
  readonly inputs: readonly number[];
}

/**
 * The nodes of a file so that inputs come before their users, else in the order of the file.
 * Refuses ids that are there twice or not at all, and circles. Runs without recursion.
 */
export function inOrder<L extends Link>(nodes: readonly L[], where: string): L[] {
  const byId = new Map<number, L>();
  for (const node of nodes) {
    if (byId.has(node.id)) throw malformed(`two nodes${where} have the id ${node.id}`);
    byId.set(node.id, node);
  }
  const ordered: L[] = [];
  const state = new Map<L, "open" | "closed">();
  const path: L[] = [];
  for (const node of nodes) {
    path.push(node);
    while (path.length > 0) {
      const next = path.at(-1)!;
      const before = state.get(next);
      if (before === undefined) {
        state.set(next, "open");
        for (const id of next.inputs.toReversed()) {
          const input = byId.get(id);
          if (!input)
            throw malformed(`node ${next.id}${where} takes node ${id}, which is not there`);
          if (state.get(input) === "open") throw circle(path, input, state);
          if (!state.has(input)) path.push(input);
        }
        continue;
      }
      path.pop();
      if (before === "closed") continue;
      state.set(next, "closed");
      ordered.push(next);
    }
  }
  return ordered;
}

/** The error of a node that is among its own inputs, with the way around, from input to user. */
function circle(path: readonly Link[], start: Link, state: ReadonlyMap<Link, string>) {
  const open = path.toReversed().filter((node) => state.get(node) === "open");
  // A node may wait in the path more than once: its last place is where it was opened.
  const around = [...new Set(open)];
  const ids = [start, ...around.slice(0, around.indexOf(start) + 1)].map(({ id }) => id);
  const shown = ids.length > 12 ? [...ids.slice(0, 6), "…", ...ids.slice(-5)] : ids;
  return malformed(`the nodes ${shown.join(" → ")} form a circle`);
}
