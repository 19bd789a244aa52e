// XOR: what one line cannot divide. A perceptron fails, a hidden layer of two neurons succeeds.
import { compile, key, tensor } from "@neurite/autograd";
import { Adam, bceWithLogits, Dense, Perceptron, Sequential } from "@neurite/nn";

const inputs = tensor([
  [0, 0],
  [0, 1],
  [1, 0],
  [1, 1],
]);
const and = tensor([0, 0, 0, 1]);
const xor = tensor([0, 1, 1, 0]);

for (const [name, targets] of [
  ["AND", and],
  ["XOR", xor],
] as const) {
  const perceptron = new Perceptron({ inputs: 2, key: key(1) });
  let passes = 0;
  let mistakes = 0;
  do {
    mistakes = perceptron.learn(inputs, targets);
    passes++;
  } while (mistakes > 0 && passes < 1000);
  const verdict =
    mistakes === 0 ? `learned in ${passes} passes` : `${mistakes} mistakes after ${passes} passes`;
  console.log(`a perceptron on ${name}: ${verdict}, output ${perceptron.apply(inputs).toArray()}`);
}

const network = new Sequential(
  new Dense({ inputs: 2, units: 2, activation: (z) => z.tanh(), key: key(2) }),
  new Dense({ inputs: 2, units: 1, key: key(3) }),
);
const optimizer = new Adam(network.parameters(), { learningRate: 0.1 });
const target = xor.unsqueeze(1);
const update = compile(() => {
  optimizer.zeroGrad();
  const loss = bceWithLogits(network.apply(inputs), target);
  loss.backward();
  optimizer.step();
  return loss;
});
for (let step = 0; step <= 200; step++) {
  const loss = update().item();
  if (step % 50 === 0) console.log(`step ${String(step).padStart(3)}  loss ${loss.toFixed(4)}`);
}
const outputs = network.apply(inputs).sigmoid().toTypedArray();
console.log(
  `two hidden neurons on XOR: output ${Array.from(outputs, (y) => y.toFixed(2)).join(", ")}`,
);
