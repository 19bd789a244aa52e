import {
  BatchNorm1d,
  BatchNorm2d,
  GroupNorm,
  InstanceNorm2d,
  LayerNorm,
  type Module,
  type ModuleOptions,
  RMSNorm,
} from "../src/index.js";
import { describeCases, type LayerCase, layerCase } from "./support/layer-cases.js";

type Make = (options: Pick<ModuleOptions, "dtype">) => Module;

/** The same module while training and while evaluating. */
const inBothModes = (name: string, make: Make): Record<string, LayerCase> => ({
  [name]: layerCase({ make }),
  [`${name}, evaluated`]: layerCase({ make: (options) => make(options).eval() }),
});

const once = (make: Make): LayerCase => layerCase({ make });

describeCases("norm", {
  ...inBothModes("batchNorm1d", (own) => new BatchNorm1d({ numFeatures: 3, ...own })),
  ...inBothModes(
    "batchNorm1d of sequences",
    (own) => new BatchNorm1d({ numFeatures: 2, eps: 0.1, momentum: 0.3, ...own }),
  ),
  ...inBothModes("batchNorm2d", (own) => new BatchNorm2d({ numFeatures: 2, ...own })),
  ...inBothModes(
    "batchNorm2d: plain",
    (own) => new BatchNorm2d({ numFeatures: 2, affine: false, ...own }),
  ),
  ...inBothModes(
    "batchNorm1d: cumulative",
    (own) => new BatchNorm1d({ numFeatures: 2, momentum: null, ...own }),
  ),
  ...inBothModes(
    "batchNorm1d: untracked",
    (own) => new BatchNorm1d({ numFeatures: 2, trackRunningStats: false, ...own }),
  ),
  ...inBothModes("instanceNorm2d", (own) => new InstanceNorm2d({ numFeatures: 2, ...own })),
  ...inBothModes("instanceNorm2d: all options", (own) => {
    const kept = { affine: true, trackRunningStats: true };
    return new InstanceNorm2d({ numFeatures: 2, eps: 0.01, momentum: 0.4, ...kept, ...own });
  }),
  layerNorm: once((own) => new LayerNorm({ normalizedShape: 4, ...own })),
  "layerNorm over two axes": once(
    (own) => new LayerNorm({ normalizedShape: [2, 3], eps: 0.01, ...own }),
  ),
  "layerNorm without bias": once(
    (own) => new LayerNorm({ normalizedShape: 3, bias: false, ...own }),
  ),
  "layerNorm: plain": once(
    (own) => new LayerNorm({ normalizedShape: [5], elementwiseAffine: false, ...own }),
  ),
  rmsNorm: once((own) => new RMSNorm({ normalizedShape: 4, eps: 2 ** -52, ...own })),
  "rmsNorm over two axes": once(
    (own) => new RMSNorm({ normalizedShape: [2, 2], eps: 0.1, ...own }),
  ),
  "rmsNorm: plain": once(
    (own) => new RMSNorm({ normalizedShape: 3, elementwiseAffine: false, ...own }),
  ),
  groupNorm: once((own) => new GroupNorm({ numGroups: 2, numChannels: 4, ...own })),
  "groupNorm of vectors": once(
    (own) => new GroupNorm({ numGroups: 2, numChannels: 4, eps: 0.01, ...own }),
  ),
  "groupNorm: one group": once((own) => new GroupNorm({ numGroups: 1, numChannels: 3, ...own })),
  "groupNorm: plain": once(
    (own) => new GroupNorm({ numGroups: 3, numChannels: 3, affine: false, ...own }),
  ),
});
