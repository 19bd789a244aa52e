import {
  type CheckReport,
  checkGradients,
  GradientError,
  key,
  normal,
  showNumber,
  type Tensor,
} from "@neurite/autograd";
import { type Finding, ok, wrong } from "./report.js";
import { run, runWith, type Subject } from "./subject.js";

/** Samples beyond these are not differentiated: each costs a run for every pair of numbers. */
const MOST = 8;

/**
 * First and second derivatives by inputs and parameters against central differences, sample by
 * sample. A sample at which they fail, but not a small step beside it, lies on a kink.
 */
export function checkDerivatives(subject: Subject): Finding {
  const { samples } = subject;
  const neuron = subject.make({ key: subject.key, dtype: "float64" });
  const parameters = neuron.parameters();
  const check = (x: Tensor): CheckReport =>
    checkGradients(
      (input, ...values) => runWith(subject, neuron, parameters, values, input),
      [x, ...parameters.map((parameter) => parameter.asTensor())],
      { order: 2, name: subject.name },
    );
  const count = Math.min(MOST, samples.shape[0]!);
  const reports: CheckReport[] = [];
  for (let i = 0; i < count; i++) {
    const x = samples.slice([i, i + 1]);
    try {
      reports.push(check(x));
    } catch (error) {
      if (!(error instanceof GradientError)) throw error;
      const beside = x.add(normal(key(i), x.shape, { std: 1e-3, dtype: "float64" })).detach();
      if (!passes(() => check(beside))) return refused(error, i, subject, neuron);
    }
  }
  const surrogates = [...new Set(reports.flatMap(({ surrogates }) => surrogates))];
  if (surrogates.length > 0) return ok(`not compared: a surrogate on purpose, ${surrogates}`);
  if (reports.length === 0) {
    return wrong("every sample lies on a kink, or the rule is wrong", "give samples off the kinks");
  }
  const kinks = count - reports.length;
  const checked = reports.reduce((sum, report) => sum + report.checked, 0);
  const worst = showNumber(Math.max(...reports.map(({ relative }) => relative)));
  const aside = kinks > 0 ? `; ${kinks} of ${count} samples lie on kinks` : "";
  return ok(`${checked} derivatives of order 1 and 2 agree, the worst within ${worst}${aside}`);
}

function passes(check: () => unknown): boolean {
  try {
    check();
    return true;
  } catch {
    return false;
  }
}

/** What the error says, with inputs by their names. */
function refused(
  error: GradientError,
  sample: number,
  subject: Subject,
  neuron: ReturnType<Subject["make"]>,
): Finding {
  const names = ["x", ...Array.from(neuron.namedParameters(), ([path]) => path)];
  const [line] = error.message.split("\n") as [string];
  const problem = line
    .slice(line.indexOf(": ") + 2)
    .replace(/of input (\d+)/, (_, i: string) => `of ${names[Number(i)]}`);
  const value = run(subject, neuron, subject.samples.slice([sample, sample + 1]));
  const where = `at sample ${sample}, where the output is ${value.toTypedArray().at(-1)}`;
  return wrong(
    `${problem} (${where})`,
    "correct the rule of customVjp or defineOp; one that is meant to differ is a surrogate",
  );
}
