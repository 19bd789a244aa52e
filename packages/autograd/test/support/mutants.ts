import { lanewise } from "../../src/families/lanes.js";
import { type Tensor, topology } from "../../src/index.js";
import type { BatchContext, Op } from "../../src/op.js";
import { checkSpecial } from "./checks.js";
import { checkDerivatives, isFloat, ofFloats, weightedGradients } from "./derivatives.js";
import { isEquivalent } from "./equivalent.js";
import { edited, probing, type Rule } from "./mutations.js";
import { type Known, smooth } from "./records.js";
import type { OpSamples } from "./sample.js";
import { checkLanes } from "./vmapped.js";

// The tests tested: a wrong rule of an op must not survive the op's own record.

/** One wrong rule, and whether some check of the record fails while it is in force. */
export interface Mutant {
  readonly op: string;
  readonly title: string;
  isCaught(): boolean;
}

type Primitive = Required<Known>;

/** What may be wrong with a cotangent, whatever its rule. */
const ofCotangents: Record<string, (g: Tensor) => Tensor> = {
  negated: (g) => g.neg(),
  doubled: (g) => g.mul(2),
  "a hundredth off": (g) => g.mul(1.01),
  "one too much": (g) => g.add(1),
  dropped: (g) => g.mul(0),
  detached: (g) => g.stopGradient(),
};

/** What may be wrong with the results of many lanes. */
const ofLanes: Record<string, (y: Tensor) => Tensor> = {
  "lanes out of order": (y) => y.roll(1, 0),
  "the first lane for all": (y) => y.slice([0, 1]).broadcastTo(y.shape),
};

/** Cotangents altered, and every step of their computation. */
function mutantsOfRules({ name, op, record }: Primitive, steps: boolean): Mutant[] {
  const rules = typeof op.vjp === "function" ? [op.vjp] : (op.vjp ?? []);
  return rules.flatMap((own, slot) => {
    if (own === null) return [];
    const rule = own as Rule;
    const install = <T>(mutant: Rule, body: () => T): T => {
      const vjp = typeof op.vjp === "function" ? mutant : op.vjp!.with(slot, mutant as never);
      return replaced(op, { vjp } as Partial<Op<never>>, body);
    };
    const mutants: Record<string, Rule> = {
      ...mapValues(
        ofCotangents,
        (wrong): Rule =>
          (c, slot) =>
            wrong(rule(c, slot)),
      ),
    };
    const edits = steps ? editsIn(rule, record, install) : [];
    for (const edit of edits) mutants[edit] = edited(rule, edit);
    return Object.entries(mutants).flatMap(([title, mutant]) => {
      const id = `slot ${slot}, ${title}`;
      if (isEquivalent(name, id)) return [];
      return { op: name, title: id, isCaught: () => install(mutant, () => isCaught(record)) };
    });
  });
}

/** The edits that apply to what a rule records at some sample. */
function editsIn(
  rule: Rule,
  { samples, specials }: OpSamples,
  install: <T>(mutant: Rule, body: () => T) => T,
): Set<string> {
  const found = new Set<string>();
  install(probing(rule, found), () => {
    for (const sample of [...samples, ...specials]) {
      const { floats, f } = ofFloats(sample);
      if (floats.length > 0 && isFloat(f(...floats))) weightedGradients(f)(...floats);
    }
  });
  return found;
}

/** Lanes mixed up, and attributes left as they are for one lane. */
function mutantsOfLanes({ name, op, record }: Primitive): Mutant[] {
  type Batch = (context: BatchContext) => Tensor;
  const batch = op.batch as Batch;
  const mutants: Record<string, Batch> = mapValues(
    ofLanes,
    (wrong): Batch =>
      (context) =>
        wrong(batch(context)),
  );
  if (batch !== lanewise) mutants["as if lanes changed nothing"] = lanewise;
  return Object.entries(mutants).flatMap(([title, mutant]) => {
    const id = `lanes, ${title}`;
    if (isEquivalent(name, id)) return [];
    const isCaught = () =>
      replaced(op, { batch: mutant } as Partial<Op<never>>, () =>
        [...record.samples, ...record.specials].some((sample) => fails(() => checkLanes(sample))),
      );
    return { op: name, title: id, isCaught };
  });
}

/** Cotangents and lanes of an op that stands for a whole function, such as a loop. */
function mutantsOfCalls({ name, record }: Known): Mutant[] {
  const { inputs, apply } = record.samples[0]!;
  const { nodes } = topology([apply(...inputs).asTensor()]);
  const tuple = nodes.find(({ op }) => op.tuple)?.op.tuple;
  if (!tuple) return [];
  const { vjp, batch } = tuple;
  const slots = inputs.map((_, slot) => slot);
  const rules = slots.flatMap((slot) =>
    Object.entries(ofCotangents).map(([title, wrong]): Mutant => {
      const mutant: typeof vjp = (context) =>
        vjp(context).map((g, i) => (g && i === slot ? wrong(g) : g));
      const isNoticed = () => replaced(tuple, { vjp: mutant }, () => isCaught(record));
      return { op: name, title: `slot ${slot}, ${title}`, isCaught: isNoticed };
    }),
  );
  const lanes = Object.entries(ofLanes).map(([title, wrong]): Mutant => {
    const mutant: typeof batch = (context) =>
      batch(context).map((part) => ({ ...part, tensor: wrong(part.tensor) }));
    const isNoticed = () =>
      replaced(tuple, { batch: mutant }, () =>
        record.samples.some((sample) => fails(() => checkLanes(sample))),
      );
    return { op: name, title: `lanes, ${title}`, isCaught: isNoticed };
  });
  return [...rules, ...lanes];
}

/** The mutants of an op or composition. `steps`: each step of each derivative rule too. */
export const mutantsOf = (known: Known, { steps }: { readonly steps: boolean }): Mutant[] =>
  isPrimitive(known)
    ? [...mutantsOfRules(known, steps), ...mutantsOfLanes(known)]
    : mutantsOfCalls(known);

const isPrimitive = (known: Known): known is Primitive => known.op !== undefined;

/** Runs `body` while an object has other properties. */
function replaced<O extends object, T>(object: O, by: Partial<O>, body: () => T): T {
  const own = { ...object };
  Object.assign(object, by);
  try {
    return body();
  } finally {
    Object.assign(object, own);
  }
}

/** Whether the record's checks of derivatives notice. */
function isCaught(record: OpSamples): boolean {
  return (
    record.specials.some((special) => fails(() => checkSpecial(special))) ||
    smooth(record).some((sample) => fails(() => checkDerivatives(sample)))
  );
}

function fails(check: () => unknown): boolean {
  try {
    check();
    return false;
  } catch {
    return true;
  }
}

const mapValues = <A, B>(all: Record<string, A>, f: (value: A) => B): Record<string, B> =>
  Object.fromEntries(Object.entries(all).map(([name, value]) => [name, f(value)]));
