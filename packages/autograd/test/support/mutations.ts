import { sameShape, type Tensor } from "../../src/index.js";
import type { VjpContext } from "../../src/op.js";
import { record } from "../../src/tensor.js";
import { between } from "../../src/trace/graph.js";
import { interpret } from "../../src/trace/interpret.js";

// A derivative rule records a graph, from the cotangent to that of an input. Here each of its nodes
// is got wrong in turn: a factor or term left out, a sign turned, a sum that takes one term alone.

export type Rule = (context: VjpContext, slot: number) => Tensor;

/** Ways to give a rule the wrong tensors: what is read for what, or null where there is no such thing. */
const misreadings: Record<string, (c: VjpContext) => readonly [Tensor, Tensor][]> = {
  "the input for the output": ({ x: [x], y }) => (isAlike(x!, y) ? [[y, x!]] : []),
  "the output for the inputs": ({ x, y }) => x.flatMap((x) => (isAlike(x, y) ? [[x, y]] : [])),
  "the inputs swapped": ({ x: [a, b, ...rest] }) =>
    b && rest.length === 0 && isAlike(a!, b)
      ? [
          [a!, b],
          [b, a!],
        ]
      : [],
};

const isAlike = (a: Tensor, b: Tensor) =>
  a !== b && a.dtype === b.dtype && sameShape(a.shape, b.shape);

/** Movement that moves nothing, as of a single element. */
const isSame = (a: Tensor, b: Tensor) => String(a.toTypedArray()) === String(b.toTypedArray());

type Edits = Record<string, (inputs: readonly Tensor[]) => Tensor>;

/** The ways to get one node wrong, by name. */
function editsOf(node: Tensor): Edits {
  const { op, attrs, inputs, shape } = node;
  const edits: Edits = {};
  for (const [i, input] of inputs.entries()) {
    if (isAlike(input, node) && !(op.family === "movement" && isSame(input, node)))
      edits[`only its input ${i}`] = (x) => x[i]!;
    const [rows, columns] = input.shape.slice(-2);
    if (op.family === "contraction" && rows === columns && rows! > 1 && input.size > 0) {
      edits[`input ${i} transposed`] = (x) => record(op, x.with(i, x[i]!.transpose()), attrs);
    }
  }
  if (node.dtype === "bool") edits.denied = (x) => record(op, x, attrs).logicalNot();
  if (op.name === "add") edits["a difference"] = ([a, b]) => a!.sub(b!);
  if (op.name === "sub") edits["a sum"] = ([a, b]) => a!.add(b!);
  if (op.name === "sum") {
    const { axes } = attrs as { readonly axes: readonly number[] };
    edits["the first term alone"] = ([x]) =>
      x!.size === 0
        ? record(op, [x!], attrs)
        : x!.slice(...x!.shape.map((_, i) => (axes.includes(i) ? 0 : null))).reshape(shape);
  }
  return edits;
}

/** What a rule recorded, each node with its name: `mul 2` is the second product. */
function derivation({ g, x, y }: VjpContext, result: Tensor) {
  const inputs = [...new Set([g, ...x, y])];
  const { body } = between(inputs, [result]);
  const counts = new Map<string, number>();
  const names = body.map(({ op: { name } }) => {
    const count = (counts.get(name) ?? 0) + 1;
    counts.set(name, count);
    return `${name} ${count}`;
  });
  return { inputs, body, names };
}

/** Runs a rule and notes every edit that one could make. */
export const probing =
  (rule: Rule, found: Set<string>): Rule =>
  (context, slot) => {
    const result = rule(context, slot);
    const { body, names } = derivation(context, result);
    const used = new Set(body.flatMap(({ inputs }) => inputs));
    for (const [name, misread] of Object.entries(misreadings)) {
      if (misread(context).some(([node]) => used.has(node))) found.add(name);
    }
    for (const [i, node] of body.entries()) {
      for (const edit of Object.keys(editsOf(node))) found.add(`${names[i]}: ${edit}`);
    }
    return result;
  };

/** The rule with one edit, wherever there is something to edit. */
export const edited =
  (rule: Rule, edit: string): Rule =>
  (context, slot) => {
    const result = rule(context, slot);
    const { inputs, body, names } = derivation(context, result);
    const [name, way] = edit.split(": ") as [string, string];
    const target = body[names.indexOf(name)];
    const wrong = target && editsOf(target)[way];
    const others = new Map(misreadings[name]?.(context));
    const meaning = interpret<Tensor>(
      { inputs, body },
      inputs.map((node) => others.get(node) ?? node),
      (node) => node,
      (node, x) => (wrong && node === target ? wrong(x) : record(node.op, x, node.attrs)),
    );
    return meaning(result);
  };
