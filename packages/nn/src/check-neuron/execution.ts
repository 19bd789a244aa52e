import { compile, grad, showNumber, showShape, type Tensor } from "@neurite/autograd";
import { type Finding, ok, wrong } from "./report.js";
import { run, runWith, type Subject, worstDifference } from "./subject.js";

/** The result has the dtype of the parameters, and one number for each sample. */
export function checkResult(subject: Subject): Finding {
  for (const dtype of ["float32", "float64"] as const) {
    const x = subject.samples.cast(dtype);
    const y = run(subject, subject.make({ key: subject.key, dtype }), x);
    const expected = x.shape.slice(0, -1);
    if (y.dtype !== dtype) {
      const problem = `inputs and parameters of ${dtype} give ${y.dtype}`;
      return wrong(problem, "make constants by the dtype at hand, as in x.mul(2) or zeros(…)");
    }
    if (y.shape.join() !== expected.join()) {
      const problem = `${showShape(x.shape)} gives ${showShape(y.shape)}`;
      const fix = `return one number for each sample, ${showShape(expected)}: reduce axis -1`;
      return wrong(problem, fix);
    }
  }
  const { shape } = subject.samples;
  return ok(`${showShape(shape)} gives ${showShape(shape.slice(0, -1))} in either precision`);
}

/** A batch gives what its samples give alone, to the bit. */
export function checkBatching(subject: Subject): Finding {
  const { samples } = subject;
  const neuron = subject.make({ key: subject.key, dtype: "float64" });
  const all = run(subject, neuron, samples);
  for (let i = 0; i < samples.shape[0]!; i++) {
    const alone = run(subject, neuron, samples.slice([i, i + 1])).slice(0);
    const { at, by } = worstDifference(all.slice(i), alone);
    if (at < 0) continue;
    return wrong(
      `sample ${i} is off by ${showNumber(by)} in a batch of ${samples.shape[0]}`,
      "let no sample see another: reduce along axis -1 only",
    );
  }
  return ok(`${samples.shape[0]} samples together have the bits of each alone`);
}

/** As a layer, all units at once, it computes what the units compute one by one, to the bit. */
export function checkLayer(subject: Subject): Finding {
  const units = 3;
  const { layer, output } = subject.layer(units);
  const y = output(subject.samples);
  const neuron = subject.make({ dtype: "float64" });
  const state = layer.stateDict();
  const variables = new Map(neuron.namedState());
  for (let unit = 0; unit < units; unit++) {
    const own = Array.from(variables.keys(), (path) => state[path]!.slice(unit));
    const alone = runWith(subject, neuron, [...variables.values()], own, subject.samples);
    const { at, by } = worstDifference(y.slice(...alone.shape.map(() => null), unit), alone);
    if (at < 0) continue;
    return wrong(
      `unit ${unit} of a layer is off by ${showNumber(by)} at element ${at}`,
      "let forward depend on nothing but its input, its state and its variables",
    );
  }
  return ok(`${units} units together have the bits of each alone`);
}

/** Compiled, values and gradients have the bits of the eager ones. */
export function checkCompiled(subject: Subject): Finding {
  const neuron = subject.make({ key: subject.key, dtype: "float64" });
  const named = [...neuron.namedParameters()];
  const f = (x: Tensor) => {
    const input = x.alias();
    const y = run(subject, neuron, input);
    return [y, ...grad(y.square().sum(), [input, ...named.map(([, p]) => p)])];
  };
  const eager = f(subject.samples);
  const compiled = compile(f)(subject.samples);
  const names = ["the output", "the gradient by x", ...named.map(([p]) => `the gradient by ${p}`)];
  for (const [i, name] of names.entries()) {
    const { at, by } = worstDifference(eager[i]!, compiled[i]!);
    if (at < 0) continue;
    return wrong(
      `${name} is off by ${showNumber(by)} at element ${at}`,
      "compute from tensors alone: JavaScript numbers and fields that change are frozen",
    );
  }
  return ok(`the output and ${names.length - 1} gradients have the same bits`);
}
