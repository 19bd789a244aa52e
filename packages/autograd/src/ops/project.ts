import { lanewise } from "../families/lanes.js";
import type { Op, Spec } from "../op.js";

/** Which of several results, and what is known of it. */
export interface ProjectAttrs {
  readonly index: number;
  readonly spec: Spec;
}

/** One of the results of an op that has several. Its cotangent waits there for the others. */
export const project: Op<ProjectAttrs> = {
  name: "project",
  family: "call",
  formula: { forward: "y = one of the results", vjp: ["ȳ, among the cotangents of the results"] },
  shape: (_, { spec }) => spec.shape,
  dtype: (_, { spec }) => spec.dtype,
  pick: (results, { index }) => results[index]!,
  forward: () => {},
  batch: lanewise,
};
