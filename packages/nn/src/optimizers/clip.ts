import { GradientError, noGrad, stack, type Tensor, type Variable } from "@neurite/autograd";
import { checkNumber } from "../options.js";

export interface ClipGradNormOptions {
  /** Which norm: 2 by default, Infinity for the largest magnitude. */
  readonly normType?: number;
}

/**
 * Scales all gradients together so that their norm is at most `maxNorm`: by
 * `min(1, maxNorm/(norm + 1e-6))`. Call it between `backward()` and `step()`, also in a compiled
 * step. Returns the norm before, the one of all gradients as one vector: a tensor with one element,
 * in their dtype (float64 if there are both). Parameters without a gradient are left out; if none
 * has one, that is an error. As PyTorch's clip_grad_norm_. Pascanu, Mikolov and Bengio, "On the
 * difficulty of training recurrent neural networks", ICML 2013.
 */
export function clipGradNorm(
  parameters: Iterable<Variable>,
  maxNorm: number,
  { normType: p = 2 }: ClipGradNormOptions = {},
): Tensor {
  checkNumber("clipGradNorm", "maxNorm", maxNorm, { min: 0 });
  if (p !== Number.POSITIVE_INFINITY) checkNumber("clipGradNorm", "normType", p, { min: 1 });
  return noGrad(() => {
    const clipped = withGradients("clipGradNorm", parameters);
    const norm = normOf(
      clipped.map(({ gradient }) => gradient.norm(undefined, { p })),
      p,
    );
    const factor = norm.add(1e-6).reciprocal().mul(maxNorm).minimum(1);
    for (const { parameter, gradient } of clipped) {
      parameter.grad = gradient.mul(factor.cast(gradient.dtype));
    }
    return norm;
  });
}

/**
 * Keeps every element of every gradient in [−maxValue, maxValue]. As PyTorch's clip_grad_value_.
 */
export function clipGradValue(parameters: Iterable<Variable>, maxValue: number): void {
  checkNumber("clipGradValue", "maxValue", maxValue, { min: 0 });
  noGrad(() => {
    for (const { parameter, gradient } of withGradients("clipGradValue", parameters)) {
      parameter.grad = gradient.clamp(-maxValue, maxValue);
    }
  });
}

/** The norm of norms: that of all elements at once. */
function normOf(norms: readonly Tensor[], p: number): Tensor {
  if (norms.length === 1) return norms[0]!;
  const dtype = norms.some((norm) => norm.dtype === "float64") ? "float64" : "float32";
  return stack(norms.map((norm) => norm.cast(dtype))).norm(undefined, { p });
}

function withGradients(
  op: string,
  parameters: Iterable<Variable>,
): readonly { readonly parameter: Variable; readonly gradient: Tensor }[] {
  const all = [...new Set(parameters)];
  const found = all.flatMap((parameter) => {
    const gradient = parameter.grad;
    return gradient === null ? [] : [{ parameter, gradient }];
  });
  if (found.length > 0) return found;
  throw new GradientError(op, `none of the ${all.length} parameters has a gradient`, {
    fix: `call loss.backward() before ${op}, and step() after it`,
  });
}
