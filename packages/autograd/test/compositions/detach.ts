import { stopGradient } from "../ops/stopGradient.js";
import type { OpSamples } from "../support/sample.js";

const under = <T extends { apply: OpSamples["samples"][number]["apply"] }>(item: T): T => ({
  ...item,
  apply: (x) => x!.detach(),
});

/** Another name of stopGradient: the same samples. */
export const detach: OpSamples = {
  ...stopGradient,
  samples: stopGradient.samples.map(under),
  specials: stopGradient.specials.map(under),
};
