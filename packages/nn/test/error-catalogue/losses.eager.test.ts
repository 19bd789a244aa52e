import { compile, ones, type Tensor, tensor } from "@neurite/autograd";
import { type Mistake, untyped } from "../../../autograd/test/support/catalogue.js";
import {
  accuracy,
  bce,
  bceWithLogits,
  crossEntropy,
  Dense,
  Embedding,
  fit,
  huber,
  mse,
  multiMargin,
  nll,
  poissonNll,
  Sequential,
  SGD,
} from "../../src/index.js";
import { expectMistakes } from "../support/mistakes.js";

const int32 = (values: readonly number[]) => tensor(values, { dtype: "int32" });
const scores = ones([3, 4]);
const shares = tensor([[0.5], [0.5], [0.5]]);

type Row = readonly [
  name: string,
  loss: (y: Tensor, t: Tensor) => Tensor,
  output: Tensor,
  target: Tensor,
  says: readonly string[],
  fix: string,
];

const rows: readonly Row[] = [
  ["ShapeError", mse, ones([3, 1]), ones([3]), ["[3, 1]", "[3]"], "target.reshape([3, 1])"],
  ["ShapeError", mse, ones([3, 1]), ones([4, 1]), ["[3, 1]", "[4, 1]"], "exactly one target"],
  ["DTypeError", mse, ones([2]), int32([1, 2]), ["float32", "int32"], '.cast("float32")'],
  [
    "ValueError",
    bce,
    shares,
    tensor([[0], [1.5], [1]]),
    ["the target at [1, 0] is 1.5, not"],
    "must be",
  ],
  [
    "ValueError",
    bceWithLogits,
    shares,
    tensor([[0], [1], [-1]]),
    ["the target at [2, 0] is -1"],
    "must be",
  ],
  ["ValueError", poissonNll, ones([2]), tensor([1, -3]), ["the target at [1] is -3"], "must be"],
  [
    "ValueError",
    crossEntropy,
    ones([1, 2]),
    tensor([[0.5, 0.7]]),
    ["the target probabilities at [0] sum to 1.2"],
    "make every row sum to 1",
  ],
  [
    "IndexError",
    crossEntropy,
    scores,
    int32([0, 4, 1]),
    ["the target at [1] is class 4, of 0 to 3"],
    "5 outputs, or more",
  ],
  [
    "IndexError",
    nll,
    scores,
    int32([0, -2, 1]),
    ["the target at [1] is class -2, of 0 to 3"],
    "count classes from 0",
  ],
  [
    "IndexError",
    multiMargin,
    scores,
    int32([0, 9, 1]),
    ["the target at [1] is class 9, of 0 to 3"],
    "10 outputs",
  ],
  [
    "DTypeError",
    crossEntropy,
    scores,
    tensor([0, 1, 2]),
    ["class numbers must be int32, got float32"],
    '.cast("int32")',
  ],
  [
    "ShapeError",
    crossEntropy,
    scores,
    int32([0, 1]),
    ["scores of shape [3, 4] against targets of shape [2]"],
    "one target for each row: shape [3]",
  ],
  ["ShapeError", accuracy, scores, int32([0, 1]), ["[3, 4]", "[2]"], "one"],
];

expectMistakes(
  "targets",
  rows.flatMap(([name, loss, output, target, says, fix]): Mistake[] => {
    const mistake = { name, op: loss.name, says, fix };
    const does = `gives ${loss.name} of [${output.shape}] ${target.dtype} [${target.shape}]`;
    return [
      { ...mistake, does: `${does}: ${says[0]}`, run: () => loss(output, target) },
      {
        ...mistake,
        does: `${does}, with a compiled model: ${says[0]}`,
        run: () => loss(compile((y: Tensor) => y.mul(1))(output), target),
      },
      {
        ...mistake,
        does: `${does}, compiled: ${says[0]}`,
        run: () => compile((y: Tensor) => loss(y, target))(output),
      },
    ];
  }),
);

const outputs = (loss: (y: Tensor, t: Tensor) => Tensor, targets: Tensor, isCompiled: boolean) => {
  const model = new Dense({ inputs: 2, units: 4 });
  return fit(model, {
    inputs: ones([3, 2]),
    targets,
    loss,
    optimizer: new SGD(model.parameters()),
    epochs: 1,
    progress: false,
    compile: isCompiled,
  });
};

expectMistakes(
  "targets in fit",
  [true, false].flatMap((isCompiled): Mistake[] => {
    const way = isCompiled ? "compiled" : "eagerly";
    return [
      {
        does: `trains on a class beyond the last, ${way}`,
        run: () => outputs(crossEntropy, int32([0, 4, 1]), isCompiled),
        name: "IndexError",
        op: "crossEntropy",
        says: ["is class 4, of 0 to 3"],
        fix: "5 outputs, or more",
      },
      {
        does: `trains on classes as floats, ${way}`,
        run: () => outputs(crossEntropy, ones([3]), isCompiled),
        name: "DTypeError",
        op: "crossEntropy",
        says: ["class numbers must be int32, got float32"],
        fix: '.cast("int32")',
      },
      {
        does: `trains bce outside [0, 1], ${way}`,
        run: () => outputs(bceWithLogits, ones([3, 4]).mul(2), isCompiled),
        name: "ValueError",
        op: "bceWithLogits",
        says: ["is 2, not"],
        fix: "must be",
      },
      {
        does: `gives one target for each of 4 outputs, ${way}`,
        run: () => outputs(mse, ones([3]), isCompiled),
        name: "ShapeError",
        op: "mse",
        says: ["predictions of shape [3, 4] against targets of shape [3]"],
        fix: "exactly one target",
      },
    ];
  }),
);

const embedding = new Sequential(new Embedding({ numEmbeddings: 4, embeddingDim: 2 }));
expectMistakes("tokens", [
  ...(["eagerly", "compiled"] as const).map((way): Mistake => {
    const look = (t: Tensor) => embedding.apply(t);
    return {
      does: `looks up a token that is not in the table, ${way}`,
      run: () => (way === "compiled" ? compile(look) : look)(int32([1, 7])),
      name: "IndexError",
      op: "indexSelect",
      says: ["index 7 at position 1 is outside 0 to 3", "in module 0"],
      fix: "less than 4",
    };
  }),
]);

expectMistakes("options of losses", [
  {
    does: "reduces to a median",
    run: () => mse(ones([2]), ones([2]), { reduction: untyped("median") }),
    name: "ValueError",
    op: "mse",
    says: ['the reduction is "median"'],
    fix: '"mean", "sum" or "none"',
  },
  {
    does: "takes huber of delta 0",
    run: () => huber(ones([2]), ones([2]), { delta: 0 }),
    name: "ValueError",
    op: "huber",
    says: ["delta is 0, which is not above 0"],
    fix: "above 0",
  },
  {
    does: "gives a weight too few",
    run: () => crossEntropy(scores, int32([0, 1, 2]), { weight: ones([3]) }),
    name: "ShapeError",
    op: "crossEntropy",
    says: ["[3]", "4"],
    fix: "one weight for each class: shape [4]",
  },
]);
