import { compile, noGrad, type Operand, type Tensor } from "@neurite/autograd";
import { withKnownTargets } from "../targets.js";
import { joinOutputs, type Learner, passesOf, stateOf } from "./objective.js";
import { eagerStep, type Step, totalOf } from "./step.js";

/**
 * The step as one WebAssembly module. If anything is not finite, the module leaves every variable
 * as it was, and the step is taken again eagerly to learn what went wrong. `targets` are those of
 * all batches: what the loss asks of their values is checked once, when the step is traced.
 */
export function compiledStep(learner: Learner, targets: Tensor): Step {
  const { model, optimizer } = learner;
  const state = stateOf(learner);
  const judge = (output: Tensor, own: Tensor) =>
    withKnownTargets(own, targets, () => learner.loss(output, own));
  const run = compile((inputs: Tensor, own: Tensor) => {
    const before = state.map((variable) => variable.leaf);
    optimizer.zeroGrad();
    const passes: { output: Tensor; loss: Tensor; goal: Tensor }[] = [];
    for (const pass of passesOf(learner, { inputs, targets: own }, judge)) {
      pass.goal.backward();
      passes.push(pass);
    }
    const gradients = model.parameters().flatMap(({ grad }) => grad ?? []);
    learner.clip?.(optimizer.parameters);
    optimizer.step();
    const sound = noGrad(() => {
      const goals = passes.map(({ goal }) => goal);
      const sound = allFinite([...goals, ...gradients, ...model.parameters()]);
      for (const [i, variable] of state.entries()) {
        if (variable.leaf !== before[i]) variable.assign(sound.where(variable, before[i]!));
      }
      return sound;
    });
    return { output: joinOutputs(passes), loss: totalOf(passes), sound };
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
