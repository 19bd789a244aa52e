import { lanewise } from "../families/lanes.js";
import type { Op } from "../op.js";
import { SCALAR } from "../shape.js";

const leaf = (name: string): Op => ({
  name,
  family: "leaf",
  formula: { forward: `y = ${name}`, vjp: [] },
  shape: () => SCALAR,
  dtype: () => "float32",
  forward: () => {},
  vjp: [],
  batch: lanewise,
});

/** Numbers that were given, not computed. */
export const constant = leaf("constant");

/** What a variable holds at one moment. */
export const snapshot = leaf("variable");

/** A value yet to come: where a traced function will read its argument. */
export const placeholder = leaf("placeholder");
