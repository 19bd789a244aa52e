import { ValueError } from "@neurite/autograd";
import { nearest } from "./data/nearest.js";

/**
 * Refuses an option that nobody would read, naming it and the one that was meant; returns the
 * options. TypeScript sees most of these mistakes, JavaScript none.
 */
export function checkOptions<Options extends object>(
  owner: string,
  options: Options,
  known: readonly (keyof Options & string)[],
): Options {
  const list = `The options are ${known.join(", ")}`;
  if (typeof options !== "object" || options === null || Array.isArray(options)) {
    const found = Array.isArray(options) ? "a list" : String(options);
    throw new ValueError(owner, `expected options by name, got ${found}`, {
      fix: `name them, as in { ${known[0]}: ... }. ${list}`,
    });
  }
  const unknown = Object.keys(options).find((name) => !known.some((own) => own === name));
  if (unknown === undefined) return options;
  const own = counterpart(unknown, known) ?? nearest(unknown, known);
  throw new ValueError(owner, `there is no option ${JSON.stringify(unknown)}`, {
    fix: `${own === undefined ? "leave it out." : `did you mean ${own}?`} ${list}`,
  });
}

/** The option that has another name elsewhere, as learningRate is lr in PyTorch. */
function counterpart(name: string, known: readonly string[]): string | undefined {
  const own = elsewhere.get(name.toLowerCase().replaceAll("_", ""));
  return own?.find((one) => known.includes(one));
}

/** Our names by those in PyTorch and Keras, in lower case and without underscores. */
const elsewhere = new Map<string, readonly string[]>([
  ["lr", ["learningRate"]],
  ["maxlr", ["maxLearningRate"]],
  ["minlr", ["minLearningRate"]],
  ["lrdecay", ["learningRateDecay"]],
  ["beta1", ["betas"]],
  ["beta2", ["betas"]],
  ["epsilon", ["eps"]],
  ["decay", ["weightDecay"]],
  ["l2", ["weightDecay"]],
  ["rate", ["p", "dropout"]],
  ["infeatures", ["inputs"]],
  ["inputsize", ["inputs"]],
  ["inputdim", ["inputs", "numEmbeddings"]],
  ["outfeatures", ["units"]],
  ["outputdim", ["embeddingDim"]],
  ["hiddensize", ["hidden"]],
  ["units", ["hidden"]],
  ["usebias", ["bias"]],
  ["kernelinitializer", ["weightInit"]],
  ["biasinitializer", ["biasInit"]],
  ["filters", ["outChannels"]],
  ["dilationrate", ["dilation"]],
  ["poolsize", ["kernelSize"]],
  ["numchannels", ["numFeatures"]],
  ["numfeatures", ["numChannels"]],
  ["groups", ["numGroups"]],
  ["x", ["inputs"]],
  ["y", ["targets"]],
  ["validationdata", ["validation"]],
  ["classweight", ["classWeights"]],
  ["verbose", ["progress"]],
]);
