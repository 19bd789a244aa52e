/** How one unit answers to data. */
export interface UnitStats {
  readonly unit: number;
  readonly mean: number;
  readonly std: number;
  readonly min: number;
  readonly max: number;
  /** The share of answers that are exactly 0: the unit's sparsity. */
  readonly zeroShare: number;
  /** The share that is at most 1 % of the layer's RMS. */
  readonly nearZeroShare: number;
  /** The share of answers at which |σ′| is small; null where σ′ is not known. */
  readonly saturation: number | null;
  /** Whether it is 0 on all of the data, with no slope anywhere: no loss has a gradient for it. */
  readonly isDead: boolean;
  /** `(1 − (mean |a|)² / mean a²) / (1 − 1/n)` over the n answers: 0 all alike, 1 one only. */
  readonly lifetimeSparseness: number;
  /** Null without labels. */
  readonly selectivity: Selectivity | null;
}

/** What a unit prefers. */
export interface Selectivity {
  /**
   * `(a − b) / (a + b)` of the best class's mean a and the mean b of the others': 0 none, 1 one
   * only.
   */
  readonly index: number;
  /** The class of the highest mean answer. */
  readonly favourite: number;
  /** The mean answer to each class, in the order of the classes. */
  readonly means: readonly number[];
}

export interface UnitOptions {
  /** The class of each answer. */
  readonly labels?: ArrayLike<number> | undefined;
  /** σ′ at each answer. */
  readonly slopes?: ArrayLike<number> | undefined;
  /** |σ′| below this counts as saturated. */
  readonly smallSlope: number;
  /** Answers of at most this size count as near 0. */
  readonly nearZero: number;
}

export function unitStats(unit: number, answers: Float64Array, options: UnitOptions): UnitStats {
  const { labels, slopes, smallSlope, nearZero } = options;
  const n = answers.length;
  const share = (is: (answer: number, i: number) => boolean) => answers.filter(is).length / n;
  const mean = answers.reduce((sum, a) => sum + a, 0) / n;
  const zeroShare = share((a) => a === 0);
  const hasSlope = (i: number) => slopes !== undefined && slopes[i] !== 0;
  return {
    unit,
    mean,
    std: Math.sqrt(answers.reduce((sum, a) => sum + (a - mean) ** 2, 0) / n),
    min: answers.reduce((least, a) => Math.min(least, a), Number.POSITIVE_INFINITY),
    max: answers.reduce((most, a) => Math.max(most, a), Number.NEGATIVE_INFINITY),
    zeroShare,
    nearZeroShare: share((a) => Math.abs(a) <= nearZero),
    saturation: slopes ? share((_, i) => Math.abs(slopes[i]!) < smallSlope) : null,
    isDead: zeroShare === 1 && !answers.some((_, i) => hasSlope(i)),
    lifetimeSparseness: sparseness(answers),
    selectivity: labels ? selectivityOf(answers, labels) : null,
  };
}

/**
 * How unequal some answers are: 0 if they are alike, 1 if only one is not 0, whatever their scale.
 * Vinje and Gallant, "Sparse coding and decorrelation in primary visual cortex", Science, 2000.
 */
export function sparseness(answers: ArrayLike<number>): number {
  const n = answers.length;
  let [sum, squares] = [0, 0];
  for (let i = 0; i < n; i++) {
    sum += Math.abs(answers[i]!);
    squares += answers[i]! ** 2;
  }
  if (n < 2 || squares === 0) return 0;
  return (1 - (sum / n) ** 2 / (squares / n)) / (1 - 1 / n);
}

/**
 * The class selectivity of Morcos, Barrett, Rabinowitz and Botvinick, "On the importance of single
 * directions for generalization", 2018. It is meant for answers that are not negative: those of a
 * unit with others, as of tanh, are measured from its lowest one.
 */
function selectivityOf(answers: ArrayLike<number>, labels: ArrayLike<number>): Selectivity {
  const sums = new Map<number, { sum: number; count: number }>();
  let lowest = 0;
  for (let i = 0; i < answers.length; i++) {
    lowest = Math.min(lowest, answers[i]!);
    const own = sums.get(labels[i]!) ?? { sum: 0, count: 0 };
    sums.set(labels[i]!, { sum: own.sum + answers[i]!, count: own.count + 1 });
  }
  const classes = [...sums.keys()].sort((a, b) => a - b);
  const means = classes.map((label) => sums.get(label)!.sum / sums.get(label)!.count);
  const best = means.indexOf(means.reduce((most, mean) => Math.max(most, mean)));
  const others = means.filter((_, place) => place !== best);
  const a = means[best]!;
  const b = others.length === 0 ? a : others.reduce((sum, mean) => sum + mean, 0) / others.length;
  const total = a + b - 2 * lowest;
  return { index: total > 0 ? (a - b) / total : 0, favourite: classes[best]!, means };
}
