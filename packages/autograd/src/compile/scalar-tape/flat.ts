import type { DType } from "../../dtype.js";
import type { Tensor } from "../../op.js";
import type { Piece } from "../../trace/graph.js";
import { type Kind, Kinds } from "./kinds.js";

/** Values that are given: in place of their kind. */
const INPUT = -1;
const CONSTANT = -2;

/** Places for the operands of a value; −1 in those that it does not need. */
export const OPERANDS = 3;

/**
 * A graph of numbers without its objects. Values are numbered: the inputs, then constants and
 * results, each after its operands. What does nothing is gone, and equal values are one.
 */
export interface Flat {
  readonly size: number;
  readonly kinds: readonly Kind[];
  /** For each value, its place in `kinds`, or INPUT or CONSTANT. */
  readonly kind: Int32Array;
  readonly operands: Int32Array;
  readonly inputs: readonly DType[];
  readonly constants: ReadonlyMap<number, Constant>;
  readonly outputs: Int32Array;
  /** Constants with which sums are built: −0 + x and 1·x are x, to the bit. */
  readonly neutral: Readonly<
    Record<FloatDType, { readonly sum: number; readonly product: number }>
  >;
}

export interface Constant {
  readonly dtype: DType;
  readonly value: number;
}

export type FloatDType = "float32" | "float64";

export function dtypeOf({ kinds, kind, inputs, constants }: Flat, at: number): DType {
  const own = kind[at]!;
  if (own >= 0) return kinds[own]!.result;
  return own === INPUT ? inputs[at]! : constants.get(at)!.dtype;
}

/** Numbers the values of a piece whose nodes are all of rank 0. */
export function flatten({ inputs, body, outputs, free }: Piece): Flat {
  const values = new Values(inputs.length + free.length + body.length + NEUTRAL);
  // The slots of nodes are free between traversals, and spare a map of a hundred thousand nodes.
  for (const node of inputs) node.slot = values.add(INPUT, -1, -1, -1);
  for (const node of free) node.slot = values.constant(node.dtype, node.value as number);
  for (const node of body) node.slot = values.result(node);
  const results = Int32Array.from(outputs, ({ slot }) => slot);
  for (const nodes of [inputs, free, body]) for (const node of nodes) node.slot = -1;
  const neutral = (dtype: FloatDType) => ({
    sum: values.constant(dtype, -0),
    product: values.constant(dtype, 1),
  });
  const { kind, operands, constants } = values;
  return {
    neutral: { float32: neutral("float32"), float64: neutral("float64") },
    size: values.size,
    kinds: values.kinds.list,
    kind,
    operands,
    inputs: inputs.map(({ dtype }) => dtype),
    constants,
    outputs: results,
  };
}

/** How many constants that takes. */
const NEUTRAL = 4;

class Values {
  size = 0;
  readonly kind: Int32Array;
  readonly operands: Int32Array;
  readonly constants = new Map<number, Constant>();
  readonly kinds = new Kinds();
  readonly #numbers = {
    float32: new Map<number | "-0", number>(),
    float64: new Map<number | "-0", number>(),
    int32: new Map<number | "-0", number>(),
    bool: new Map<number | "-0", number>(),
  };
  /** Values by the hash of what they compute: their number plus one, 0 for none. */
  readonly #table: Int32Array;

  constructor(most: number) {
    this.kind = new Int32Array(most);
    this.operands = new Int32Array(most * OPERANDS);
    this.#table = new Int32Array(2 ** Math.ceil(Math.log2(2 * most)));
  }

  add(kind: number, a: number, b: number, c: number): number {
    const at = this.size++;
    this.kind[at] = kind;
    this.operands[at * OPERANDS] = a;
    this.operands[at * OPERANDS + 1] = b;
    this.operands[at * OPERANDS + 2] = c;
    return at;
  }

  constant(dtype: DType, value: number): number {
    const numbers = this.#numbers[dtype];
    const key = Object.is(value, -0) ? "-0" : value;
    const known = numbers.get(key);
    if (known !== undefined) return known;
    const at = this.add(CONSTANT, -1, -1, -1);
    this.constants.set(at, { dtype, value });
    numbers.set(key, at);
    return at;
  }

  /** The value of a node whose inputs have theirs. */
  result(node: Tensor): number {
    const kind = this.kinds.of(node);
    const { rest } = node;
    const a = (node.a ?? rest[0]!).slot;
    const b = (node.b ?? rest[1])?.slot ?? -1;
    const c = rest[2]?.slot ?? -1;
    switch (this.kinds.list[kind]!.role) {
      case "same":
        return a;
      case "sum":
        // A sum or a product costs less than to look for an equal one.
        return this.add(kind, a, b, c);
      case "product":
        if (this.#isOne(b)) return a;
        return this.#isOne(a) ? b : this.add(kind, a, b, c);
      case "quotient":
        return this.#isOne(b) ? a : this.#unique(kind, a, b, c);
      default:
        return this.#unique(kind, a, b, c);
    }
  }

  #isOne(at: number): boolean {
    return this.kind[at] === CONSTANT && this.constants.get(at)!.value === 1;
  }

  #unique(kind: number, a: number, b: number, c: number): number {
    const mask = this.#table.length - 1;
    let hash = Math.imul(kind, 0x9e3779b1) ^ Math.imul(a, 0x85ebca6b);
    hash = Math.imul(hash ^ (hash >>> 15) ^ Math.imul(b, 0xc2b2ae35), 0x27d4eb2f) + c;
    for (let place = (hash ^ (hash >>> 13)) & mask; ; place = (place + 1) & mask) {
      const known = this.#table[place]! - 1;
      if (known >= 0 && this.#is(known, kind, a, b, c)) return known;
      if (known >= 0) continue;
      const at = this.add(kind, a, b, c);
      this.#table[place] = at + 1;
      return at;
    }
  }

  #is(at: number, kind: number, a: number, b: number, c: number): boolean {
    const { operands } = this;
    const first = at * OPERANDS;
    return (
      this.kind[at] === kind &&
      operands[first] === a &&
      operands[first + 1] === b &&
      operands[first + 2] === c
    );
  }
}
