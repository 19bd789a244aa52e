// A neuron of your own: it fires inside an ellipse. Trained to tell iris versicolor, which lies
// between the two other species, from both of them. One line cannot do that; one ellipse can.
import { checkGradients, compile, key, normal, type Tensor, tensor } from "@neurite/autograd";
import {
  Adam,
  bceWithLogits,
  holdOut,
  init,
  LinearNeuron,
  Neuron,
  Standardizer,
  stackColumns,
  take,
} from "@neurite/nn";
import { readCsv } from "@neurite/nn/node";

/**
 * Positive inside an ellipse with its own centre and radii, negative outside: `b − Σ (s·(x − c))²`.
 */
class EllipseNeuron extends Neuron {
  readonly centre = this.parameter([this.inputs], { init: init.zeros });
  readonly sharpness = this.parameter([this.inputs], { init: init.ones });
  readonly bias = this.parameter([], { init: init.ones });

  forward(x: Tensor): Tensor {
    const distance = x.sub(this.centre).mul(this.sharpness).square().sum(-1).as("squared distance");
    return this.bias.sub(distance);
  }
}

// A custom neuron comes with a proof that its gradient is right.
const probe = new EllipseNeuron({ inputs: 3, dtype: "float64" });
const { checked } = checkGradients(
  (x) => probe.apply(x).sigmoid(),
  [normal(key(1), [4, 3], { dtype: "float64" })],
  { order: 2 },
);
console.log(`${checked} first and second derivatives agree with central differences`);

const table = readCsv(new URL("../data/iris.csv", import.meta.url), {
  columns: { petal_length_cm: "number", petal_width_cm: "number", species: "text" },
});
const { petal_length_cm: length, petal_width_cm: width, species } = table.columns;
const measures = stackColumns({ length, width }).values;
const isVersicolor = tensor(species.map((name) => (name === "versicolor" ? 1 : 0)));

const { train, validation } = holdOut(table.rows, { key: key(3), fraction: 0.3 });
const scale = Standardizer.fit(take(measures, train));
const x = scale.transform(take(measures, train));
const t = take(isVersicolor, train);
const heldOut = scale.transform(take(measures, validation));
const truth = take(isVersicolor, validation);

for (const neuron of [
  new LinearNeuron({ inputs: 2, key: key(4) }),
  new EllipseNeuron({ inputs: 2, key: key(4) }),
]) {
  const optimizer = new Adam(neuron.parameters(), { learningRate: 0.05 });
  const step = compile(() => {
    optimizer.zeroGrad();
    bceWithLogits(neuron.apply(x), t).backward();
    optimizer.step();
  });
  for (let i = 0; i < 300; i++) step();
  const right = neuron.apply(heldOut).gt(0).eq(truth.gt(0)).cast("float32").mean().item();
  const name = neuron.constructor.name.padEnd(13);
  console.log(`${name} ${(100 * right).toFixed(1)} % of the held-out flowers right`);
}
