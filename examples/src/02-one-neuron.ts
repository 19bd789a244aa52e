// One neuron, piece by piece: inputs, weights, weighted sum, activation, and the way back.
import { scalar, scope } from "@neurite/autograd";
import { TanhNeuron } from "@neurite/nn";
import { neuronToDot } from "@neurite/viz";
import { renderToFile } from "@neurite/viz/node";

const x1 = scalar(2, { label: "x1" });
const x2 = scalar(0, { label: "x2" });
const w1 = scalar(-3, { label: "w1" });
const w2 = scalar(1, { label: "w2" });
const b = scalar(6.8813735870195432, { label: "b" });

const y = scope(
  "hidden.0",
  () => {
    const z = x1.mul(w1).add(x2.mul(w2)).add(b).as("z");
    return z.tanh().as("y");
  },
  "Neuron",
);

const record = y.backward();
console.log(`y = tanh(x1·w1 + x2·w2 + b) = ${y.item().toFixed(4)}`);
for (const variable of [x1, w1, x2, w2, b]) {
  console.log(`dy/d${variable.label} = ${variable.grad?.item().toFixed(4)}`);
}

console.log("\nBackpropagation, step by step:");
for (const { index, op, formula, upstream, inputs } of record.steps()) {
  const u = short(upstream as number);
  console.log(`${index + 1}. ${op}  ${formula}  upstream ${u}`);
  for (const { node, rule, local, contribution, sumAfter } of inputs) {
    const [l, c, s] = [local, contribution, sumAfter].map((value) => short(value as number));
    console.log(`   ${node.label ?? node.op.name}: ${rule}: ${l} · ${u} = ${c}, sum ${s}`);
  }
}

function short(value: number): string {
  return String(Number(value.toFixed(4)));
}

await renderToFile(neuronToDot(y, { backward: record, inputs: [x1, x2] }), "out/one-neuron.svg", {
  title: "One tanh neuron after backward",
});
console.log("\nThe same in a picture: out/one-neuron.svg");

// The class does the same with vectors; its parts have names.
const neuron = new TanhNeuron({ inputs: 2, dtype: "float64" });
neuron.weight.assign([-3, 1]);
neuron.bias.assign(6.8813735870195432);
const same = neuron.apply(
  x1
    .asTensor()
    .unsqueeze(0)
    .concat([x2.unsqueeze(0)]),
);
console.log(`\nTanhNeuron with the same weights: ${same.item().toFixed(4)}`);
