/**
 * W1, eager: MLP(2, [16, 16, 1]) on 100 samples with hinge loss, one number a node, forward and
 * backward. Ours and the baseline run the same program; gradients are compared before any timing.
 */
import { scalar } from "@neurite/autograd";
import { Value } from "./micrograd.js";

interface Arithmetic<V> {
  add(other: V | number): V;
  mul(other: V | number): V;
  relu(): V;
}

const SIZES = [2, 16, 16, 1];

function build<V extends Arithmetic<V>>(parameter: (value: number) => V) {
  const parameters: V[] = [];
  let state = 1;
  const next = (): V => {
    state = (state * 16807) % 2147483647;
    const value = parameter((state / 2147483647) * 2 - 1);
    parameters.push(value);
    return value;
  };
  const layers = SIZES.slice(1).map((units, i) =>
    Array.from({ length: units }, () => ({
      weights: Array.from({ length: SIZES[i]! }, next),
      bias: next(),
    })),
  );
  const neuron = (x: readonly (V | number)[], { weights, bias }: { weights: V[]; bias: V }) =>
    weights.reduce((sum, weight, i) => sum.add(weight.mul(x[i]!)), bias);
  const predict = (x: readonly number[]): V =>
    layers.reduce<readonly (V | number)[]>(
      (inputs, layer, depth) =>
        layer.map((unit) => {
          const z = neuron(inputs, unit);
          return depth < layers.length - 1 ? z.relu() : z;
        }),
      x,
    )[0] as V;
  const loss = (): V => {
    const terms = Array.from({ length: 100 }, (_, i) => {
      const angle = i * 0.7;
      const target = i % 2 === 0 ? 1 : -1;
      return predict([Math.cos(angle), Math.sin(angle) + target / 2])
        .mul(-target)
        .add(1)
        .relu();
    });
    return terms.reduce((sum, term) => sum.add(term)).mul(1 / terms.length);
  };
  return { parameters, loss };
}

const baseline = build((value) => new Value(value));
const neurite = build<Ours>((value) => scalar(value) as unknown as Ours);
type Ours = Arithmetic<Ours> & { backward(): void };

function runBaseline(): number[] {
  for (const parameter of baseline.parameters) parameter.grad = 0;
  baseline.loss().backward();
  return baseline.parameters.map(({ grad }) => grad);
}

function runNeurite(): number[] {
  const variables = neurite.parameters as unknown as ReturnType<typeof scalar>[];
  for (const variable of variables) variable.zeroGrad();
  neurite.loss().backward();
  return variables.map(({ grad }) => grad!.item());
}

const expected = runBaseline();
const worst = Math.max(...runNeurite().map((g, i) => Math.abs(g - expected[i]!)));
if (!(worst < 1e-12)) throw new Error(`the gradients differ by ${worst}`);

const time = (run: () => void): number => {
  const start = performance.now();
  run();
  return performance.now() - start;
};
const median = (values: number[]): number => values.sort((a, b) => a - b)[values.length >> 1]!;

const rounds = Array.from({ length: 30 }, () => [time(runBaseline), time(runNeurite)] as const);
const warm = rounds.slice(10);
const ratio = median(warm.map(([theirs, ours]) => theirs / ours));
console.log(`gradients agree to ${worst.toExponential(1)}`);
console.log(`micrograd-style  ${median(warm.map(([theirs]) => theirs)).toFixed(1)} ms`);
console.log(`neurite, eager   ${median(warm.map(([, ours]) => ours)).toFixed(1)} ms`);
console.log(`ratio            ${ratio.toFixed(2)}x`);
