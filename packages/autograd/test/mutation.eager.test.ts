import { describe, expect, test } from "vitest";
import { mutantsOf } from "./support/mutants.js";
import { compositions, primitives } from "./support/records.js";

// The tests tested: no wrong rule survives the samples of its op. `npm run mutate` gets each step of
// each rule wrong too.

const subjects = [...primitives, ...compositions]
  .map((known) => ({ name: known.name, mutants: mutantsOf(known, { steps: false }) }))
  .filter(({ mutants }) => mutants.length > 0);

describe.each(subjects)("the record of $name", ({ mutants }) => {
  test("catches every wrong rule", () => {
    const survivors = mutants.filter((mutant) => !mutant.isCaught());
    expect(survivors.map(({ title }) => title)).toEqual([]);
  });
});
