import { kindOf } from "./arguments.js";
import { ValueError } from "./errors.js";
import { Operand } from "./methods/operand.js";
import { named } from "./naming.js";
import type { Tensor } from "./op.js";
import * as ops from "./ops/index.js";
import { noGrad } from "./recording.js";
import { checkShape, type Shape } from "./shape.js";
import { apply, tensor } from "./tensor.js";

/**
 * A random key: an int32 tensor of shape [2]. Numbers are functions of a key, so the same key gives
 * the same numbers, always and everywhere; for other numbers, split it. Keys and numbers are those
 * of JAX (`threefry2x32`, partitionable).
 */
export type Key = Operand;

interface DrawOptions {
  readonly dtype?: "float32" | "float64";
}

/** The key of a seed, an integer. */
export function key(seed: number): Tensor {
  if (!Number.isSafeInteger(seed)) {
    throw new ValueError("key", `the seed ${seed} is not an integer`, { fix: "use an integer" });
  }
  return tensor(Int32Array.of(0, seed | 0));
}

/** Independent keys made from one, which should not be used again. */
export function split(key: Key, count = 2): Tensor[] {
  checkShape("split", [count]);
  return drawn("split", key, () => {
    const keys = apply(ops.threefry, [key], { shape: [count], first: 0 });
    return Array.from({ length: count }, (_, i) => keys.slice(i));
  });
}

/** The key for step, layer or worker number `data`, made from a common one. */
export function foldIn(key: Key, data: number): Tensor {
  if (!Number.isInteger(data) || data < 0 || data >= 2 ** 32) {
    throw new ValueError("foldIn", `cannot fold in ${data}`, {
      fix: "use an integer from 0 to 2³² − 1",
    });
  }
  return drawn("foldIn", key, () => apply(ops.threefry, [key], { shape: [], first: data }));
}

/** Uniform numbers in [min, max). */
export function uniform(
  key: Key,
  shape: Shape,
  { min = 0, max = 1, dtype = "float32" }: DrawOptions & { min?: number; max?: number } = {},
): Tensor {
  checkShape("uniform", shape);
  return drawn("uniform", key, () => apply(ops.randomUniform, [key], { shape, dtype, min, max }));
}

/** Normal numbers with the given mean and standard deviation, from the inverse error function. */
export function normal(
  key: Key,
  shape: Shape,
  { mean = 0, std = 1, dtype = "float32" }: DrawOptions & { mean?: number; std?: number } = {},
): Tensor {
  // The least number above −1, so that no tail is infinite.
  const min = dtype === "float32" ? 2 ** -24 - 1 : 2 ** -53 - 1;
  return drawn("normal", key, () => {
    const unit = uniform(key, shape, { min, dtype }).erfInv().mul(Math.SQRT2);
    return mean === 0 && std === 1 ? unit : unit.mul(std).add(mean);
  });
}

/** True with the given probability, as bool. */
export const bernoulli = (key: Key, probability: number, shape: Shape): Tensor =>
  drawn("bernoulli", key, () => uniform(key, shape).lt(probability));

/** The numbers 0 to count − 1 in a random order, as int32. */
export function permutation(key: Key, count: number): Tensor {
  checkShape("permutation", [count]);
  return drawn("permutation", key, () => apply(ops.randomPermutation, [key], { count }));
}

/**
 * Draws carry no gradient: from a key that is known they are constants, and hold on to no graph.
 */
function drawn<T>(op: string, key: Key, draw: () => T): T {
  if (!(key instanceof Operand)) {
    throw new ValueError(op, `expected a random key, got ${kindOf(key)}`, {
      fix: `make one with key(0), and give it first: ${op}(key(0), ...)`,
    });
  }
  return named(op, key.asTensor().value === undefined ? draw : () => noGrad(draw));
}
