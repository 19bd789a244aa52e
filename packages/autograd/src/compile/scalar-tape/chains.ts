import { dtypeOf, type Flat, type FloatDType, OPERANDS } from "./flat.js";

/**
 * Values that are sums of many terms, added one after the other: a chain of additions in which only
 * the last result is used. Terms that are products used nowhere else are multiplied on the way. The
 * order of the additions stays: ((initial + left₁·right₁) + left₂·right₂) + …
 */
export interface Chains {
  /** 1 for the values that need a cell and a step of their own. */
  readonly computed: Uint8Array;
  /** For each value the number of its terms; 0 for what is no sum. */
  readonly count: Int32Array;
  /** Where the terms of a value begin. */
  readonly start: Int32Array;
  /** For each sum the value that its first term is added to. */
  readonly initial: Int32Array;
  readonly left: Int32Array;
  /** −1 throughout a sum without products. */
  readonly right: Int32Array;
}

export function findChains(flat: Flat): Chains {
  const { size, kind, operands, neutral } = flat;
  const uses = usesOf(flat);
  const isSum = flat.kinds.map(({ role }) => role === "sum");
  const isProduct = flat.kinds.map(({ role }) => role === "product");
  /** 1 for products that nothing but one other value takes. */
  const folds = new Uint8Array(size);
  const computed = new Uint8Array(size);
  const count = new Int32Array(size);
  const initial = new Int32Array(size).fill(-1);
  /** The addition before the last one, in the same chain. */
  const before = new Int32Array(size).fill(-1);
  for (let at = 0; at < size; at++) {
    if (uses[at] === 0 || kind[at]! < 0) continue;
    computed[at] = 1;
    if (uses[at] === 1 && isProduct[kind[at]!]) folds[at] = 1;
    if (!isSum[kind[at]!]) continue;
    const a = operands[at * OPERANDS]!;
    const b = operands[at * OPERANDS + 1]!;
    const lengthA = uses[a] === 1 ? count[a]! : 0;
    const lengthB = uses[b] === 1 ? count[b]! : 0;
    if (folds[a] === 1) computed[a] = 0;
    if (folds[b] === 1) computed[b] = 0;
    if (lengthA + lengthB > 0) {
      const longer = lengthB > lengthA ? b : a;
      before[at] = longer;
      computed[longer] = 0;
      count[at] = count[longer]! + 1;
    } else if (folds[a] === 1 && folds[b] === 1) {
      initial[at] = neutral[dtypeOf(flat, at) as FloatDType].sum;
      count[at] = 2;
    } else {
      initial[at] = folds[a] === 1 ? b : a;
      count[at] = 1;
    }
  }
  return { computed, count, initial, ...termsOf(flat, computed, count, initial, before) };
}

/** How often each value is an operand of one that an output needs, or an output. */
function usesOf({ size, operands, outputs }: Flat): Int32Array {
  const uses = new Int32Array(size);
  for (const at of outputs) uses[at]!++;
  for (let at = size - 1; at >= 0; at--) {
    if (uses[at] === 0) continue;
    for (let i = at * OPERANDS; i < (at + 1) * OPERANDS; i++) {
      const operand = operands[i]!;
      if (operand >= 0) uses[operand]!++;
    }
  }
  return uses;
}

/** Lays out the terms of every sum. */
function termsOf(
  flat: Flat,
  computed: Uint8Array,
  count: Int32Array,
  initial: Int32Array,
  before: Int32Array,
): Pick<Chains, "start" | "left" | "right"> {
  const { size, kind, operands, neutral } = flat;
  const start = new Int32Array(size);
  let total = 0;
  for (let at = 0; at < size; at++) {
    start[at] = total;
    if (computed[at] === 1) total += count[at]!;
  }
  const left = new Int32Array(total);
  const right = new Int32Array(total);
  for (let head = 0; head < size; head++) {
    if (computed[head] === 0 || count[head] === 0) continue;
    const one = neutral[dtypeOf(flat, head) as FloatDType].product;
    let products = 0;
    let end = start[head]! + count[head]!;
    const put = (value: number) => {
      const isFolded = computed[value] === 0 && kind[value]! >= 0 && count[value] === 0;
      end--;
      left[end] = isFolded ? operands[value * OPERANDS]! : value;
      right[end] = isFolded ? operands[value * OPERANDS + 1]! : one;
      if (isFolded) products++;
    };
    let at = head;
    for (; before[at]! >= 0; at = before[at]!) {
      put(operands[at * OPERANDS]! + operands[at * OPERANDS + 1]! - before[at]!);
    }
    const [a, b] = [operands[at * OPERANDS]!, operands[at * OPERANDS + 1]!];
    if (a === initial[at] || b === initial[at]) {
      put(a + b - initial[at]!);
    } else {
      put(b);
      put(a);
    }
    initial[head] = initial[at]!;
    if (products === 0) right.fill(-1, start[head]!, start[head]! + count[head]!);
  }
  return { start, left, right };
}
