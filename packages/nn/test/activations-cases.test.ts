import type { Tensor } from "@neurite/autograd";
import { activations, PReLU, Sequential } from "../src/index.js";
import { describeCases, type LayerCase, layerCase } from "./support/layer-cases.js";

const plain = (activation: (x: Tensor) => Tensor): LayerCase =>
  layerCase({ make: () => new Sequential(activation) });

const {
  elu,
  gelu,
  glu,
  hardsigmoid,
  hardswish,
  leakyRelu,
  logSigmoid,
  logSoftmax,
  mish,
  relu,
  relu6,
  selu,
  sigmoid,
  silu,
  softmax,
  softplus,
  softsign,
  tanh,
} = activations;

describeCases("activations", {
  relu: plain(relu),
  relu6: plain(relu6),
  leakyRelu: plain(leakyRelu),
  "leakyRelu: slope": plain((x) => leakyRelu(x, { negativeSlope: 0.3 })),
  elu: plain(elu),
  "elu: alpha": plain((x) => elu(x, { alpha: 0.7 })),
  selu: plain(selu),
  gelu: plain(gelu),
  "gelu: tanh": plain((x) => gelu(x, { approximate: "tanh" })),
  silu: plain(silu),
  mish: plain(mish),
  softplus: plain(softplus),
  "softplus: beta": plain((x) => softplus(x, { beta: 2.5 })),
  softsign: plain(softsign),
  hardsigmoid: plain(hardsigmoid),
  hardswish: plain(hardswish),
  sigmoid: plain(sigmoid),
  logSigmoid: plain(logSigmoid),
  tanh: plain(tanh),
  softmax: plain(softmax),
  "softmax: axis": plain((x) => softmax(x, 1)),
  logSoftmax: plain(logSoftmax),
  "logSoftmax: axis": plain((x) => logSoftmax(x, 1)),
  glu: plain(glu),
  "glu: axis": plain((x) => glu(x, 1)),
  "prelu: one slope": layerCase({ make: (options) => new PReLU(options) }),
  "prelu: a slope for each channel": layerCase({
    make: (options) => new PReLU({ numParameters: 2, ...options }),
  }),
});
