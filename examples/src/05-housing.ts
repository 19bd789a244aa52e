// House prices in Sacramento from square feet and zip code: the main job of `npm start`.
import { key, scalar, scope, split, tensor } from "@neurite/autograd";
import {
  Adam,
  Dense,
  holdOut,
  mse,
  OneHotEncoder,
  predict,
  rmse,
  rowContents,
  Sequential,
  Standardizer,
  stackColumns,
  take,
} from "@neurite/nn";
import { fit, readCsv } from "@neurite/nn/node";
import { gradientFlowToDot, neuronToDot, toDot } from "@neurite/viz";
import { renderToFile } from "@neurite/viz/node";

const table = readCsv(new URL("../data/sacramento.csv", import.meta.url), {
  columns: { sqft: "number", zip: "text", price: "number" },
});
const [splitKey, hiddenKey, outputKey, orderKey] = split(key(2026), 4);
const { train, validation } = holdOut(table.rows, {
  key: splitKey!,
  keepTogether: rowContents(table),
});
console.log(`${train.length} houses to learn from, ${validation.length} held out`);

// Everything that is fitted is fitted on the training rows only.
const { sqft, zip, price } = table.columns;
const size = Standardizer.fit(take(sqft, train));
const zips = OneHotEncoder.fit(take(zip, train), { unknown: "zero" });
const cost = Standardizer.fit(take(price, train));
const unseen = zips.unseen(take(zip, validation));
console.log(`${zips.categories.length} zip codes; ${unseen.rows} held-out houses lie in others`);

const featuresOf = (rows: Int32Array) =>
  stackColumns({
    sqft: size.transform(take(sqft, rows)),
    ...zips.columns("zip", take(zip, rows)),
  });
const targetsOf = (rows: Int32Array) =>
  stackColumns({ price: cost.transform(take(price, rows)) }).values;

const { values: inputs, names } = featuresOf(train);
const targets = targetsOf(train);
const heldOut = { inputs: featuresOf(validation).values, targets: targetsOf(validation) };

const hidden = new Dense({
  inputs: names.length,
  units: 8,
  activation: (z) => z.tanh(),
  key: hiddenKey!,
});
const output = new Dense({ inputs: 8, units: 1, key: outputKey! });
const model = new Sequential(hidden, output);
await fit(model, {
  inputs,
  targets,
  validation: heldOut,
  loss: mse,
  optimizer: new Adam(model.parameters(), { learningRate: 0.003, weightDecay: 1e-3 }),
  epochs: 40,
  batchSize: 32,
  key: orderKey!,
});

// Judged in dollars on houses that it never saw, beside the simplest guess.
const actual = tensor(take(price, validation));
const predicted = cost.inverse(predict(model, heldOut.inputs)).squeeze(1).cast("float64");
const guess = actual.constantLike(cost.means[0]!);
const dollars = (value: number) => `$${Math.round(value).toLocaleString("en-US")}`;
console.log(`validation error, root mean square: ${dollars(rmse(predicted, actual).item())}`);
console.log(`always guessing the mean price:     ${dollars(rmse(guess, actual).item())}`);

// Three pictures: a hidden neuron at work on one house, the network, and its gradient flow.

const house = validation[0]!;
const code = zip[house]!;
const weights = hidden.weight.toTypedArray();
const area = scalar(size.transform([sqft[house]!]).item(), { label: `${sqft[house]} sqft` });
const here = scalar(1, { label: `in ${code}` });
const unit = scope(
  "0",
  () => {
    const w1 = scalar(weights[0]!, { label: "weight of sqft" });
    const w2 = scalar(weights[names.indexOf(`zip=${code}`)]!, { label: `weight of ${code}` });
    const bias = scalar(hidden.bias!.toTypedArray()[0]!, { label: "bias" });
    return area.mul(w1).add(here.mul(w2)).add(bias).as("weighted sum").tanh().as("activation");
  },
  "Neuron",
);
const neuron = neuronToDot(unit, { backward: unit.backward(), inputs: [area, here] });
await renderToFile(neuron, "out/neuron.svg", {
  title: "A hidden neuron of the housing network, looking at one house",
});

const batch = validation.subarray(0, 32);
const houses = featuresOf(batch).values.as("houses");
const prices = targetsOf(batch).as("prices");
const loss = mse(model.apply(houses), prices);
const backward = loss.backward();
await renderToFile(toDot(loss, { backward }), "out/network.svg", {
  title: "The housing network on a batch of 32 houses",
});
await renderToFile(gradientFlowToDot(loss, { backward }), "out/gradient-flow.svg", {
  title: "Gradient flow of the housing network",
});
console.log("pictures: out/neuron.svg out/network.svg out/gradient-flow.svg");
