import { bernoulli, guarded, split, type Tensor, variable } from "@neurite/autograd";
import { Module, type ModuleOptions } from "../module.js";
import { checkOptions } from "../option-names.js";
import { checkNumber } from "../options.js";

export interface DropoutOptions extends ModuleOptions {
  /** The probability with which each element is dropped; 0.5 by default. */
  readonly p?: number;
}

/**
 * While training, sets each element to 0 with probability p and scales the others by `1/(1 − p)`,
 * so that the mean stays; the identity after `eval()`. Every call draws another mask, and the same
 * key gives the same sequence of masks. Srivastava, Hinton et al., "Dropout", JMLR, 2014.
 */
export class Dropout extends Module {
  /** The random key of the next call: state, but nothing that learns. */
  readonly key = variable(this.nextKey());
  readonly #probability = { value: 0 };

  constructor(options: DropoutOptions = {}) {
    super(checkOptions("Dropout", options, ["p", "key", "dtype"]));
    this.p = options.p ?? 0.5;
  }

  /** The probability with which each element is dropped, in [0, 1]. */
  get p(): number {
    return guarded(this.#probability);
  }

  set p(p: number) {
    checkNumber("Dropout", "p", p, { min: 0, max: 1 });
    this.#probability.value = p;
  }

  forward(x: Tensor): Tensor {
    if (!this.training) return x;
    const { p } = this;
    const [next, own] = split(this.key);
    if ("assign" in this.key) this.key.assign(next!);
    else Object.assign(this, { key: next }); // a value, until functionalCall puts the variable back
    const kept = bernoulli(own!, 1 - p, x.shape).as("kept");
    return kept.where(x, 0).mul(p === 1 ? 0 : 1 / (1 - p));
  }

  override torchName(): null {
    return null; // PyTorch keeps its random state elsewhere
  }
}
