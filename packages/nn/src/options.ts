import { ValueError } from "@neurite/autograd";

export interface Range {
  /** The least value allowed; none if left out. */
  readonly min?: number;
  /** The bound that the value has to stay above; none if left out. */
  readonly above?: number;
  /** The largest value allowed; none if left out. */
  readonly max?: number;
  /** The bound that the value has to stay below; none if left out. */
  readonly below?: number;
}

/** Refuses an option outside its range, or NaN, naming the owner, the option and the value. */
export function checkNumber(owner: string, option: string, value: number, range: Range): void {
  const { above = Number.NEGATIVE_INFINITY, below = Number.POSITIVE_INFINITY } = range;
  const { min = -Number.MAX_VALUE, max = Number.MAX_VALUE } = range;
  if (value > above && value >= min && value <= max && value < below) return;
  const start = range.min === undefined ? `(${range.above ?? "-∞"}` : `[${min}`;
  const end =
    range.below !== undefined ? `, ${below})` : range.max !== undefined ? `, ${max}]` : ", ∞)";
  throw new ValueError(owner, `${option} is ${value}, which is not in ${start}${end}`, {
    fix: `give ${option} a value in ${start}${end}`,
  });
}

/** Refuses a number of units, inputs or the like that is not a positive integer. */
export function checkCount(owner: string, option: string, value: number): void {
  if (Number.isSafeInteger(value) && value > 0) return;
  throw new ValueError(owner, `${option} is ${value}, which is not a positive integer`, {
    fix: `give ${option} an integer of at least 1`,
  });
}
