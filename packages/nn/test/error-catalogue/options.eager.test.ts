import { compile, ones, scalar } from "@neurite/autograd";
import { type Mistake, untyped } from "../../../autograd/test/support/catalogue.js";
import {
  Adam,
  AdamW,
  BatchNorm1d,
  BatchNorm2d,
  Conv2d,
  ConvTranspose2d,
  CosineAnnealingLR,
  convOf,
  Dense,
  Dropout,
  EMA,
  Embedding,
  ExponentialLR,
  Flatten,
  fit,
  GRU,
  GroupNorm,
  LambdaLR,
  LinearWarmup,
  LSTMCell,
  MaxPool2d,
  MultiHeadAttention,
  MultiStepLR,
  mse,
  OneCycleLR,
  ReduceLROnPlateau,
  RMSNorm,
  RNN,
  Sequential,
  SGD,
  StepLR,
  TanhNeuron,
} from "../../src/index.js";
import { expectMistakes } from "../support/mistakes.js";

type Row = readonly [op: string, says: string, fix: string, run: () => unknown];

const refused = ([op, says, fix, run]: Row): Mistake => ({
  does: `${op}: ${says}`,
  run,
  name: "ValueError",
  op,
  says: [says],
  fix,
});

const dense = { inputs: 2, units: 3 };
const conv = { inChannels: 4, outChannels: 6, kernelSize: 3 };
const embedding = { numEmbeddings: 4, embeddingDim: 2 };
const rows: readonly Row[] = [
  ["Dense", "units is 0", "at least 1", () => new Dense({ ...dense, units: 0 })],
  ["Dense", "inputs is 2.5", "integer", () => new Dense({ ...dense, inputs: 2.5 })],
  ["Dropout", "p is 1.5, which is not in [0, 1]", "[0, 1]", () => new Dropout({ p: 1.5 })],
  ["Conv2d", "stride is 0", "integers of at least 1", () => new Conv2d({ ...conv, stride: 0 })],
  [
    "Conv2d",
    "groups is 3, which does not divide inChannels = 4",
    "a divisor of both 4 and 6",
    () => new Conv2d({ ...conv, groups: 3 }),
  ],
  [
    "ConvTranspose2d",
    "outputPadding is [1, 1] with stride [1, 1]",
    "less than the stride",
    () => new ConvTranspose2d({ ...conv, outputPadding: 1 }),
  ],
  ["MaxPool2d", "padding is [2, 2]", "half", () => new MaxPool2d({ kernelSize: 2, padding: 2 })],
  [
    "Embedding",
    "paddingIdx is 4",
    "from -4 to 3",
    () => new Embedding({ ...embedding, paddingIdx: 4 }),
  ],
  [
    "BatchNorm1d",
    "momentum is 2",
    "[0, 1]",
    () => new BatchNorm1d({ numFeatures: 1, momentum: 2 }),
  ],
  [
    "GroupNorm",
    "numGroups is 2, which does not divide numChannels = 5",
    "a multiple of numGroups",
    () => new GroupNorm({ numGroups: 2, numChannels: 5 }),
  ],
  [
    "MultiHeadAttention",
    "numHeads is 2, which does not divide embedDim = 5",
    "a multiple of numHeads",
    () => new MultiHeadAttention({ embedDim: 5, numHeads: 2 }),
  ],
  [
    "convOf",
    "kernel is 3, not a list of sides",
    "kernel: [3]",
    () => convOf(TanhNeuron, { channels: 1, units: 2, kernel: untyped(3) }),
  ],
  [
    "RNNCell",
    'nonlinearity is "gelu"',
    '"tanh" or "relu"',
    () => new RNN({ inputs: 1, hidden: 1, nonlinearity: untyped("gelu") }),
  ],
];

const w = scalar(1, { label: "w" });
const model = new Sequential(new Dense(dense));
const optimizers: readonly Row[] = [
  ["SGD", "learningRate is -0.1", "[0, ∞)", () => new SGD([w], { learningRate: -0.1 })],
  ["Adam", "learningRate is NaN", "[0, ∞)", () => new Adam([w], { learningRate: Number.NaN })],
  ["Adam", "betas[0] is 1, which", "[0, 1)", () => new Adam([w], { betas: [1, 0.9] })],
  ["AdamW", "betas[1] is -0.1", "[0, 1)", () => new AdamW([w], { betas: [0.9, -0.1] })],
  ["Adam", "the list of parameters is empty", "model.parameters()", () => new Adam([])],
  ["Adam", "not a list", "model.parameters()", () => new Adam(untyped(model))],
  ["Adam", "entry 1 is not a float", "variables", () => new Adam([w, untyped(ones([2]))])],
  [
    "Adam",
    "parameter w is listed twice, at positions 0 and 1",
    "list it once",
    () => new Adam([w, w]),
  ],
  [
    "Adam",
    "parameter 0.weight is listed twice, as again.weight too, at positions 0 and 2",
    "list it once",
    () => {
      const [weight] = model.parameters();
      return new Adam([...model.namedParameters(), ["again.weight", weight!]]);
    },
  ],
  [
    "SGD",
    "groups[0]: no parameter has a path like /fc/",
    "the paths are 0.weight, 0.bias",
    () => new SGD(model.namedParameters(), { groups: [{ parameters: /fc/ }] }),
  ],
];

const sgd = new SGD([w], { learningRate: 0.1 });
const schedules: readonly Row[] = [
  ["StepLR", "stepSize is 0", "at least 1", () => new StepLR(sgd, { stepSize: 0 })],
  ["ExponentialLR", "gamma is -1", "[0, ∞)", () => new ExponentialLR(sgd, { gamma: -1 })],
  ["CosineAnnealingLR", "tMax is 1.5", "integer", () => new CosineAnnealingLR(sgd, { tMax: 1.5 })],
  [
    "MultiStepLR",
    "milestones is [3, 2]",
    "ascending order",
    () => new MultiStepLR(sgd, { milestones: [3, 2] }),
  ],
  [
    "LambdaLR",
    "lambda(0) is NaN",
    "a finite factor",
    () => new LambdaLR(sgd, { lambda: () => Number.NaN }),
  ],
  [
    "OneCycleLR",
    'annealStrategy is "step"',
    '"cos" or "linear"',
    () =>
      new OneCycleLR(sgd, { maxLearningRate: 1, totalSteps: 9, annealStrategy: untyped("step") }),
  ],
  [
    "ReduceLROnPlateau",
    'mode is "less"',
    '"min"',
    () => new ReduceLROnPlateau(sgd, { mode: untyped("less") }),
  ],
];

/** An option that is not there, and the one that was meant; null for none. */
const unknown = (
  op: string,
  option: string,
  meant: string | null,
  make: (options: never) => unknown,
  others: object = {},
): Row => [
  op,
  `there is no option "${option}"`,
  meant === null ? "leave it out. The options are" : `did you mean ${meant}? The options are`,
  () => make({ ...others, [option]: 0.2 } as never),
];

const data = { inputs: ones([4, 2]), targets: ones([4, 3]), loss: mse, epochs: 1, progress: false };
const unknowns: readonly Row[] = [
  unknown("Dropout", "rate", "p", (o) => new Dropout(o)),
  unknown("Dense", "in_features", "inputs", (o) => new Dense(o)),
  unknown("Dense", "outFeatures", "units", (o) => new Dense(o), dense),
  unknown("Dense", "useBias", "bias", (o) => new Dense(o), dense),
  unknown("Dense", "activaton", "activation", (o) => new Dense(o), dense),
  unknown("Dense", "device", null, (o) => new Dense(o), dense),
  unknown("Dense", "__proto", null, (o) => new Dense(o), dense),
  unknown("Conv2d", "in_channels", "inChannels", (o) => new Conv2d(o)),
  unknown("Conv2d", "strides", "stride", (o) => new Conv2d(o), conv),
  unknown("MaxPool2d", "poolSize", "kernelSize", (o) => new MaxPool2d(o)),
  unknown("Embedding", "inputDim", "numEmbeddings", (o) => new Embedding(o)),
  unknown("BatchNorm2d", "epsilon", "eps", (o) => new BatchNorm2d(o), { numFeatures: 2 }),
  unknown("RMSNorm", "normalised_shape", "normalizedShape", (o) => new RMSNorm(o)),
  unknown("GRU", "hidden_size", "hidden", (o) => new GRU(o), { inputs: 2 }),
  unknown("LSTMCell", "units", "hidden", (o) => new LSTMCell(o), { inputs: 2 }),
  unknown("Flatten", "start_dim", "startDim", (o) => new Flatten(o)),
  unknown("SGD", "lr", "learningRate", (o) => new SGD([w], o)),
  unknown("Adam", "weight_decay", "weightDecay", (o) => new Adam([w], o)),
  unknown("AdamW", "beta1", "betas", (o) => new AdamW([w], o)),
  unknown("Adam", "momentum", null, (o) => new Adam([w], o)),
  unknown("EMA", "decy", "decay", (o) => new EMA([w], o)),
  unknown("StepLR", "step_size", "stepSize", (o) => new StepLR(sgd, o)),
  unknown("OneCycleLR", "max_lr", "maxLearningRate", (o) => new OneCycleLR(sgd, o)),
  unknown("ReduceLROnPlateau", "min_lr", "minLearningRate", (o) => new ReduceLROnPlateau(sgd, o)),
  unknown("LinearWarmup", "start", null, (o) => new LinearWarmup(sgd, o), { steps: 2 }),
  ...["batch_size", "validationData", "callback"].map((option, i) =>
    unknown("fit", option, ["batchSize", "validation", "callbacks"][i]!, (o) => fit(model, o), {
      ...data,
      optimizer: new SGD(model.parameters()),
    }),
  ),
  [
    "Dense",
    "expected options by name, got 2",
    "as in { inputs: ... }. The options are",
    () => new Dense(untyped(2)),
  ],
  ["Dropout", "expected options by name, got 0.2", "{ p: ... }", () => new Dropout(untyped(0.2))],
];

expectMistakes("options of layers", rows.map(refused));
expectMistakes("options of optimizers", optimizers.map(refused));
expectMistakes("options of schedules", schedules.map(refused));
expectMistakes("options that there are not", unknowns.map(refused));

const norm = new Sequential(new BatchNorm1d({ numFeatures: 3 }));
expectMistakes(
  "modules",
  (
    [
      ["trains BatchNorm1d on a batch of one", () => norm.apply(ones([1, 3]))],
      ["the same, compiled", () => compile(() => norm.apply(ones([1, 3])))()],
    ] as const
  ).map(([does, run]) => ({
    does,
    run,
    name: "ShapeError",
    op: "BatchNorm1d",
    says: ["one value per channel", "[1, 3]", "in module 0"],
    fix: "give a larger batch, or call eval()",
    fields: { modulePath: "0", shapes: [[1, 3]] },
  })),
);
expectMistakes("steps", [
  {
    does: "steps without a gradient",
    run: () => sgd.step(),
    name: "GradientError",
    op: "step",
    says: ["none of the 1 parameters has a gradient"],
    fix: "call loss.backward() before step()",
  },
]);
