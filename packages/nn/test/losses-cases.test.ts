import type { Tensor } from "@neurite/autograd";
import {
  bce,
  bceWithLogits,
  cosineEmbedding,
  crossEntropy,
  gaussianNll,
  hinge,
  huber,
  klDiv,
  l1,
  mse,
  multiMargin,
  nll,
  poissonNll,
  type Reduction,
  Sequential,
  smoothL1,
  tripletMargin,
} from "../src/index.js";
import { describeCases, type LayerCase, layerCase } from "./support/layer-cases.js";

type LossOf = (...inputs: [Tensor, Tensor, Tensor]) => Tensor;
type ReducedLoss = (reduction: Reduction, ...inputs: Parameters<LossOf>) => Tensor;

const loss = (f: LossOf): LayerCase =>
  layerCase({
    make: () => new Sequential(),
    run: (_, ...inputs) => [f(...(inputs as Parameters<LossOf>))],
  });

/** A case for each reduction. */
const each = (name: string, f: ReducedLoss): Record<string, LayerCase> =>
  Object.fromEntries(
    (["mean", "sum", "none"] as const).map((reduction) => [
      `${name} ${reduction}`,
      loss((...inputs) => f(reduction, ...inputs)),
    ]),
  );

const column = [0.5, 2, 1.25];
const weight = column;

describeCases("losses", {
  ...each("mse", (reduction, y, t) => mse(y, t, { reduction })),
  ...each("l1", (reduction, y, t) => l1(y, t, { reduction })),
  ...each("huber", (reduction, y, t) => huber(y, t, { reduction })),
  "huber delta 0.3": loss((y, t) => huber(y, t, { delta: 0.3 })),
  ...each("smoothL1", (reduction, y, t) => smoothL1(y, t, { reduction })),
  "smoothL1 beta 0.3": loss((y, t) => smoothL1(y, t, { beta: 0.3 })),
  "smoothL1 beta 0": loss((y, t) => smoothL1(y, t, { beta: 0 })),
  ...each("bce", (reduction, y, t) => bce(y, t, { reduction })),
  "bce weight": loss((y, t) => bce(y, t, { weight })),
  ...each("bceWithLogits", (reduction, z, t) => bceWithLogits(z, t, { reduction })),
  "bceWithLogits posWeight": loss((z, t) => bceWithLogits(z, t, { posWeight: column })),
  "bceWithLogits both": loss((z, t) => bceWithLogits(z, t, { posWeight: 3, weight: [[2], [0.5]] })),
  ...each("crossEntropy", (reduction, z, t) => crossEntropy(z, t, { reduction })),
  ...each("crossEntropy weight", (reduction, z, t) => crossEntropy(z, t, { weight, reduction })),
  ...each("crossEntropy smooth", (reduction, z, t) =>
    crossEntropy(z, t, { labelSmoothing: 0.1, reduction }),
  ),
  ...each("crossEntropy weight smooth", (reduction, z, t) =>
    crossEntropy(z, t, { weight, labelSmoothing: 0.1, reduction }),
  ),
  "crossEntropy ignoreIndex 0": loss((z, t) => crossEntropy(z, t, { ignoreIndex: 0 })),
  "crossEntropy one sample": loss((z, t) => crossEntropy(z, t, { weight, labelSmoothing: 0.2 })),
  ...each("crossEntropy image", (reduction, z, t) =>
    crossEntropy(z, t, { weight, labelSmoothing: 0.1, reduction }),
  ),
  ...each("crossEntropy shares", (reduction, z, t) => crossEntropy(z, t, { reduction })),
  "crossEntropy shares weight smooth": loss((z, t) =>
    crossEntropy(z, t, { weight, labelSmoothing: 0.1 }),
  ),
  "crossEntropy shares image": loss((z, t) => crossEntropy(z, t, { weight, labelSmoothing: 0.1 })),
  ...each("nll", (reduction, logs, t) => nll(logs, t, { weight, reduction })),
  "nll image": loss((logs, t) => nll(logs, t)),
  ...each("klDiv", (reduction, logs, t) => klDiv(logs, t, { reduction })),
  "klDiv batchMean": loss((logs, t) => klDiv(logs, t, { reduction: "batchMean" })),
  "klDiv logTarget": loss((logs, t) => klDiv(logs, t, { logTarget: true, reduction: "sum" })),
  ...each("hinge", (reduction, s, t) => hinge(s, t.cast(s.dtype), { reduction })),
  ...each("multiMargin", (reduction, s, t) => multiMargin(s, t, { reduction })),
  "multiMargin squared": loss((s, t) => multiMargin(s, t, { p: 2, margin: 1.5, weight })),
  "multiMargin one sample": loss((s, t) => multiMargin(s, t)),
  ...each("tripletMargin", (reduction, a, p, n) =>
    tripletMargin(a, p, n, { margin: 2, reduction }),
  ),
  "tripletMargin swap": loss((a, p, n) => tripletMargin(a, p, n, { margin: 2, p: 3, swap: true })),
  ...each("cosineEmbedding", (reduction, a, b, t) =>
    cosineEmbedding(a, b, t, { margin: -0.5, reduction }),
  ),
  "cosineEmbedding one sample": loss((a, b, t) => cosineEmbedding(a, b, t, { margin: -0.9 })),
  ...each("gaussianNll", (reduction, y, t, v) => gaussianNll(y, t, v, { reduction })),
  "gaussianNll full": loss((y, t, v) => gaussianNll(y, t, v, { full: true, eps: 0.1 })),
  ...each("poissonNll", (reduction, x, t) => poissonNll(x, t, { reduction })),
  "poissonNll full": loss((x, t) => poissonNll(x, t, { full: true })),
  "poissonNll rates": loss((x, t) => poissonNll(x, t, { logInput: false })),
});
