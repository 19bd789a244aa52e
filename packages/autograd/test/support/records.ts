import { ops } from "../../src/index.js";
import type { Op } from "../../src/op.js";
import { warned } from "../../src/warnings.js";
import { compositionSamples } from "../compositions/index.js";
import { opSamples } from "../ops/index.js";
import type { OpSamples, Sample } from "./sample.js";

/** All that is known by name: every primitive, and every public function made of them. */
export interface Known {
  readonly name: string;
  readonly record: OpSamples;
  /** None for a composition. */
  readonly op?: Op<never>;
}

export const primitives: readonly Required<Known>[] = Object.entries(ops).map(([name, op]) => ({
  name,
  op: op as Op<never>,
  record: opSamples[name as keyof typeof opSamples],
}));

export const compositions: readonly Known[] = Object.entries(compositionSamples).map(
  ([name, record]) => ({ name, record }),
);

// The records hold on purpose what a function warns about, such as the variance of one element.
for (const { name } of compositions) warned.add(name);

/** The samples at which derivatives mean something. */
export const smooth = ({ samples }: OpSamples): Sample[] => samples.filter(({ smooth }) => smooth);

/** Runs a check on each sample, and returns what it found; a failure says on which. */
export function each<S extends { readonly title: string }, T>(
  list: readonly S[],
  check: (item: S) => T,
): T[] {
  return list.map((item) => {
    try {
      return check(item);
    } catch (error) {
      const wrong = error instanceof Error ? error : new Error(String(error));
      wrong.message = `${item.title}: ${wrong.message}`;
      throw wrong;
    }
  });
}
