import { ValueError } from "@neurite/autograd";

interface Range {
  /** The least value allowed. */
  readonly min: number;
  /** The largest value allowed; none if left out. */
  readonly max?: number;
  /** The bound that the value has to stay below; none if left out. */
  readonly below?: number;
}

/** Refuses an option outside its range, or NaN, naming the owner, the option and the value. */
export function checkNumber(owner: string, option: string, value: number, range: Range): void {
  const { min, max = Number.MAX_VALUE, below = Number.POSITIVE_INFINITY } = range;
  if (value >= min && value <= max && value < below) return;
  const end =
    range.below !== undefined ? `, ${below})` : range.max !== undefined ? `, ${max}]` : ", ∞)";
  throw new ValueError(owner, `${option} is ${value}, which is not in [${min}${end}`, {
    fix: `give ${option} a value in [${min}${end}`,
  });
}

/** Refuses a number of units, inputs or the like that is not a positive integer. */
export function checkCount(owner: string, option: string, value: number): void {
  if (Number.isSafeInteger(value) && value > 0) return;
  throw new ValueError(owner, `${option} is ${value}, which is not a positive integer`, {
    fix: `give ${option} an integer of at least 1`,
  });
}
