import { expect, test } from "vitest";
import {
  checkGradients,
  checkpoint,
  concat,
  customVjp,
  detectAnomaly,
  einsum,
  grad,
  jacobian,
  jvp,
  normal,
  scan,
  stack,
  type Tensor,
  uniform,
  valueAndGrad,
  vmap,
} from "../../src/index.js";
import { expectErrors, type Mistake, untyped } from "../support/catalogue.js";
import { float64 } from "../support/values.js";

// What TypeScript would have told: plain JavaScript and notebooks hear it from us.

const x = float64([1, 2]);
const f = (x: Tensor) => x.square().sum();

const wants = (
  op: string,
  what: string,
  got: string,
  fix: string,
  run: () => unknown,
): Mistake => ({
  does: `calls ${op} with ${got} for ${what}`,
  run,
  name: "ValueError",
  op,
  says: [`expected ${what}`, `got ${got}`],
  fix,
});

const square = "(x) => x.square().sum()";
expectErrors("arguments", [
  wants("vmap", "a function", "a tensor", square, () => vmap(untyped(x))),
  wants("checkpoint", "a function", "a tensor", square, () => checkpoint(untyped(x))),
  wants("valueAndGrad", "a function", "a tensor", square, () => valueAndGrad(untyped(x))),
  wants("grad", "a function", "the number 3", square, () => grad(untyped(3))),
  wants("jacobian", "a function", "nothing", square, () => jacobian(untyped(undefined))),
  wants("scan", "a function", "a tensor", square, () => scan(untyped(x), x, x)),
  wants("detectAnomaly", "a function", "a tensor", square, () => detectAnomaly(untyped(f(x)))),
  wants("grad", "a list of tensors", "a tensor", "grad(loss, [x])", () => grad(f(x), untyped(x))),
  wants("jvp", "a list of arguments", "a tensor", "jvp(f, [x], [tangent])", () =>
    jvp(f, untyped(x), untyped([x])),
  ),
  wants("checkGradients", "a list of inputs", "a tensor", "[x]", () =>
    checkGradients(f, untyped(x)),
  ),
  wants("customVjp", "a list of rules", "a function", "[({ g }) => g]", () =>
    customVjp(f, untyped(f), { samples: [[x]] }),
  ),
  wants("concat", "a list of tensors", "a tensor", "concat([a, b])", () => concat(untyped(x))),
  wants("stack", "a list of tensors", "a tensor", "stack([a, b])", () => stack(untyped(x))),
  wants("normal", "a random key", "a list", "normal(key(0), ...)", () => normal(untyped([3]), [3])),
  wants("uniform", "a random key", "the number 0", "key(0)", () => uniform(untyped(0), [3])),
  wants("reshape", "a list of sides", "the number 2", "[2, -1]", () => x.reshape(untyped(2))),
  wants("broadcastTo", "a list of sides", "the number 2", "[2, 3]", () =>
    x.broadcastTo(untyped(2)),
  ),
  wants("transpose", "a list of axes", "the number 1", "[1, 0]", () => x.transpose(untyped(1))),
  wants("slice", "a list of two or three places", "the string 0:2", "[start, stop]", () =>
    x.slice(untyped("0:2")),
  ),
  wants("einsum", "an equation", "a tensor", '"ij,jk->ik"', () => einsum(untyped(x), x)),
]);

test("JSON.stringify writes the value", () => {
  expect(JSON.stringify({ x })).toBe('{"x":[1,2]}');
});
