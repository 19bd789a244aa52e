import { callSite, TraceError } from "../errors.js";
import { setSite, siteOf } from "../marks.js";
import type { Graph } from "../trace/graph.js";
import { warn } from "../warnings.js";
import { type Watcher, withWatcher } from "../watch.js";
import { type Difference, differenceOf } from "./difference.js";
import { traceAgain } from "./trace-of.js";

/** Traces a function again and warns if it is no longer what was compiled. */
export function warnOfChange(f: unknown, inputs: readonly unknown[], graph: Graph): void {
  const found = changeOf(f, inputs, graph);
  if (found) warn("compile", found.problem, found.facts);
}

/** Traces a function again and throws if it is no longer what was compiled. */
export function refuseChange(f: unknown, inputs: readonly unknown[], graph: Graph): void {
  const found = changeOf(f, inputs, graph);
  if (found) throw new TraceError("compile", found.problem, found.facts);
}

function changeOf(f: unknown, inputs: readonly unknown[], graph: Graph) {
  const now = traceAgain(f, inputs).graph;
  if (!differenceOf(graph, now)) return null;
  // A stack for every node takes long: only now is it known that one is needed.
  const watched = withWatcher(sites, () => traceAgain(f, inputs).graph);
  const found = differenceOf(graph, watched) ?? differenceOf(graph, now)!;
  const { user } = found;
  const site = user && siteOf(user);
  const modulePath = user?.scope.path ?? "";
  return { problem: found.problem, facts: { site, modulePath, fix: fixOf(found) } };
}

const fixOf = ({ constant }: Difference): string =>
  constant
    ? "make it a variable, as in const rate = scalar(0.1), and assign it, or pass it as an argument"
    : "let nothing but tensors decide, as with where, or compile a function for each case";

/** Keeps the line of every node. */
const sites: Watcher = {
  recorded: (node) => {
    const site = callSite();
    if (site) setSite(node, site);
  },
  ran: () => {},
  differentiating: (_, body) => body(),
  remaking: (_, body) => body(),
  contributed: () => {},
};
