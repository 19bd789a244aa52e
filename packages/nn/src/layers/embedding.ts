import { arange, DTypeError, type Tensor, ValueError, type Variable } from "@neurite/autograd";
import { type Init, normal } from "../init.js";
import { Module, type ModuleOptions } from "../module.js";
import { checkOptions } from "../option-names.js";
import { checkCount } from "../options.js";

export interface EmbeddingOptions extends ModuleOptions {
  /** How many tokens there are: 0 to numEmbeddings − 1. */
  readonly numEmbeddings: number;
  /** How many numbers stand for a token. */
  readonly embeddingDim: number;
  /**
   * The token that fills sequences up: its row begins as zeros and never learns. A negative one
   * counts from the end.
   */
  readonly paddingIdx?: number;
  /** How the rows begin; normal with deviation 1 by default. */
  readonly weightInit?: Init;
}

/**
 * A table with a row of numbers for each token: int32 of any shape `[…]` becomes
 * `[…, embeddingDim]`. A token that is not in the table is an error. Bengio, Ducharme, Vincent and
 * Jauvin, "A neural probabilistic language model", JMLR, 2003.
 */
export class Embedding extends Module {
  /** `[numEmbeddings, embeddingDim]`. */
  readonly weight: Variable;
  readonly numEmbeddings: number;
  readonly embeddingDim: number;
  readonly paddingIdx: number | undefined;

  constructor(options: EmbeddingOptions) {
    super(
      checkOptions("Embedding", options, [
        "numEmbeddings",
        "embeddingDim",
        "paddingIdx",
        "weightInit",
        "key",
        "dtype",
      ]),
    );
    const { numEmbeddings, embeddingDim, weightInit = normal() } = options;
    checkCount("Embedding", "numEmbeddings", numEmbeddings);
    checkCount("Embedding", "embeddingDim", embeddingDim);
    this.numEmbeddings = numEmbeddings;
    this.embeddingDim = embeddingDim;
    const paddingIdx = readPaddingIdx(options);
    this.paddingIdx = paddingIdx;
    this.weight = this.parameter([numEmbeddings, embeddingDim], {
      init: paddingIdx === undefined ? weightInit : withoutRow(paddingIdx, weightInit),
    });
  }

  forward(tokens: Tensor): Tensor {
    if (tokens.dtype !== "int32") {
      throw new DTypeError("Embedding", `tokens must be int32, got ${tokens.dtype}`, {
        shapes: [tokens.shape],
        fix: 'make them with tensor(tokens, { dtype: "int32" }), or convert with .cast("int32")',
      });
    }
    const rows = this.weight.indexSelect(tokens.reshape([tokens.size]), 0);
    const looked = rows.reshape([...tokens.shape, this.embeddingDim]);
    if (this.paddingIdx === undefined) return looked;
    return tokens.eq(this.paddingIdx).unsqueeze(-1).where(looked.stopGradient(), looked);
  }
}

function readPaddingIdx({ numEmbeddings, paddingIdx }: EmbeddingOptions): number | undefined {
  if (paddingIdx === undefined) return undefined;
  const index = paddingIdx < 0 ? numEmbeddings + paddingIdx : paddingIdx;
  if (Number.isInteger(index) && index >= 0 && index < numEmbeddings) return index;
  const problem = `paddingIdx is ${paddingIdx}, which is not one of the ${numEmbeddings} tokens`;
  throw new ValueError("Embedding", problem, {
    fix: `give paddingIdx an integer from ${-numEmbeddings} to ${numEmbeddings - 1}`,
  });
}

/** Zeros in one row. */
const withoutRow =
  (row: number, init: Init): Init =>
  (shape, key, dtype) =>
    arange(shape[0]!, { dtype: "int32" })
      .eq(row)
      .unsqueeze(-1)
      .where(0, init(shape, key, dtype));
