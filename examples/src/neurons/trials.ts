import { dendritic } from "./dendritic.js";
import { gated } from "./gated.js";
import { maxout } from "./maxout.js";
import { productUnit } from "./product-unit.js";
import { quadratic } from "./quadratic.js";
import { radialBasis } from "./radial-basis.js";
import { sinusoidal } from "./sinusoidal.js";
import { spiking } from "./spiking.js";
import type { Trial } from "./trial.js";

export const trials: readonly Trial[] = [
  radialBasis,
  maxout,
  quadratic,
  gated,
  sinusoidal,
  spiking,
  dendritic,
  productUnit,
];
