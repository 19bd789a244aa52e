import { groupBy } from "../graph/group-by.js";
import type { Drawing, DrawnEdge } from "./drawing.js";

/**
 * Keeps the labels of edges with the same ends apart, as in `x.mul(x)`: what they have in common is
 * written once, outside of them all; otherwise each label gets room for the line of the other. A
 * blank label keeps the lines themselves apart.
 */
export function labelParallels({ edges, rankdir }: Drawing): DrawnEdge[] {
  const bundles = groupBy(edges, ({ from, to }) => JSON.stringify([from, to]));
  const labels = new Map<DrawnEdge, string | undefined>();
  for (const bundle of bundles.values()) {
    const [first] = bundle;
    const isWide = bundle.some(({ penwidth }) => penwidth > 2);
    if (bundle.length === 1 || (first!.label === undefined && !isWide)) continue;
    const isCommon = bundle.every(({ label }) => label === first!.label);
    // Labels stand above lines that run across, and right of those that run down.
    const bearer = rankdir === "LR" ? first! : bundle.at(-1)!;
    for (const edge of bundle) {
      const isBearer = edge === bearer;
      if (isCommon) labels.set(edge, isBearer && edge.label ? `each ${edge.label}` : " ");
      else if (!isBearer) labels.set(edge, withRoom(edge.label ?? "", rankdir));
    }
  }
  return edges.map((edge) => (labels.has(edge) ? { ...edge, label: labels.get(edge) } : edge));
}

const withRoom = (label: string, rankdir: "LR" | "TB"): string =>
  rankdir === "LR" ? `\n${label}` : `${label}        `;
