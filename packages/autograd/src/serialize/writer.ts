import { ValueError } from "../errors.js";
import { asArray } from "../execute.js";
import type { Value } from "../ndarray.js";
import type { Op, Spec, Tensor } from "../op.js";
import { constant, snapshot } from "../ops/leaf.js";
import type { Scope } from "../scope.js";
import type { Cell } from "../trace/effects.js";
import type { Piece } from "../trace/graph.js";
import { attributesOf, piece } from "./attributes.js";
import { builtIn } from "./built-in.js";
import type { NodeEntry, PieceEntry, ScopeEntry, VariableEntry } from "./format.js";
import { type Json, toJson } from "./plain.js";

/** Collects what nodes refer to, each thing once, in the order in which it is met. */
export class GraphWriter {
  readonly scopes: ScopeEntry[] = [];
  readonly variables: VariableEntry[] = [];
  readonly pieces: PieceEntry[] = [];
  /** The elements of tensors. */
  readonly parts: Uint8Array[] = [];
  #end = 0;
  readonly #scopeAt = new Map<Scope, number>();
  readonly #variableAt = new Map<Cell, number>();
  readonly #pieceAt = new Map<Piece, number>();

  /** Nodes in an order in which they can be computed. */
  nodes(nodes: readonly Tensor[], idOf: ReadonlyMap<Tensor, number>): NodeEntry[] {
    return nodes.map((node) => {
      const id = idOf.get(node)!;
      const isLeaf = node.op.family === "leaf";
      return this.#entry(node, id, {
        op: node.op.name,
        inputs: isLeaf ? undefined : node.inputs.map((input) => idOf.get(input)!),
        attrs: this.#attributes(node, id),
        value: this.#valueOf(node),
      });
    });
  }

  /** The number of a variable. */
  variable(cell: Cell): number {
    const known = this.#variableAt.get(cell);
    if (known !== undefined) return known;
    const { label, dtype, shape, leaf, grad } = cell;
    const value = this.#value(leaf.value!, leaf);
    const gradient = grad ? this.#value(grad.value!, grad) : undefined;
    this.#variableAt.set(cell, this.variables.length);
    return this.variables.push({ label, dtype, shape, value, gradient }) - 1;
  }

  /** What a node is, whatever its op: where it belongs and what it is called. */
  #entry(
    node: Tensor,
    id: number,
    own: Pick<NodeEntry, "op" | "inputs" | "attrs" | "value">,
  ): NodeEntry {
    const { op, variable, label } = node;
    return {
      id,
      op: own.op,
      inputs: own.inputs,
      attrs: own.attrs,
      dtype: op.tuple ? undefined : node.dtype,
      shape: op.tuple ? undefined : node.shape,
      value: own.value,
      variable: variable && this.variable(variable),
      scope: this.#scope(node.scope),
      label: label === variable?.label ? undefined : label,
      detached: node.isDetached || undefined,
    };
  }

  /** The value of a constant, or of a variable where it has changed since. */
  #valueOf(node: Tensor): Json | undefined {
    const { op, variable, value } = node;
    if (op !== constant && op !== snapshot) return undefined;
    return variable?.leaf === node ? undefined : this.#value(value!, node);
  }

  #attributes({ op, attrs }: Tensor, id: number): Json | undefined {
    const known = builtIn.get(op.name);
    if (known !== op && (known || op.family === "call")) throw unknown(op, id, known !== undefined);
    if (!known)
      return attrs === undefined ? undefined : toJson(attrs, `the attributes of ${op.name}`);
    const listed = attributesOf(op.name);
    if (listed.length === 0) return undefined;
    const given = attrs as Readonly<Record<string, unknown>>;
    return Object.fromEntries(
      listed.map(([name, attribute]) => [
        name,
        attribute === piece ? this.#piece(given[name] as Piece) : toJson(given[name], name),
      ]),
    );
  }

  /** The number of a piece; its inputs are placeholders, whatever they are outside of it. */
  #piece(piece: Piece): number {
    const known = this.#pieceAt.get(piece);
    if (known !== undefined) return known;
    const { inputs, body, outputs } = piece;
    const idOf = new Map([...inputs, ...body].map((node, id) => [node, id]));
    const placeholders = inputs.map((node, id): NodeEntry => {
      const own = { op: "placeholder", inputs: undefined, attrs: undefined, value: undefined };
      return this.#entry(node, id, own);
    });
    const entry: PieceEntry = {
      inputs: inputs.map((_, id) => id),
      outputs: outputs.map((node) => idOf.get(node)!),
      nodes: [...placeholders, ...this.nodes(body, idOf)],
    };
    this.#pieceAt.set(piece, this.pieces.length);
    return this.pieces.push(entry) - 1;
  }

  #scope(scope: Scope): number | undefined {
    const known = this.#scopeAt.get(scope);
    if (known !== undefined || !scope.parent) return known;
    const { name, kind } = scope;
    const parent = this.#scope(scope.parent);
    this.#scopeAt.set(scope, this.scopes.length);
    return this.scopes.push({ name, kind, parent }) - 1;
  }

  /** A number as it is, elements as the place of their bytes. */
  #value(value: Value, spec: Spec): Json {
    if (typeof value === "number") return toJson(value, "a value");
    const { buffer, byteOffset, byteLength } = asArray(value, spec).toTypedArray();
    this.parts.push(new Uint8Array(buffer, byteOffset, byteLength));
    const start = this.#end;
    this.#end += byteLength;
    return [start, this.#end];
  }
}

/** The error of an op that a file cannot hold. */
function unknown(op: Op, id: number, isNamesake: boolean): ValueError {
  const problem = isNamesake
    ? `node ${id} has an op ${op.name} that is not the built-in one of that name`
    : `node ${id} has the op ${op.name}, whose rules are functions, which a file cannot hold`;
  return new ValueError("serialize", problem, {
    fix: isNamesake
      ? "give the op another name"
      : "make it an op with defineOp, and give that to deserialize(bytes, { ops: [op] })",
  });
}
