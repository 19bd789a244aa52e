import { compile, key, normal, type Tensor, type Variable, variable } from "@neurite/autograd";
import { describe, expect, it } from "vitest";
import { expectSame } from "../../autograd/test/support/close.js";
import {
  Adadelta,
  Adagrad,
  Adam,
  Adamax,
  AdamW,
  clipGradNorm,
  EMA,
  Lion,
  NAdam,
  type Optimizer,
  RAdam,
  RMSprop,
  SGD,
  SWA,
} from "../src/index.js";

type Make = (own: readonly Variable[]) => Optimizer;
type Body = (x: Tensor) => Tensor;

const inputs = Array.from({ length: 8 }, (_, i) => normal(key(i), [4, 3]));

const makers: readonly [name: string, make: Make][] = [
  ["SGD", (own) => new SGD(own, { momentum: 0.9, dampening: 0.2, weightDecay: 0.1 })],
  ["RMSprop", (own) => new RMSprop(own, { momentum: 0.5, centered: true })],
  ["Adam", (own) => new Adam(own, { amsgrad: true })],
  ["AdamW", (own) => new AdamW(own, { groups: [{ parameters: own.slice(1), weightDecay: 0 }] })],
  ["Adagrad", (own) => new Adagrad(own, { learningRateDecay: 0.1 })],
  ["Adadelta", (own) => new Adadelta(own)],
  ["Adamax", (own) => new Adamax(own)],
  ["NAdam", (own) => new NAdam(own, { weightDecay: 0.1, decoupledWeightDecay: true })],
  ["RAdam", (own) => new RAdam(own)],
  ["Lion", (own) => new Lion(own, { maximize: true })],
];

/** A small model and all that a training of it changes, by the optimizer and by averages. */
function training(make: Make) {
  const weight = variable(normal(key(90), [2, 3]));
  const bias = variable([0.1, -0.2]);
  const optimizer = make([weight, bias]);
  const averages = [new EMA([weight, bias], { decay: 0.9 }), new SWA([weight, bias])];
  const loss: Body = (x) =>
    x
      .contract(weight, { axes: [[1], [1]] })
      .add(bias)
      .tanh()
      .sub(0.5)
      .square()
      .mean();
  const state = (): Tensor[] =>
    [optimizer, ...averages]
      .flatMap((owner) => Array.from(owner.namedState(), ([, cell]) => cell))
      .concat(weight, bias)
      .map((cell) => cell.asTensor());
  return { optimizer, averages, loss, state };
}

describe("eight compiled steps have the bits of eager ones", () => {
  it.each(makers)("%s", (_, make) => {
    const [eager, compiled] = [training(make), training(make)];
    const stepOf =
      ({ optimizer, averages, loss }: ReturnType<typeof training>): Body =>
      (x) => {
        optimizer.zeroGrad();
        const wrong = loss(x);
        wrong.backward();
        const norm = clipGradNorm(optimizer.parameters, 0.1);
        optimizer.step();
        for (const average of averages) average.update();
        return wrong.add(norm);
      };
    const [plain, fast] = [stepOf(eager), compile(stepOf(compiled))];
    for (const x of inputs) expectSame(fast(x), plain(x));
    const expected = eager.state();
    for (const [i, value] of compiled.state().entries()) expectSame(value, expected[i]!);
  });
});

describe("gradients that add up over k batches", () => {
  /** Backward at every batch, a step and zeroGrad at every third one. */
  function accumulate(through: <F extends Body>(f: F) => Body, make: Make): Tensor[] {
    const { optimizer, loss, state } = training(make);
    const learn = through((x) => {
      const wrong = loss(x).div(3);
      wrong.backward();
      return wrong;
    });
    const learnAndStep = through((x) => {
      const wrong = loss(x).div(3);
      wrong.backward();
      optimizer.step();
      optimizer.zeroGrad();
      return wrong;
    });
    const losses = inputs.slice(0, 6).map((x, i) => (i % 3 === 2 ? learnAndStep(x) : learn(x)));
    expect(optimizer.parameters.map(({ grad }) => grad)).toEqual([null, null]);
    return [...losses, ...state()];
  }

  it.each(makers)("%s: compiled as eager", (_, make) => {
    const expected = accumulate((f) => f, make);
    const found = accumulate((f) => compile(f) as unknown as Body, make);
    for (const [i, value] of found.entries()) expectSame(value, expected[i]!);
  });

  it("and one step of all of them is a step of the whole batch", () => {
    const make: Make = (own) => new Adam(own, { learningRate: 0.1 });
    const [parts, whole] = [training(make), training(make)];
    for (const x of inputs.slice(0, 2)) parts.loss(x).div(2).backward();
    const [a, b] = inputs;
    whole.loss(a!).add(whole.loss(b!)).div(2).backward();
    for (const { optimizer } of [parts, whole]) optimizer.step();
    for (const [i, parameter] of parts.optimizer.parameters.entries()) {
      const other = whole.optimizer.parameters[i]!;
      expect(parameter.sub(other).abs().max().item()).toBeLessThan(1e-6);
    }
  });
});
