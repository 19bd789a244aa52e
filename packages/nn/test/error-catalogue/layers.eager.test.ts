import { compile, ones, type Tensor } from "@neurite/autograd";
import type { Mistake } from "../../../autograd/test/support/catalogue.js";
import {
  AdaptiveAvgPool2d,
  AvgPool1d,
  BatchNorm1d,
  BatchNorm2d,
  Conv1d,
  Conv2d,
  ConvTranspose1d,
  ConvTranspose2d,
  convOf,
  Dense,
  Embedding,
  Flatten,
  fit,
  GRU,
  GRUCell,
  GroupNorm,
  InstanceNorm2d,
  LayerNorm,
  LSTM,
  LSTMCell,
  layerOf,
  MaxPool2d,
  Module,
  MultiHeadAttention,
  PReLU,
  predict,
  Residual,
  RMSNorm,
  RNN,
  RNNCell,
  type Sequential,
  SGD,
  TanhNeuron,
  Upsample,
} from "../../src/index.js";
import { expectMistakes } from "../support/mistakes.js";

/** A network in which the layer is called encoder.1.fc. */
class Network extends Module {
  readonly encoder: readonly [Dense, { readonly fc: Module }];

  constructor(layer: Module) {
    super();
    this.encoder = [new Dense({ inputs: 1, units: 1 }), { fc: layer }];
  }

  forward(x: Tensor): Tensor {
    return (this.encoder[1].fc as Sequential).apply(x);
  }
}

/** A layer, an input that it refuses, and what it says. */
type Refusal = readonly [
  layer: Module,
  input: Tensor,
  facts: Pick<Mistake, "op" | "says" | "fix"> & Partial<Mistake>,
];

const train = (layer: Module, inputs: Tensor, { isCompiled = false } = {}) => {
  const model = new Network(layer);
  return fit(model, {
    inputs,
    targets: ones([inputs.shape[0]!]),
    loss: (y) => y.mean(),
    optimizer: new SGD(model.parameters()),
    epochs: 1,
    progress: false,
    compile: isCompiled,
  });
};

const ways: Readonly<Record<string, (layer: Module, x: Tensor) => unknown>> = {
  applied: (layer, x) => new Network(layer).apply(x),
  compiled: (layer, x) => {
    const model = new Network(layer);
    return compile((x: Tensor) => model.apply(x))(x);
  },
  "in fit": (layer, x) => train(layer, x),
  "in fit, compiled": (layer, x) => train(layer, x, { isCompiled: true }),
  "in predict": (layer, x) => predict(new Network(layer), x),
};

const shape = (...sides: number[]) => ones(sides);
const conv = { inChannels: 4, outChannels: 2, kernelSize: 3 };
const gru = { inputs: 3, hidden: 2 };
const neurons = { inputs: 3, units: 2 };
const heads = { embedDim: 4, numHeads: 2 };

const widths: readonly Refusal[] = [
  [
    new Dense({ inputs: 3, units: 2 }),
    shape(7, 5),
    {
      op: "Dense",
      says: ["expected shape […, 3], got [7, 5]"],
      fix: "inputs: 5",
      fields: { axis: 1 },
    },
  ],
  [
    new Conv1d(conv),
    shape(7, 3, 9),
    {
      op: "Conv1d",
      says: ["expected shape [N, 4, L] or [4, L], got [7, 3, 9]"],
      fix: "inChannels: 3",
      fields: { axis: 1 },
    },
  ],
  [
    new Conv2d(conv),
    shape(7, 3, 9, 9),
    {
      op: "Conv2d",
      says: ["expected shape [N, 4, H, W] or [4, H, W], got [7, 3, 9, 9]"],
      fix: "inChannels: 3",
    },
  ],
  [
    new ConvTranspose1d(conv),
    shape(7, 3, 9),
    { op: "ConvTranspose1d", says: ["[N, 4, L]", "got [7, 3, 9]"], fix: "inChannels: 3" },
  ],
  [
    new ConvTranspose2d(conv),
    shape(7, 3, 9, 9),
    { op: "ConvTranspose2d", says: ["[N, 4, H, W]", "got [7, 3, 9, 9]"], fix: "inChannels: 3" },
  ],
  [
    new Conv2d({ ...conv, kernelSize: 5, padding: 1 }),
    shape(7, 4, 2, 9),
    {
      op: "Conv2d",
      says: ["a kernel of [5, 5]", "more than an input of [7, 4, 2, 9], [4, 11] with its padding"],
      fix: "smaller kernel",
      fields: { axis: 2 },
    },
  ],
  [
    new AvgPool1d({ kernelSize: 5 }),
    shape(7, 4, 2),
    { op: "AvgPool1d", says: ["a kernel of [5]", "an input of [7, 4, 2]"], fix: "larger input" },
  ],
  [
    new MaxPool2d({ kernelSize: 2 }),
    shape(7, 9),
    { op: "MaxPool2d", says: ["[N, C, H, W] or [C, H, W], got [7, 9]"], fix: "reshape" },
  ],
  [
    new AdaptiveAvgPool2d({ outputSize: 1 }),
    shape(7, 9),
    { op: "AdaptiveAvgPool2d", says: ["[N, C, H, W] or [C, H, W], got [7, 9]"], fix: "reshape" },
  ],
  [
    new Upsample({ scaleFactor: 2 }),
    shape(7, 9),
    { op: "Upsample", says: ["[N, C, L] or [N, C, H, W], got [7, 9]"], fix: "reshape" },
  ],
  [
    new Flatten({ startDim: 3 }),
    shape(7, 9),
    { op: "Flatten", says: ["startDim 3 and endDim -1", "[7, 9]"], fix: "from -2 to 1" },
  ],
  [
    new PReLU({ numParameters: 3 }),
    shape(7, 5),
    { op: "PReLU", says: ["[7, 5]"], fix: "numParameters: 5" },
  ],
  [
    new BatchNorm1d({ numFeatures: 3 }),
    shape(7, 5),
    {
      op: "BatchNorm1d",
      says: ["[batch, 3] or [batch, 3, length], got [7, 5]"],
      fix: "numFeatures: 5",
    },
  ],
  [
    new BatchNorm2d({ numFeatures: 3 }),
    shape(7, 3, 5),
    { op: "BatchNorm2d", says: ["[batch, 3, height, width], got [7, 3, 5]"], fix: "reshape" },
  ],
  [
    new InstanceNorm2d({ numFeatures: 3 }),
    shape(7, 4, 5, 5),
    { op: "InstanceNorm2d", says: ["[batch, 3, height, width]"], fix: "numFeatures: 4" },
  ],
  [
    new GroupNorm({ numGroups: 2, numChannels: 4 }),
    shape(7, 6, 5),
    { op: "GroupNorm", says: ["4", "[7, 6, 5]"], fix: "numChannels: 6" },
  ],
  [
    new LayerNorm({ normalizedShape: [2, 3] }),
    shape(7, 2, 4),
    { op: "LayerNorm", says: ["[…, 2, 3], got [7, 2, 4]"], fix: "normalizedShape: [2, 4]" },
  ],
  [
    new RMSNorm({ normalizedShape: 3 }),
    shape(7, 4),
    { op: "RMSNorm", says: ["[…, 3], got [7, 4]"], fix: "normalizedShape: [4]" },
  ],
  ...[new GRU(gru), new LSTM(gru), new RNN(gru)].map(
    (layer): Refusal => [
      layer,
      shape(7, 5, 4),
      {
        op: layer.constructor.name,
        says: ["expected [batch, time, 3], got shape [7, 5, 4]"],
        fix: "[batch, time, 3]",
      },
    ],
  ),
  ...[new GRUCell(gru), new LSTMCell(gru), new RNNCell(gru)].map(
    (layer): Refusal => [
      layer,
      shape(7, 4),
      { op: layer.constructor.name, says: ["[7, 4]", "3"], fix: "3" },
    ],
  ),
  [
    new MultiHeadAttention(heads),
    shape(7, 5, 3),
    { op: "MultiHeadAttention", says: ["[7, 5, 3]"], fix: "width embedDim" },
  ],
  [
    new Residual(new Dense({ inputs: 3, units: 2 })),
    shape(7, 3),
    { op: "Residual", says: ["shape [7, 3] into [7, 2]"], fix: "end with shape [7, 3]" },
  ],
  [
    layerOf(TanhNeuron, neurons),
    shape(7, 5),
    { op: "layerOf", says: ["TanhNeuron expects […, 3], got [7, 5]"], fix: "3 inputs" },
  ],
  [
    convOf(TanhNeuron, { channels: 4, units: 2, kernel: [3] }),
    shape(7, 3, 9),
    { op: "convOf", says: ["got [7, 3, 9]"], fix: "reshape" },
  ],
  [
    new Embedding({ numEmbeddings: 4, embeddingDim: 2 }),
    shape(7, 3),
    {
      name: "DTypeError",
      op: "Embedding",
      says: ["tokens must be int32, got float32"],
      fix: '.cast("int32")',
    },
  ],
];

const inModule: Partial<Mistake> = { name: "ShapeError" };

for (const [way, run] of Object.entries(ways)) {
  expectMistakes(
    `inputs of layers, ${way}`,
    widths.map(([layer, x, { fields, ...facts }]): Mistake => {
      const mistake = { ...inModule, ...facts } as Mistake;
      return {
        ...mistake,
        does: `gives ${mistake.op} ${x.dtype} [${x.shape}]`,
        run: () => run(layer, x),
        says: [...facts.says, "in module encoder.1.fc"],
        fields: { ...fields, modulePath: "encoder.1.fc" },
      };
    }),
  );
}
