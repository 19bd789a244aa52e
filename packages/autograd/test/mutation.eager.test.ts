import { afterEach, describe, expect, test } from "vitest";
import { ops, type Tensor } from "../src/index.js";
import type { Op, VjpRule } from "../src/op.js";
import { opSamples } from "./ops/index.js";
import { checkDerivatives, checkSpecial } from "./support/checks.js";

// The tests tested: a wrong derivative rule must not survive the samples of its op.

type Rule = VjpRule<readonly Tensor[], unknown>;

const mutants: Record<string, (g: Tensor) => Tensor> = {
  negated: (g) => g.neg(),
  doubled: (g) => g.mul(2),
  "a hundredth off": (g) => g.mul(1.01),
  "one too much": (g) => g.add(1),
  dropped: (g) => g.mul(0),
  detached: (g) => g.stopGradient(),
};

/** A rule that is 0 everywhere is left as it is by most mutants. */
const isEquivalent = (name: string, mutant: string) => name === "sign" && mutant !== "one too much";

const registry = Object.entries({ ...ops } as Record<string, Op<never>>);
const rules = registry.flatMap(([name, op]) => {
  const list = typeof op.vjp === "function" ? [op.vjp] : (op.vjp ?? []);
  return list.flatMap((rule, slot) =>
    rule === null ? [] : [{ name: name as keyof typeof opSamples, op, slot, rule: rule as Rule }],
  );
});

describe.each(rules)("$name, slot $slot", ({ name, op, slot, rule }) => {
  const replace = (mutant: Rule) => {
    if (typeof op.vjp === "function") Object.assign(op, { vjp: mutant });
    else Object.assign(op.vjp!, { [slot]: mutant });
  };

  afterEach(() => replace(rule));

  test.each(Object.keys(mutants).filter((mutant) => !isEquivalent(name, mutant)))(
    "%s is caught",
    (mutant) => {
      replace((...context) => mutants[mutant]!(rule(...context)));
      expect(caught(name)).toBe(true);
    },
  );
});

function caught(name: keyof typeof opSamples): boolean {
  const { samples, specials } = opSamples[name];
  const checks = [
    ...specials.map((special) => () => checkSpecial(special)),
    ...samples.filter(({ smooth }) => smooth).map((sample) => () => checkDerivatives(sample)),
  ];
  return checks.some((check) => {
    try {
      check();
      return false;
    } catch {
      return true;
    }
  });
}
