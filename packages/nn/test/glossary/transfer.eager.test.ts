import { key, type Tensor } from "@neurite/autograd";
import { describe, expect, it } from "vitest";
import {
  Adam,
  accuracy,
  Conv2d,
  crossEntropy,
  Dense,
  Flatten,
  fit,
  freeze,
  MaxPool2d,
  Module,
  predict,
  Sequential,
  take,
  unfreeze,
} from "../../src/index.js";
import { digitImages } from "../tasks/data.js";
import { rangeOf, relu } from "./examples.js";

class Reader extends Module {
  readonly features = new Sequential(
    new Conv2d({ inChannels: 1, outChannels: 4, kernelSize: 3, padding: 1, ...this.inherited }),
    relu,
    new MaxPool2d({ kernelSize: 2 }),
    new Conv2d({ inChannels: 4, outChannels: 8, kernelSize: 3, ...this.inherited }),
    relu,
    new Flatten(),
  );
  head = new Dense({ inputs: 32, units: 5, ...this.inherited });

  forward(pictures: Tensor): Tensor {
    return this.head.apply(this.features.apply(pictures));
  }
}

/** The rows of five digits from the first one on, which become classes from 0 on. */
function only(x: Tensor, labels: Tensor, first: 0 | 5, count = Number.POSITIVE_INFINITY) {
  const classes = labels.toTypedArray();
  const rows = rangeOf(0, classes.length).filter((row) => classes[row]! >= 5 === first >= 5);
  const chosen = rows.slice(0, count);
  return { inputs: take(x, chosen), targets: take(labels, chosen).sub(first).stopGradient() };
}

type Rows = ReturnType<typeof only>;

const all = digitImages(0);

const learn = (model: Reader, rows: Rows, epochs: number) =>
  fit(model, {
    ...{ ...rows, loss: crossEntropy, epochs, batchSize: 32, progress: false, key: key(5) },
    optimizer: new Adam(model.parameters(), { learningRate: 0.01 }),
  });

const score = (model: Reader, { inputs, targets }: Rows) =>
  accuracy(predict(model, inputs), targets).item();

describe("transfer learning", () => {
  it("what was learnt from 0 to 4 serves a new head for 5 to 9, of which there are few", async () => {
    const source = new Reader({ key: key(1) });
    await learn(source, only(all.inputs, all.targets, 0), 8);
    expect(score(source, only(all.testInputs, all.testTargets, 0))).toBeGreaterThan(0.94);
    const few = only(all.inputs, all.targets, 5, 40);
    const unseen = only(all.testInputs, all.testTargets, 5);

    const transferred = new Reader({ key: key(2) });
    transferred.loadStateDict(source.stateDict());
    transferred.head = new Dense({ inputs: 32, units: 5, key: key(3) });
    const frozen = freeze(transferred, "features.*");
    expect(frozen).toEqual(
      ["0.weight", "0.bias", "3.weight", "3.bias"].map((path) => `features.${path}`),
    );
    await learn(transferred, few, 30);
    const featuresOf = (model: Reader) => Object.values(model.features.stateDict()).map(numbersOf);
    expect(featuresOf(transferred)).toEqual(featuresOf(source));

    const untrained = new Reader({ key: key(2) });
    freeze(untrained, "features.*");
    await learn(untrained, few, 30);
    const scratch = new Reader({ key: key(2) });
    await learn(scratch, few, 30);
    const reached = score(transferred, unseen);
    expect(reached).toBeGreaterThan(0.65);
    expect(reached).toBeGreaterThan(score(untrained, unseen) + 0.2);
    expect(reached).toBeGreaterThan(score(scratch, unseen) + 0.1);

    expect(unfreeze(transferred)).toHaveLength(6);
    await learn(transferred, only(all.inputs, all.targets, 5), 3);
    expect(featuresOf(transferred)).not.toEqual(featuresOf(source));
    expect(score(transferred, unseen)).toBeGreaterThan(0.9);
  });

  it("a head of another size is named when it is loaded, and left out if that is wanted", () => {
    const source = new Reader({ key: key(1) });
    const target = new Reader({ key: key(2) });
    target.head = new Dense({ inputs: 32, units: 10, key: key(3) });
    const first = () => numbersOf(target.features.stateDict()["0.weight"]!);
    const before = first();
    expect(() => target.loadStateDict(source.stateDict())).toThrow(
      /head\.weight \(float32 \[10, 32\] here, float32 \[5, 32\] given\), head\.bias/,
    );
    expect(first()).toEqual(before);
    const differences = target.loadStateDict(source.stateDict(), { strict: false });
    expect(differences).toMatchObject({ missing: [], unexpected: [] });
    expect(differences.mismatched).toHaveLength(2);
    expect(first()).toEqual(numbersOf(source.features.stateDict()["0.weight"]!));
    expect(() => freeze(target, "encoder.*")).toThrow(
      /no parameter has a path like encoder\.\*.*features\.0\.weight/s,
    );
  });
});

const numbersOf = (x: Tensor): number[] => Array.from(x.toTypedArray());
