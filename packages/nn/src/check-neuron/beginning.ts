import { grad, showNumber, split, type Tensor, vmap } from "@neurite/autograd";
import { type Finding, ok, warning, wrong } from "./report.js";
import { run, type Subject } from "./subject.js";

/** How many units are made to look at how they begin. */
const UNITS = 32;

/** A slope below this share of the steepest counts as flat. */
const FLAT = 0.01;

/** What many fresh units give for the samples, and how steep they are at them. */
export interface Start {
  /** One row a unit. */
  readonly outputs: readonly Float64Array[];
  /** The length of the gradient by the inputs, one row a unit, one number a sample. */
  readonly slopes: readonly Float64Array[];
}

export function startOf(subject: Subject): Start {
  const { samples } = subject;
  const slope = (g: Tensor): Tensor => g.square().sum().sqrt();
  const all = split(subject.key, UNITS).map((key) => {
    const neuron = subject.make({ key, dtype: "float64" });
    const x = samples.alias();
    const y = run(subject, neuron, x);
    const [gradient] = grad(y.sum(), [x]);
    return {
      outputs: y.toTypedArray() as Float64Array,
      slopes: vmap(slope)(gradient!).toTypedArray() as Float64Array,
    };
  });
  return {
    outputs: all.map(({ outputs }) => outputs),
    slopes: all.map(({ slopes }) => slopes),
  };
}

/** How many fresh units have no slope at any sample: no gradient will ever move them. */
export function checkAlive({ slopes }: Start): Finding {
  const dead = slopes.filter((row) => row.every((slope) => slope === 0)).length;
  const found = `${dead} of ${UNITS} fresh units have slope 0 at every sample`;
  if (dead > UNITS / 2) {
    return wrong(found, "begin where the slope is not 0, or give a threshold a surrogate slope");
  }
  if (dead > UNITS / 5) return warning(found, "begin nearer to the samples, or with a leak");
  return ok(found);
}

/** How often a unit that is alive is nearly flat. */
export function checkSaturation({ slopes }: Start): Finding {
  const all = slopes.flatMap((row) => [...row]).filter((slope) => slope !== 0);
  const steepest = Math.max(...all);
  const flat = all.filter((slope) => slope < FLAT * steepest).length;
  const share = all.length === 0 ? 0 : flat / all.length;
  const percent = (100 * share).toFixed(0);
  const found = `${percent} % of the slopes are below 1 % of the steepest, ${showNumber(steepest)}`;
  if (share > 0.5) return warning(found, "begin with smaller weights, or standardise the inputs");
  return ok(found);
}

/** How far the outputs of fresh units lie apart. */
export function checkSpread({ outputs }: Start): Finding {
  const all = outputs.flatMap((row) => [...row]);
  const mean = all.reduce((sum, y) => sum + y, 0) / all.length;
  const std = Math.sqrt(all.reduce((sum, y) => sum + (y - mean) ** 2, 0) / all.length);
  const found = `outputs of fresh units are ${showNumber(mean)} ± ${showNumber(std)}`;
  const odd = all.find((y) => !Number.isFinite(y));
  if (odd !== undefined) {
    return wrong(`${found}: one is ${odd}`, "use a stable form, such as softplus or logSumExp");
  }
  if (outputs.every((row) => row.every((y, i) => y === outputs[0]![i]))) {
    const problem = `${found}: all units begin alike, and would stay so in a layer`;
    return warning(problem, "give at least one parameter a random init");
  }
  if (std < 0.01) return warning(found, "begin with larger weights: units hardly differ");
  if (std > 100) return warning(found, "begin with smaller weights, or standardise the inputs");
  return ok(found);
}
