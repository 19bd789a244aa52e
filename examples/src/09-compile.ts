// A training step as one WebAssembly module: gradients, Adam and dropout included. The same
// function, compiled and eager, gives the same bits; and training and judging share parameters.
import { compile, key, serialize, split, type Tensor, tensor } from "@neurite/autograd";
import {
  Adam,
  accuracy,
  crossEntropy,
  DataLoader,
  Dense,
  Dropout,
  holdOut,
  Sequential,
  Standardizer,
  stackColumns,
  take,
} from "@neurite/nn";
import { readCsv } from "@neurite/nn/node";

const table = readCsv(new URL("../data/iris.csv", import.meta.url), {
  columns: {
    sepal_length_cm: "number",
    sepal_width_cm: "number",
    petal_length_cm: "number",
    petal_width_cm: "number",
    species: "text",
  },
});
const [splitKey, orderKey, ...modelKeys] = split(key(1936), 5);
const { species, ...lengths } = table.columns;
const { values: measures } = stackColumns(lengths);
const names = [...new Set(species)];
const classes = tensor(Int32Array.from(species, (name) => names.indexOf(name)));

const { train, validation } = holdOut(table.rows, { key: splitKey!, fraction: 0.3 });
const scale = Standardizer.fit(take(measures, train));
const [heldOut, truth] = [scale.transform(take(measures, validation)), take(classes, validation)];
const flowers = new DataLoader(
  { x: scale.transform(take(measures, train)), t: take(classes, train) },
  { batchSize: 16, key: orderKey! },
);

function makeLearner() {
  const model = new Sequential(
    new Dense({ inputs: 4, units: 32, activation: (z) => z.relu(), key: modelKeys[0]! }),
    new Dropout({ p: 0.2, key: modelKeys[1]! }),
    new Dense({ inputs: 32, units: 3, key: modelKeys[2]! }),
  );
  const optimizer = new Adam(model.parameters(), { learningRate: 0.005 });
  const update = (x: Tensor, t: Tensor) => {
    optimizer.zeroGrad();
    const loss = crossEntropy(model.apply(x), t);
    loss.backward();
    optimizer.step();
    return loss;
  };
  const judge = (x: Tensor, t: Tensor) => accuracy(model.apply(x), t);
  return { model, optimizer, update, judge };
}

type Learner = ReturnType<typeof makeLearner>;

function learn({ model, optimizer, update, judge }: Learner): Uint8Array {
  const start = performance.now();
  for (let epoch = 1; epoch <= 150; epoch++) {
    model.train();
    let loss = 0;
    for (const { x, t } of flowers.epoch(epoch)) loss = update(x, t).item();
    if (epoch % 50 > 0) continue;
    model.eval();
    const right = (100 * judge(heldOut, truth).item()).toFixed(1);
    console.log(`epoch ${epoch}: loss ${loss.toFixed(4)}, ${right} % of the held-out flowers`);
    // Between steps a variable is what it always was: the next step sees what is assigned.
    optimizer.learningRate.assign(optimizer.learningRate.mul(0.5));
  }
  console.log(`150 epochs took ${((performance.now() - start) / 1000).toFixed(2)} s`);
  return serialize(Object.fromEntries(model.namedState()));
}

// A compiled function is called like the one it was made of. It is traced once for each shape of
// its arguments and each mode of the model; parameters, moments, random keys and the learning rate
// are variables, which both functions read and write where they are.
console.log("compiled:");
const compiled = makeLearner();
const update = compile(compiled.update);
const judge = compile(compiled.judge);
const fast = learn({ ...compiled, update, judge });
console.log(
  `traces: ${update.traces} of update (the last batch is smaller), ${judge.traces} of judge`,
);

console.log("\neager:");
const slow = learn(makeLearner());
const same = fast.every((byte, at) => byte === slow[at]);
console.log(`the same bits in every parameter and random key: ${same}`);
