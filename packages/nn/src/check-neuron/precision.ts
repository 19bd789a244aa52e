import { grad, showNumber, type Tensor } from "@neurite/autograd";
import { type Finding, ok, wrong } from "./report.js";
import { runWith, type Subject, worstDifference } from "./subject.js";

/** What float32 may lose, of the largest value: some hundred roundings of 2⁻²⁴. */
const TOLERANCE = 1e-4;

/** In float32, the output and its gradients are those of float64, of the largest of each. */
export function checkPrecision(subject: Subject): Finding {
  const exact = subject.make({ key: subject.key, dtype: "float64" });
  const parameters = exact.parameters();
  const names = ["the output", "the gradient by x"];
  names.push(...Array.from(exact.namedParameters(), ([path]) => `the gradient by ${path}`));
  const resultsIn = (dtype: "float32" | "float64"): Tensor[] => {
    const neuron = subject.make({ key: subject.key, dtype });
    // The same numbers on both sides: float64 is not to blame for how float32 was rounded.
    const x = subject.samples.cast("float32").cast(dtype).alias();
    const values = parameters.map((p) => p.cast("float32").cast(dtype).alias());
    const y = runWith(subject, neuron, neuron.parameters(), values, x);
    return [y, ...grad(y.sum(), [x, ...values])];
  };
  const [wide, narrow] = [resultsIn("float64"), resultsIn("float32")];
  let worst = { share: 0, name: names[0]! };
  for (const [i, name] of names.entries()) {
    const { by } = worstDifference(wide[i]!, narrow[i]!.cast("float64"));
    const largest = Math.max(1e-30, ...wide[i]!.toTypedArray().map(Math.abs));
    if (by / largest > worst.share) worst = { share: by / largest, name };
  }
  const found = `float32 is off by ${showNumber(worst.share)} of the largest, in ${worst.name}`;
  if (worst.share <= TOLERANCE) return ok(found);
  return wrong(found, "use a form without cancellation or overflow: expm1, log1p, softplus, …");
}
