import type { Tensor } from "@neurite/autograd";
import {
  GRU,
  GRUCell,
  LSTM,
  LSTMCell,
  type Module,
  type Recurrent,
  RNN,
  RNNCell,
} from "../src/index.js";
import { describeCases, layerCase } from "./support/layer-cases.js";

const two = { numLayers: 2, bidirectional: true };

/** Outputs and state as PyTorch returns them, whose states always have an axis for the layers. */
function run(network: Module, x?: Tensor, h?: Tensor, c?: Tensor): Tensor[] {
  const initial = h && { h, ...(c && { c }) };
  const { outputs, state } = (network as Recurrent).apply(x!, initial);
  return [outputs, ...Object.values(state).map((s) => (s.rank === 2 ? s.unsqueeze(0) : s))];
}

// Second derivatives are checked on one layer and direction: on more they take over ten seconds.
describeCases("recurrent", {
  lstmCell: layerCase({
    make: (options) => new LSTMCell({ inputs: 3, hidden: 4, ...options }),
    run: (cell, x, h, c) => Object.values(cell.apply(x!, { h: h!, c: c! })),
  }),
  gruCell: layerCase({
    make: (options) => new GRUCell({ inputs: 3, hidden: 2, ...options }),
    run: (cell, x, h) => [cell.apply(x!, { h: h! }).h],
  }),
  rnnCell: layerCase({
    make: (options) => new RNNCell({ inputs: 3, hidden: 2, ...options }),
    run: (cell, x, h) => [cell.apply(x!, { h: h! }).h],
  }),
  rnnCellRelu: layerCase({
    make: (options) => new RNNCell({ inputs: 2, hidden: 3, nonlinearity: "relu", ...options }),
    run: (cell, x, h) => [cell.apply(x!, { h: h! }).h],
  }),
  rnnCellWithoutBias: layerCase({
    make: (options) => new RNNCell({ inputs: 2, hidden: 3, bias: false, ...options }),
    run: (cell, x, h) => [cell.apply(x!, { h: h! }).h],
  }),
  rnn: layerCase({ make: (options) => new RNN({ inputs: 2, hidden: 3, ...options }), run }),
  rnnRelu: layerCase({
    make: (options) => new RNN({ inputs: 2, hidden: 2, nonlinearity: "relu", ...options }),
    run,
  }),
  gru: layerCase({ make: (options) => new GRU({ inputs: 2, hidden: 2, ...options }), run }),
  gruWithoutBias: layerCase({
    make: (options) => new GRU({ inputs: 2, hidden: 2, bias: false, ...options }),
    run,
  }),
  lstm: layerCase({ make: (options) => new LSTM({ inputs: 2, hidden: 2, ...options }), run }),
  rnnOfTwo: layerCase({
    make: (options) => new RNN({ inputs: 2, hidden: 2, ...two, ...options }),
    run,
    order: 1,
  }),
  gruOfTwo: layerCase({
    make: (options) => new GRU({ inputs: 1, hidden: 1, ...two, ...options }),
    run,
    order: 1,
  }),
  lstmOfTwo: layerCase({
    make: (options) => new LSTM({ inputs: 1, hidden: 1, ...two, ...options }),
    run,
    order: 1,
  }),
});
