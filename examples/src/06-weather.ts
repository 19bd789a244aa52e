// Tomorrow's temperature in Seattle from the week before, by an LSTM; judged on a later year.
import { key, split, type Tensor } from "@neurite/autograd";
import {
  Adam,
  chronological,
  Dense,
  LSTM,
  Module,
  mse,
  predict,
  type RecurrentOptions,
  rmse,
  Standardizer,
  slidingWindows,
  stackColumns,
  take,
} from "@neurite/nn";
import { fit, readCsv } from "@neurite/nn/node";

const DAYS = 7;

/** Reads a sequence and answers from the last hidden state. */
class Forecaster extends Module {
  readonly lstm: LSTM;
  readonly readout: Dense;

  constructor(options: RecurrentOptions) {
    super(options);
    this.lstm = new LSTM({ ...options, ...this.inherited });
    this.readout = new Dense({ inputs: options.hidden, units: 1, ...this.inherited });
  }

  forward(days: Tensor): Tensor {
    const { state } = this.lstm.apply(days);
    return this.readout.apply(state.h);
  }
}

const { rows, columns } = readCsv(new URL("../data/seattle-weather.csv", import.meta.url), {
  columns: { temp_max: "number", temp_min: "number", precipitation: "number", wind: "number" },
});
const { train, validation } = chronological(rows, { fraction: 0.25 });
console.log(
  `${train.length} days to learn from, the ${validation.length} days after them to judge`,
);

// Fitted on the earlier years, applied to all.
const { values: series } = stackColumns(columns);
const weather = Standardizer.fit(take(series, train));
const temperature = Standardizer.fit(take(columns.temp_max, train));
const windowsOf = (days: Int32Array) =>
  slidingWindows(weather.transform(take(series, days)), {
    length: DAYS,
    targets: temperature.transform(take(columns.temp_max, days)),
  });
const earlier = windowsOf(train);
const later = windowsOf(validation);

const [modelKey, orderKey] = split(key(1869));
const model = new Forecaster({ inputs: 4, hidden: 16, key: modelKey! });
await fit(model, {
  ...earlier,
  validation: later,
  loss: mse,
  optimizer: new Adam(model.parameters(), { learningRate: 0.01 }),
  epochs: 6,
  batchSize: 32,
  key: orderKey!,
});

// Beside the forecast that is hard to beat: tomorrow will be like today.
const truth = temperature.inverse(later.targets);
const forecast = temperature.inverse(predict(model, later.inputs));
const today = temperature.inverse(later.inputs.slice(null, -1, [0, 1]));
console.log(`error of the LSTM, root mean square: ${rmse(forecast, truth).item().toFixed(2)} °C`);
console.log(`error of "as warm as today":         ${rmse(today, truth).item().toFixed(2)} °C`);
