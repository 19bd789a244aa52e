export * as activations from "./activations.js";
export {
  type ActivationMaximisationOptions,
  activationMaximisation,
  type MaximalInput,
} from "./analysis/activation-maximisation.js";
export {
  type Attribution,
  type AttributionOptions,
  gradientTimesInput,
  type IntegratedGradientsOptions,
  integratedGradients,
} from "./analysis/attribution.js";
export {
  type CheckInitialisationOptions,
  checkInitialisation,
  type InitialisationReport,
  type LayerScale,
  type Scaling,
} from "./analysis/check-initialisation.js";
export { type Dissection, dissect, type NeuronStep } from "./analysis/dissect.js";
export { type EvolutionPoint, evolution, type Snapshot } from "./analysis/evolution.js";
export {
  type FeatureContribution,
  type FeatureReport,
  type FeatureReportOptions,
  featureReport,
} from "./analysis/feature-report.js";
export { flowLimits, type GradientFlow, gradientFlow } from "./analysis/gradient-flow.js";
export {
  type GradientReport,
  gradientReport,
  type LayerGradient,
  type ParameterGradient,
} from "./analysis/gradient-report.js";
export {
  type FeatureMap,
  featureMaps,
  type TopInput,
  topInputs,
  type UnitPlace,
} from "./analysis/input-patterns.js";
export {
  type Judgement,
  type LearningCurvePoint,
  learningCurve,
  type TrainingRows,
} from "./analysis/learning-curve.js";
export { type OverfittingReport, overfitting } from "./analysis/overfitting.js";
export {
  type FieldAxis,
  type GradientField,
  gradientReceptiveField,
  receptiveField,
} from "./analysis/receptive-field.js";
export type { SymmetricUnits } from "./analysis/symmetry.js";
export type { Selectivity, UnitStats } from "./analysis/unit-stats.js";
export {
  type AnalyseUnitsOptions,
  analyseUnits,
  type LayerUnits,
  type UnitsReport,
} from "./analysis/units.js";
export {
  type Change,
  changeOf,
  cosineOf,
  type ParameterWeights,
  quantiles,
  unitCosines,
  type WeightReport,
  weightReport,
} from "./analysis/weights.js";
export {
  type AttentionMasks,
  type AttentionResult,
  MultiHeadAttention,
  type MultiHeadAttentionOptions,
} from "./attention/multi-head-attention.js";
export {
  type AttentionOptions,
  scaledDotProductAttention,
} from "./attention/scaled-dot-product-attention.js";
export { type CheckNeuronOptions, checkNeuron } from "./check-neuron/check-neuron.js";
export { NeuronReport, type Verdict } from "./check-neuron/report.js";
export { type BalancedWeightsOptions, balancedWeights } from "./data/balanced-weights.js";
export type { Category, Unseen } from "./data/categories.js";
export { type CsvOptions, parseCsv } from "./data/csv.js";
export { DataError } from "./data/data-error.js";
export type { GroupingOptions, RowValues } from "./data/groups.js";
export { type FillStrategies, type FillStrategy, Imputer } from "./data/imputer.js";
export { type KFoldOptions, kFold } from "./data/k-fold.js";
export {
  DataLoader,
  type LoaderOptions,
  type RowSource,
  type Tensors,
} from "./data/loader.js";
export { type MinMaxOptions, MinMaxScaler } from "./data/min-max-scaler.js";
export { OneHotEncoder } from "./data/one-hot.js";
export { OrdinalEncoder, type OrdinalOptions } from "./data/ordinal-encoder.js";
export { Scaler, type ScalerOptions } from "./data/scaler.js";
export { chronological, type HoldOutOptions, holdOut, type Split } from "./data/split.js";
export { type Features, stackColumns } from "./data/stack-columns.js";
export { Standardizer } from "./data/standardizer.js";
export { type CollectOptions, StreamLoader, type StreamOptions } from "./data/stream-loader.js";
export { type ColumnKind, type ColumnKinds, rowContents, type Table } from "./data/table.js";
export { type RowNumbers, take } from "./data/take.js";
export { slidingWindows, type WindowOptions, type Windows, windowSource } from "./data/windows.js";
export { functionalCall } from "./functional-call.js";
export * as init from "./init.js";
export { seed } from "./keys.js";
export { AdaptiveAvgPool1d, type AdaptiveAvgPool1dOptions } from "./layers/adaptive-avg-pool1d.js";
export { AdaptiveAvgPool2d, type AdaptiveAvgPool2dOptions } from "./layers/adaptive-avg-pool2d.js";
export { AvgPool1d, type AvgPool1dOptions } from "./layers/avg-pool1d.js";
export { AvgPool2d, type AvgPool2dOptions } from "./layers/avg-pool2d.js";
export { ConvTranspose1d, type ConvTranspose1dOptions } from "./layers/conv-transpose1d.js";
export { ConvTranspose2d, type ConvTranspose2dOptions } from "./layers/conv-transpose2d.js";
export { Conv1d, type Conv1dOptions } from "./layers/conv1d.js";
export { Conv2d, type Conv2dOptions } from "./layers/conv2d.js";
export { Dense, type DenseOptions } from "./layers/dense.js";
export { Dropout, type DropoutOptions } from "./layers/dropout.js";
export { Embedding, type EmbeddingOptions } from "./layers/embedding.js";
export { Flatten, type FlattenOptions } from "./layers/flatten.js";
export type { Geometry } from "./layers/geometry.js";
export type { Layer, LayerLike } from "./layers/layer.js";
export { MaxPool1d, type MaxPool1dOptions } from "./layers/max-pool1d.js";
export { MaxPool2d, type MaxPool2dOptions } from "./layers/max-pool2d.js";
export { PReLU, type PReLUOptions } from "./layers/prelu.js";
export { Residual } from "./layers/residual.js";
export { Sequential } from "./layers/sequential.js";
export { Upsample, type UpsampleOptions } from "./layers/upsample.js";
export { type BceOptions, bce } from "./losses/bce.js";
export { type BceWithLogitsOptions, bceWithLogits } from "./losses/bce-with-logits.js";
export type { ClassOptions } from "./losses/class-costs.js";
export { type CosineEmbeddingOptions, cosineEmbedding } from "./losses/cosine-embedding.js";
export { type CrossEntropyOptions, crossEntropy } from "./losses/cross-entropy.js";
export { type GaussianNllOptions, gaussianNll } from "./losses/gaussian-nll.js";
export { hinge } from "./losses/hinge.js";
export { type HuberOptions, huber } from "./losses/huber.js";
export { type KlDivOptions, klDiv } from "./losses/kl-div.js";
export { l1 } from "./losses/l1.js";
export { mse } from "./losses/mse.js";
export { type MultiMarginOptions, multiMargin } from "./losses/multi-margin.js";
export { nll } from "./losses/nll.js";
export { l1Penalty, l2Penalty } from "./losses/penalties.js";
export { type PoissonNllOptions, poissonNll } from "./losses/poisson-nll.js";
export type { LossOptions, Reduction } from "./losses/reduction.js";
export { type SmoothL1Options, smoothL1 } from "./losses/smooth-l1.js";
export { type TripletMarginOptions, tripletMargin } from "./losses/triplet-margin.js";
export { accuracy } from "./metrics/accuracy.js";
export type { AverageOptions } from "./metrics/averages.js";
export { confusionMatrix } from "./metrics/confusion-matrix.js";
export type { DecisionOptions } from "./metrics/decisions.js";
export { f1 } from "./metrics/f1.js";
export { mae } from "./metrics/mae.js";
export { mape } from "./metrics/mape.js";
export { precision } from "./metrics/precision.js";
export { r2 } from "./metrics/r2.js";
export { recall } from "./metrics/recall.js";
export { rmse } from "./metrics/rmse.js";
export { rocAuc } from "./metrics/roc-auc.js";
export { type TopKAccuracyOptions, topKAccuracy } from "./metrics/top-k-accuracy.js";
export { Module, type ModuleOptions } from "./module.js";
export { LinearNeuron } from "./neurons/linear.js";
export { MaxoutNeuron, type MaxoutOptions } from "./neurons/maxout.js";
export { Neuron, type NeuronOptions } from "./neurons/neuron.js";
export { Perceptron, type PerceptronOptions } from "./neurons/perceptron.js";
export { RadialBasisNeuron } from "./neurons/radial-basis.js";
export { ReLUNeuron } from "./neurons/relu.js";
export { SigmoidNeuron } from "./neurons/sigmoid.js";
export { SoftplusNeuron } from "./neurons/softplus.js";
export { TanhNeuron } from "./neurons/tanh.js";
export type { BatchNormOptions } from "./normalization/batch-norm.js";
export { BatchNorm1d } from "./normalization/batch-norm1d.js";
export { BatchNorm2d } from "./normalization/batch-norm2d.js";
export { GroupNorm, type GroupNormOptions } from "./normalization/group-norm.js";
export { InstanceNorm2d, type InstanceNormOptions } from "./normalization/instance-norm2d.js";
export { LayerNorm, type LayerNormOptions } from "./normalization/layer-norm.js";
export { RMSNorm, type RMSNormOptions } from "./normalization/rms-norm.js";
export { Adadelta, type AdadeltaOptions } from "./optimizers/adadelta.js";
export { Adagrad, type AdagradOptions } from "./optimizers/adagrad.js";
export { Adam, type AdamOptions } from "./optimizers/adam.js";
export { Adamax, type AdamaxOptions } from "./optimizers/adamax.js";
export { AdamW } from "./optimizers/adamw.js";
export { AveragedParameters } from "./optimizers/averaged.js";
export { type ClipGradNormOptions, clipGradNorm, clipGradValue } from "./optimizers/clip.js";
export { EMA, type EMAOptions } from "./optimizers/ema.js";
export { Lion, type LionOptions } from "./optimizers/lion.js";
export { NAdam, type NAdamOptions } from "./optimizers/nadam.js";
export { Optimizer, type OptimizerOptions } from "./optimizers/optimizer.js";
export type { ParameterGroup } from "./optimizers/parameter-groups.js";
export type { ParameterList } from "./optimizers/parameter-list.js";
export { RAdam, type RAdamOptions } from "./optimizers/radam.js";
export { RMSprop, type RMSpropOptions } from "./optimizers/rmsprop.js";
export { SGD, type SGDOptions } from "./optimizers/sgd.js";
export { SWA } from "./optimizers/swa.js";
export { type Probe, type ProbeOptions, probe } from "./probe.js";
export {
  RecurrentCell,
  type RecurrentCellOptions,
  type RecurrentState,
} from "./recurrent/cell.js";
export { GRU } from "./recurrent/gru.js";
export { GRUCell } from "./recurrent/gru-cell.js";
export { LSTM } from "./recurrent/lstm.js";
export { LSTMCell, type LSTMState } from "./recurrent/lstm-cell.js";
export { RNN, type RNNOptions } from "./recurrent/rnn.js";
export { RNNCell, type RNNCellOptions } from "./recurrent/rnn-cell.js";
export { Recurrent, type RecurrentOptions, type RecurrentResult } from "./recurrent/sequence.js";
export {
  CosineAnnealingLR,
  type CosineAnnealingLROptions,
} from "./schedules/cosine-annealing-lr.js";
export { ExponentialLR, type ExponentialLROptions } from "./schedules/exponential-lr.js";
export { LambdaLR, type LambdaLROptions } from "./schedules/lambda-lr.js";
export { LinearWarmup, type LinearWarmupOptions } from "./schedules/linear-warmup.js";
export { MultiStepLR, type MultiStepLROptions } from "./schedules/multi-step-lr.js";
export { OneCycleLR, type OneCycleLROptions } from "./schedules/one-cycle-lr.js";
export {
  ReduceLROnPlateau,
  type ReduceLROnPlateauOptions,
} from "./schedules/reduce-lr-on-plateau.js";
export { Schedule, type Scheduled } from "./schedules/schedule.js";
export { StepLR, type StepLROptions } from "./schedules/step-lr.js";
export { type SearchRecord, SearchResult, type Trial } from "./search/result.js";
export {
  type GridSearchOptions,
  gridSearch,
  type RandomSearchOptions,
  randomSearch,
} from "./search/search.js";
export type { Configuration, Dimension, Space } from "./search/space.js";
export * as space from "./search/space.js";
export {
  type SuccessiveHalvingOptions,
  successiveHalving,
} from "./search/successive-halving.js";
export type { Objective, SearchOptions, TrialContext } from "./search/trials.js";
export type { LoadOptions, StateDict, StateDifferences, StateOptions } from "./state.js";
export { type Summary, type SummaryRow, summary } from "./summary.js";
export type {
  CheckpointEvent,
  EndEvent,
  EpochEvent,
  RunParameters,
  StatisticsEvent,
  StepEvent,
  TrainingCallback,
  TrainingRun,
  WarningEvent,
} from "./training/callback.js";
export { type CheckpointOptions, saveCheckpoints } from "./training/checkpoint/checkpoint.js";
export { decodeState, encodeState } from "./training/checkpoint/container.js";
export type { CallbackState, Json, TrainingState } from "./training/checkpoint/training-state.js";
export type { ClassWeights } from "./training/class-weights.js";
export {
  type CrossValidateOptions,
  type CrossValidation,
  crossValidate,
  type FoldResult,
  type PreparedRows,
  type Spread,
} from "./training/cross-validate.js";
export { earlyStopping } from "./training/early-stopping.js";
export { type EvaluateOptions, evaluate } from "./training/evaluate.js";
export { fit } from "./training/fit.js";
export type { FitOptions, LabelledRows } from "./training/fit-options.js";
export { freeze, type PathPattern, unfreeze } from "./training/freeze.js";
export type { EpochRecord, Evaluation, History } from "./training/history.js";
export { csvLog } from "./training/log/csv-log.js";
export { jsonLog } from "./training/log/json-log.js";
export type { Loss, Metric, Metrics, Model } from "./training/model.js";
export type { Overfitting } from "./training/overfitting.js";
export {
  gradientHistory,
  type ParameterHistory,
  type WeightStatistics,
  weightHistory,
} from "./training/parameter-history.js";
export { type PredictOptions, predict } from "./training/predict.js";
export { lineProgress } from "./training/progress/lines.js";
export { type SchedulerLike, schedule } from "./training/schedule.js";
export type { ParameterReport, TensorStatistics } from "./training/statistics.js";
export { TrainingError } from "./training/training-error.js";
export {
  type ConvOfOptions,
  convOf,
  type NeuronConvolution,
} from "./units/conv-of.js";
export { layerOf, type NeuronLayer } from "./units/layer-of.js";
export type { NeuronClass, RecurrentNeuron, RecurrentNeuronClass } from "./units/neuron-class.js";
export {
  type NeuronSequence,
  type SequenceOfOptions,
  type SequenceResult,
  type SequenceState,
  sequenceOf,
} from "./units/sequence-of.js";
export type { UnitsOptions } from "./units/units.js";
