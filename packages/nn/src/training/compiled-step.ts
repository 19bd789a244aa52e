import { compile, noGrad, type Operand, type Tensor } from "@neurite/autograd";
import { withKnownTargets } from "../targets.js";
import { checkScalar, eagerStep, type Learner, type Step, stateOf } from "./step.js";

/**
 * The step as one WebAssembly module. If anything is not finite, the module leaves every variable
 * as it was, and the step is taken again eagerly to learn what went wrong. `targets` are those of
 * all batches: what the loss asks of their values is checked once, when the step is traced.
 */
export function compiledStep(learner: Learner, targets: Tensor): Step {
  const { model, loss, optimizer } = learner;
  const state = stateOf(learner);
  const run = compile((inputs: Tensor, own: Tensor) => {
    const before = state.map((variable) => variable.leaf);
    optimizer.zeroGrad();
    const output = model.apply(inputs);
    const wrong = withKnownTargets(own, targets, () => loss(output, own));
    checkScalar(wrong);
    wrong.backward();
    const gradients = model.parameters().flatMap(({ grad }) => grad ?? []);
    optimizer.step();
    const sound = noGrad(() => {
      const sound = allFinite([wrong, ...gradients, ...model.parameters()]);
      for (const [i, variable] of state.entries()) {
        if (variable.leaf !== before[i]) variable.assign(sound.where(variable, before[i]!));
      }
      return sound;
    });
    return { output, loss: wrong, sound };
  });
  const again = eagerStep(learner);
  return (batch, place) => {
    const learningRate = optimizer.learningRate.item();
    const { output, loss, sound } = run(batch.inputs, batch.targets);
    if (sound.item() === 0) return again(batch, place);
    return { output, loss: loss.item(), learningRate };
  };
}

/** 0·x is 0 where x is finite, and else NaN, which a sum keeps. */
const allFinite = (parts: readonly Operand[]): Tensor =>
  parts.map((part) => part.mul(0).sum().eq(0)).reduce((all, part) => all.logicalAnd(part));
