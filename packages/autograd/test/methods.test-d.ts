import { expectTypeOf, test } from "vitest";
import type { Operand } from "../src/index.js";
import type { OpName } from "./ops/index.js";

test("every primitive is a method of tensors, except those reached through keys", () => {
  expectTypeOf<Exclude<OpName, keyof Operand>>().toEqualTypeOf<
    "randomPermutation" | "randomUniform" | "threefry"
  >();
});
