import { checkFunction } from "../arguments.js";
import { isFloat } from "../dtype.js";
import { AnomalyError, callSite, type ErrorFacts } from "../errors.js";
import { asArray } from "../execute.js";
import { functionOf, setSite, siteOf } from "../marks.js";
import { unnamed } from "../naming.js";
import type { Value } from "../ndarray.js";
import type { Spec, Tensor } from "../op.js";
import { type Watcher, withWatcher } from "../watch.js";
import { showNumber } from "./describe.js";

/**
 * Runs `body` and stops at the first operation that goes wrong: whose result is NaN though no input
 * is, or whose derivative is NaN or infinite though what reached it was finite. The AnomalyError
 * names the operation, where it was recorded, its module, and the range of its values. Recording
 * costs several times as much, so this is for finding a fault that is there.
 */
export function detectAnomaly<T>(body: () => T): T {
  checkFunction("detectAnomaly", body);
  return withWatcher(new Detector(), body);
}

class Detector implements Watcher {
  /** The node whose rule is running. */
  #differentiated: Tensor | null = null;
  /** The node whose successor is being made. */
  #remade: Tensor | null = null;
  /** The nodes that rules recorded, and what they differentiate. */
  readonly #origins = new WeakMap<Tensor, Tensor>();
  /** What went wrong first inside the rule that is running; it may still be masked. */
  #suspect: AnomalyError | null = null;

  recorded(node: Tensor): void {
    const origin = this.#differentiated;
    const original = this.#remade ?? origin;
    const site = original ? siteOf(original) : callSite();
    if (site) setSite(node, site);
    if (origin) this.#origins.set(node, origin);
    else if (node.value !== undefined) this.#check(node, node.inputs.map(heldBy), node.value);
  }

  ran(node: Tensor, inputs: readonly Value[], value: Value): void {
    this.#check(node, inputs, value);
  }

  differentiating<T>(node: Tensor, body: () => T): T {
    const outer = [this.#differentiated, this.#remade] as const;
    if (!outer[0]) this.#suspect = null;
    this.#differentiated = node;
    this.#remade = null;
    try {
      return body();
    } finally {
      [this.#differentiated, this.#remade] = outer;
    }
  }

  remaking<T>(node: Tensor, body: () => T): T {
    const outer = this.#remade;
    this.#remade = node;
    try {
      return body();
    } finally {
      this.#remade = outer;
    }
  }

  contributed(
    node: Tensor,
    slot: number,
    g: readonly (Tensor | undefined)[],
    contribution: Tensor,
  ): void {
    const bad = count(contribution.value, contribution, isBad);
    if (bad === 0 || g.some((own) => own && count(own.value, own, isBad) > 0)) return;
    if (this.#suspect) throw this.#suspect;
    const what = `the gradient by its input ${slot} is ${kind(contribution.value, contribution)}`;
    const values = [...ranges(node, node.inputs.map(heldBy)), show("result", node.value, node)];
    const found = `${what}${share(bad, contribution)}: ${values.filter(Boolean).join(", ")}`;
    throw anomalyOf(node, `${partOf(node)}${found}`, {
      shapes: [contribution.shape],
      site: siteOf(node),
      modulePath: node.scope.path,
      fix: "keep away from that point: choose a safe input, as with where or clamp, before it",
    });
  }

  /** Stops at a NaN that comes from no NaN; inside a rule, where it may be masked, remembers it. */
  #check(node: Tensor, inputs: readonly Value[], value: Value): void {
    const { op, scope } = node;
    if (op.tuple || op.pick || !isFloat(node.dtype)) return;
    // Infinity is a value like any other, and a fault in a derivative alone.
    const is = this.#differentiated ? isBad : Number.isNaN;
    const bad = count(value, node, is);
    if (bad === 0 || inputs.some((input, i) => count(input, node.inputs[i]!, is) > 0)) return;
    const origin = this.#origins.get(node);
    const what = `${kind(value, node)}${share(bad, node)}`;
    const found = origin ? `its derivative is ${what}, by ${op.name}` : `the result is ${what}`;
    const problem = `${partOf(origin ?? node)}${found}: ${ranges(node, inputs).join(", ")}`;
    const error = anomalyOf(origin ?? node, problem, {
      shapes: node.inputs.map(({ shape }) => shape),
      site: siteOf(node),
      modulePath: scope.path,
      fix: "make its inputs safe, as with where or clamp: masking the result is too late",
    });
    if (!this.#differentiated) throw error;
    this.#suspect ??= error;
  }
}

/** The error of a node, whatever is running: a rule may be, or a part of one. */
const anomalyOf = (node: Tensor, problem: string, facts: ErrorFacts): AnomalyError =>
  unnamed(() => new AnomalyError(functionOf(node) ?? node.op.name, problem, facts));

/** Which operation of a function went wrong. */
const partOf = (node: Tensor): string => (functionOf(node) ? `in ${node.op.name}, ` : "");

const isBad = (value: number): boolean => !Number.isFinite(value);

const heldBy = (node: Tensor): Value => node.value!;

/** The elements of a value; none of what is yet to come or holds several results. */
const elementsOf = (value: Value | undefined, spec: Spec): ArrayLike<number> =>
  value === undefined || Array.isArray(value) ? [] : asArray(value, spec).contiguous().data;

function count(value: Value | undefined, spec: Spec, is: (value: number) => boolean): number {
  const elements = elementsOf(value, spec);
  let found = 0;
  for (let i = 0; i < elements.length; i++) if (is(elements[i]!)) found++;
  return found;
}

const kind = (value: Value | undefined, spec: Spec): string =>
  count(value, spec, Number.isNaN) > 0 ? "NaN" : "infinite";

const share = (count: number, { size }: Tensor): string =>
  size === 1 ? "" : ` in ${count} of ${size} elements`;

/** Between what numbers the inputs of a node lie. */
const ranges = (node: Tensor, inputs: readonly Value[]): string[] =>
  node.inputs.map((input, slot) => show(`input ${slot}`, inputs[slot], input));

function show(name: string, value: Value | undefined, spec: Spec): string {
  let [least, most] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  const elements = elementsOf(value, spec);
  for (let i = 0; i < elements.length; i++) {
    if (elements[i]! < least) least = elements[i]!;
    if (elements[i]! > most) most = elements[i]!;
  }
  if (elements.length === 0) return `${name} of several values`;
  if (least > most) return `${name} is NaN`;
  if (least === most) return `${name} is ${showNumber(least)}`;
  return `${name} from ${showNumber(least)} to ${showNumber(most)}`;
}
