import { topology } from "../differentiate/topology.js";
import { Operand } from "../methods/operand.js";
import type { Tensor } from "../op.js";
import { withEffects } from "../trace/effects.js";
import type { Graph } from "../trace/graph.js";
import { GradientIsNull } from "../trace/trace.js";
import { leavesOf, type Tree } from "../tree.js";
import { Variable } from "../variable.js";
import { join } from "./container.js";
import { FORMAT, type Header, type RootEntry, type TracedEntry, VERSION } from "./format.js";
import { GraphWriter } from "./writer.js";

/**
 * A graph as the bytes of a file, which `deserialize` reads: tensors and variables in any nesting,
 * or the graph of a traced function. Only the values of constants and variables are in it; all
 * others are computed again. The same graph gives the same bytes. An op whose rules are JavaScript
 * functions (`customVjp`) is an error; one made by `defineOp` is stored by its name.
 */
export function serialize(roots: Tree | Graph): Uint8Array {
  const writer = new GraphWriter();
  // What variables hold, not what a trace that is running knows of them.
  const content = withEffects(null, () =>
    isGraph(roots) ? writeTraced(writer, roots) : writeRoots(writer, roots),
  );
  const { scopes, variables, pieces, parts } = writer;
  return join(
    print({ format: FORMAT, version: VERSION, scopes, variables, pieces, ...content }),
    parts,
  );
}

const isGraph = (roots: Tree | Graph): roots is Graph =>
  typeof roots === "object" && roots !== null && "body" in roots && "captures" in roots;

function writeRoots(writer: GraphWriter, roots: Tree): Pick<Header, "nodes" | "roots"> {
  const tensors = leavesOf(roots).filter((leaf): leaf is Tensor => !(leaf instanceof Variable));
  const order = topology(tensors);
  const idOf = idsOf(order.nodes);
  const nodes = writer.nodes(order.nodes, idOf);
  const entry = (tree: Tree): RootEntry => {
    if (tree instanceof Variable) return `v${writer.variable(tree)}`;
    if (tree instanceof Operand) return idOf.get(tree.asTensor())!;
    if (tree === null || tree === undefined) return null;
    if (Array.isArray(tree)) return tree.map(entry);
    return Object.fromEntries(Object.entries(tree).map(([name, child]) => [name, entry(child)]));
  };
  return { nodes, roots: entry(roots) };
}

function writeTraced(writer: GraphWriter, graph: Graph): Pick<Header, "nodes" | "traced"> {
  const { inputs, outputs, captures, writes, guards } = graph;
  const given = [...inputs, ...captures.map(({ node }) => node)];
  const written = writes.flatMap(({ node }) => node ?? []);
  const order = topology([...given, ...outputs, ...written]);
  const idOf = idsOf(order.nodes);
  const id = (node: Tensor) => idOf.get(node)!;
  const nodes = writer.nodes(order.nodes, idOf);
  const traced: TracedEntry = {
    inputs: inputs.map(id),
    outputs: outputs.map(id),
    captures: captures.map(({ cell, place, node }) => ({
      variable: writer.variable(cell),
      place,
      node: id(node),
    })),
    writes: writes.map(({ cell, place, node }) => ({
      variable: writer.variable(cell),
      place,
      node: node && id(node),
    })),
    // Other static values, such as a mode, belong to objects that are not in the file.
    guards: guards.flatMap(({ cell, value }) =>
      cell instanceof GradientIsNull
        ? [{ variable: writer.variable(cell.cell), isNull: value === true }]
        : [],
    ),
  };
  return { nodes, traced };
}

const idsOf = (nodes: readonly Tensor[]): ReadonlyMap<Tensor, number> =>
  new Map(nodes.map((node, id) => [node, id]));

/** The header as JSON, one entry a line: damage has a line number, a change a short diff. */
function print(header: Header): string {
  const fields = Object.entries(header).map(([name, value]: [string, unknown]) => {
    const isTable = Array.isArray(value) && value.length > 0 && name !== "roots";
    const text = isTable
      ? `[\n${value.map((entry) => JSON.stringify(entry)).join(",\n")}\n]`
      : JSON.stringify(value);
    return `${JSON.stringify(name)}: ${text}`;
  });
  return `{\n${fields.join(",\n")}\n}\n`;
}
