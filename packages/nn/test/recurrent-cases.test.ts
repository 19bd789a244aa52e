import { LSTMCell } from "../src/index.js";
import { describeCases, layerCase } from "./support/layer-cases.js";

describeCases("recurrent", {
  lstmCell: layerCase({
    make: (options) => new LSTMCell({ inputs: 3, hidden: 4, ...options }),
    run: (cell, x, h, c) => Object.values(cell.apply(x!, { h: h!, c: c! })),
  }),
});
