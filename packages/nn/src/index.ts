export { type CsvOptions, parseCsv } from "./data/csv.js";
export { DataError } from "./data/data-error.js";
export { Loader, type LoaderOptions } from "./data/loader.js";
export { OneHotEncoder } from "./data/one-hot.js";
export { chronological, type HoldOutOptions, holdOut, type Split } from "./data/split.js";
export { type Features, stackColumns } from "./data/stack-columns.js";
export { Standardizer } from "./data/standardizer.js";
export { type ColumnKind, type ColumnKinds, rowContents, type Table } from "./data/table.js";
export { type RowNumbers, take } from "./data/take.js";
export { slidingWindows, type WindowOptions, type Windows } from "./data/windows.js";
export { functionalCall } from "./functional-call.js";
export * as init from "./init.js";
export { seed } from "./keys.js";
export { Dense, type DenseOptions } from "./layers/dense.js";
export { Dropout, type DropoutOptions } from "./layers/dropout.js";
export type { Layer, LayerLike } from "./layers/layer.js";
export { Residual } from "./layers/residual.js";
export { Sequential } from "./layers/sequential.js";
export { bceWithLogits, crossEntropy, mse } from "./losses.js";
export { accuracy, mae, rmse } from "./metrics.js";
export { Module, type ModuleOptions } from "./module.js";
export { LinearNeuron } from "./neurons/linear.js";
export { Neuron, type NeuronOptions } from "./neurons/neuron.js";
export { Perceptron, type PerceptronOptions } from "./neurons/perceptron.js";
export { ReLUNeuron } from "./neurons/relu.js";
export { SigmoidNeuron } from "./neurons/sigmoid.js";
export { TanhNeuron } from "./neurons/tanh.js";
export { Adam, type AdamOptions } from "./optimizers/adam.js";
export { Optimizer, type OptimizerOptions } from "./optimizers/optimizer.js";
export { RMSprop, type RMSpropOptions } from "./optimizers/rmsprop.js";
export { SGD, type SGDOptions } from "./optimizers/sgd.js";
export { LSTM, type LSTMResult } from "./recurrent/lstm.js";
export { LSTMCell, type LSTMOptions, type LSTMState } from "./recurrent/lstm-cell.js";
export type { LoadOptions, StateDict, StateDifferences, StateOptions } from "./state.js";
export type {
  EndEvent,
  EpochEvent,
  EpochRecord,
  History,
  StepEvent,
  TrainingCallback,
  TrainingRun,
} from "./training/callback.js";
export { earlyStopping } from "./training/early-stopping.js";
export { type EvaluateOptions, type Evaluation, evaluate } from "./training/evaluate.js";
export { type FitOptions, fit } from "./training/fit.js";
export type { Loss, Metric, Metrics, Model } from "./training/model.js";
export { type PredictOptions, predict } from "./training/predict.js";
export { lineProgress } from "./training/progress/lines.js";
export { TrainingError } from "./training/training-error.js";
