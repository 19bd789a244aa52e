import { NeuriteError } from "../errors.js";
import { own } from "../marks.js";
import type { Op, Spec, Tensor } from "../op.js";
import { constant, placeholder, snapshot } from "../ops/leaf.js";
import type { ProjectAttrs } from "../ops/project.js";
import { noGrad } from "../recording.js";
import { currentScope, type Scope, withinScope } from "../scope.js";
import { leaf, record, recordTuple } from "../tensor.js";
import type { Piece } from "../trace/graph.js";
import { Variable } from "../variable.js";
import { attributesOf, piece } from "./attributes.js";
import { builtIn } from "./built-in.js";
import { checkArity, checkCall, checkInputs, checkResult, checkSize } from "./check.js";
import { countOf, fieldsOf, listOf, malformed, textOf } from "./malformed.js";
import { inOrder } from "./order.js";
import { fromJson } from "./plain.js";
import { specOf, ValueReader } from "./values.js";

type Fields = Readonly<Record<string, unknown>>;

/** Records the nodes of a file again. Tables are read in the order of the header. */
export class GraphReader {
  readonly #values: ValueReader;
  readonly #ops: ReadonlyMap<string, Op>;
  readonly #top = topOf(currentScope());
  readonly #scopes: Scope[] = [];
  readonly #variables: Variable[] = [];
  readonly #pieces: Piece[] = [];

  constructor(data: Uint8Array, ops: readonly { readonly op: Op<never> }[]) {
    this.#values = new ValueReader(data);
    this.#ops = new Map([...ops.map(({ op }) => [op.name, op as Op] as const), ...builtIn]);
  }

  scopesOf(entries: unknown): void {
    for (const [at, entry] of listOf(entries, "scopes").entries()) {
      const { name, kind, parent } = fieldsOf(entry, `scope ${at}`);
      const outer = this.#scope(parent, `the parent of scope ${at}`);
      this.#scopes.push(outer.child(textOf(name, "its name"), textOf(kind, "its kind")));
    }
  }

  variablesOf(entries: unknown): void {
    for (const [at, entry] of listOf(entries, "variables").entries()) {
      const where = `variable ${at}`;
      const fields = fieldsOf(entry, where);
      const spec = specOf(fields, where);
      const label = optional(fields.label, textOf, `the label of ${where}`);
      const variable = new Variable(this.#values.read(fields.value, spec, where), spec, label);
      if (fields.gradient !== undefined) {
        variable.grad = leaf(constant, spec, this.#values.read(fields.gradient, spec, where));
      }
      this.#variables.push(variable);
    }
  }

  piecesOf(entries: unknown): void {
    for (const [at, entry] of listOf(entries, "pieces").entries()) {
      const where = ` of piece ${at}`;
      const fields = fieldsOf(entry, `piece ${at}`);
      const nodes = this.nodesOf(fields.nodes, where);
      const node = (id: unknown) => nodeIn(nodes, id, `piece ${at}`);
      const inputs = listOf(fields.inputs, `the inputs${where}`).map(node);
      const outputs = listOf(fields.outputs, `the outputs${where}`).map(node);
      const given = new Set(inputs);
      const body = [...nodes.values()].filter((node) => !given.has(node));
      const stray = body.findIndex(({ op }) => op.family === "leaf");
      if (stray >= 0 || inputs.some(({ op }) => op !== placeholder)) {
        throw malformed(`the inputs${where} are not its leaves: placeholders, all of them`);
      }
      this.#pieces.push({ inputs, body, outputs, free: [] });
    }
  }

  /** The nodes by their ids, each after its inputs. `where` says whose they are. */
  nodesOf(entries: unknown, where: string): Map<number, Tensor> {
    const links = listOf(entries, `the nodes${where}`).map((entry) => {
      const fields = fieldsOf(entry, `a node${where}`);
      const id = countOf(fields.id, `the id of a node${where}`);
      const inputs = listOf(fields.inputs ?? [], `the inputs of node ${id}${where}`);
      return { id, fields, inputs: inputs.map((input) => countOf(input, "an id")) };
    });
    const nodes = new Map<number, Tensor>();
    for (const { id, fields, inputs } of inOrder(links, where)) {
      const x = inputs.map((input) => nodes.get(input)!);
      nodes.set(id, this.#node(fields, x, `node ${id}${where} (${fields.op})`));
    }
    return nodes;
  }

  /** A variable by its number. */
  variable(at: unknown, where: string): Variable {
    return this.#variables[countOf(at, `the variable of ${where}`, this.#variables.length)]!;
  }

  /** Refuses data that no node needs. */
  checkAllUsed(): void {
    this.#values.checkAllUsed();
  }

  #node(fields: Fields, inputs: readonly Tensor[], where: string): Tensor {
    const scope = this.#scope(fields.scope, where);
    const label = optional(fields.label, textOf, `the label of ${where}`);
    try {
      return withinScope(scope, () => {
        const op = this.#ops.get(textOf(fields.op, `the op of ${where}`));
        if (!op) throw unknownOp(where);
        const node =
          op.family === "leaf"
            ? this.#leaf(op, fields, inputs, where)
            : this.#applied(op, fields, inputs, where);
        return label === undefined ? node : node.as(label);
      });
    } catch (cause) {
      if (cause instanceof NeuriteError && cause.op === "deserialize") throw cause;
      const [problem] = (cause as Error).message.split("\n");
      throw malformed(`${where} cannot be recorded: ${problem}`, { cause });
    }
  }

  #leaf(op: Op, fields: Fields, inputs: readonly Tensor[], where: string): Tensor {
    if (inputs.length > 0) throw malformed(`${where} has ${inputs.length} inputs, a leaf has none`);
    const spec = specOf(fields, where);
    const variable = optional(fields.variable, (at) => this.variable(at, where), where);
    if (variable) checkResult(spec, variable, where);
    if (op === snapshot && variable && fields.value === undefined) return variable.leaf;
    const value = op === placeholder ? undefined : this.#values.read(fields.value, spec, where);
    const node = leaf(op, spec, value);
    return variable ? own(node, variable) : node;
  }

  #applied(op: Op, fields: Fields, inputs: readonly Tensor[], where: string): Tensor {
    checkArity(op, inputs, where);
    const attrs = this.#attributes(op, fields, inputs, where);
    checkInputs(op, inputs, where);
    checkCall(op, inputs, attrs, where);
    if (op.tuple) checkSize(op.tuple.outputs(inputs, attrs));
    else {
      const declared = specOf(fields, where);
      checkResult(
        declared,
        { shape: op.shape(inputs, attrs), dtype: op.dtype(inputs, attrs) },
        where,
      );
    }
    const make = () => {
      if (op.pick) return inputs[0]!.results()[(attrs as ProjectAttrs).index]!;
      return (op.tuple ? recordTuple : record)(op, inputs, attrs);
    };
    const node = fields.detached === true ? noGrad(make) : make();
    return fields.variable === undefined ? node : own(node, this.variable(fields.variable, where));
  }

  #attributes(op: Op, { attrs }: Fields, inputs: readonly Tensor[], where: string): unknown {
    if (!builtIn.has(op.name)) return fromJson(attrs);
    const listed = attributesOf(op.name);
    if (listed.length === 0) return undefined;
    const given = fieldsOf(attrs, `the attributes of ${where}`);
    const read: Record<string, unknown> = {};
    for (const [name, attribute] of listed) {
      const value = attribute === piece ? this.#piece(given[name], where) : fromJson(given[name]);
      if (!attribute.accepts(value, inputs, read)) {
        const shown = JSON.stringify(given[name]) ?? "missing";
        throw malformed(`${where}: ${name} is ${shown}, expected ${attribute.expected}`);
      }
      read[name] = value;
    }
    return op.pick ? { ...read, spec: picked(inputs[0]!, read.index as number, where) } : read;
  }

  #piece(at: unknown, where: string): Piece {
    return this.#pieces[countOf(at, `the piece of ${where}`, this.#pieces.length)]!;
  }

  #scope(at: unknown, where: string): Scope {
    if (at === undefined) return this.#top;
    return this.#scopes[countOf(at, `the scope of ${where}`, this.#scopes.length)]!;
  }
}

/** A node by its id. */
export function nodeIn(nodes: ReadonlyMap<number, Tensor>, id: unknown, where: string): Tensor {
  const node = nodes.get(countOf(id, `the node of ${where}`));
  if (node) return node;
  throw malformed(`${where} is node ${id}, which is not there`);
}

function optional<T>(
  value: unknown,
  read: (value: unknown, what: string) => T,
  what: string,
): T | undefined {
  return value === undefined ? undefined : read(value, what);
}

/** What is known of one of several results. */
function picked({ op, inputs, attrs }: Tensor, index: number, where: string): Spec {
  const outputs = op.tuple!.outputs(inputs, attrs);
  const output = outputs[index];
  if (!output) throw malformed(`${where} picks result ${index} of ${outputs.length}`);
  return { shape: output.shape, dtype: output.dtype };
}

const unknownOp = (where: string) =>
  malformed(`${where} has an op that this neurite does not have`, {
    fix: "give it, if it was made by defineOp: deserialize(bytes, { ops: [op] })",
  });

function topOf(scope: Scope): Scope {
  let top = scope;
  while (top.parent) top = top.parent;
  return top;
}
