import { uniform as draw, foldIn, type Key, noGrad, ValueError } from "@neurite/autograd";

/** One hyperparameter: the values it may take. */
export interface Dimension<T> {
  /** A random value. */
  sample(key: Key): T;
  /** Values that cover it: all of a choice, of a range at most `points` at equal distances. */
  grid(points: number): readonly T[];
  /** How the dimension is written, as in `uniform(0, 1)`. */
  toString(): string;
}

/** Hyperparameters by name. */
export type Space = Readonly<Record<string, Dimension<unknown>>>;

/** One value for each dimension of a space. */
export type Configuration<S extends Space> = {
  readonly [Name in keyof S]: S[Name] extends Dimension<infer T> ? T : never;
};

/** One of some values, all alike likely: numbers, names, functions, anything. */
export function choice<const T>(values: readonly T[]): Dimension<T> {
  if (values.length === 0) {
    throw new ValueError("choice", "there are no values", { fix: "give at least one" });
  }
  return {
    sample: (key) => values[Math.floor(number(key) * values.length)]!,
    grid: () => values,
    toString: () => `choice(${values.map(show).join(", ")})`,
  };
}

/** A number in [min, max). */
export function uniform(min: number, max: number): Dimension<number> {
  checkRange("uniform", min, max, Number.NEGATIVE_INFINITY);
  return {
    sample: (key) => min + (max - min) * number(key),
    grid: (points) => spread(points).map((share) => min + (max - min) * share),
    toString: () => `uniform(${min}, ${max})`,
  };
}

/** A number in [min, max) whose logarithm is uniform: for rates and sizes over decades. */
export function logUniform(min: number, max: number): Dimension<number> {
  checkRange("logUniform", min, max, 0);
  const at = (share: number) => min * (max / min) ** share;
  return {
    sample: (key) => at(number(key)),
    grid: (points) => spread(points).map(at),
    toString: () => `logUniform(${min}, ${max})`,
  };
}

/** An integer from min to max, both included. */
export function integer(min: number, max: number): Dimension<number> {
  if (!Number.isSafeInteger(min) || !Number.isSafeInteger(max) || min > max) {
    throw new ValueError("integer", `there are no integers from ${min} to ${max}`, {
      fix: "give two integers, the smaller one first",
    });
  }
  const count = max - min + 1;
  return {
    sample: (key) => min + Math.floor(number(key) * count),
    grid: (points) => {
      const places = spread(Math.min(points, count));
      return places.map((share) => Math.round(min + (max - min) * share));
    },
    toString: () => `integer(${min}, ${max})`,
  };
}

/** A random configuration; the same key gives the same one. */
export function sampleFrom<S extends Space>(space: S, key: Key): Configuration<S> {
  const entries = Object.entries(space).map(([name, dimension], i) => [
    name,
    dimension.sample(foldIn(key, i)),
  ]);
  return Object.fromEntries(entries) as Configuration<S>;
}

/** Every combination of the dimensions' grids; the last dimension changes fastest. */
export function gridOf<S extends Space>(space: S, points: number): readonly Configuration<S>[] {
  let rows: readonly (readonly [string, unknown])[][] = [[]];
  for (const [name, dimension] of Object.entries(space)) {
    const values = dimension.grid(points);
    rows = rows.flatMap((row) => values.map((value) => [...row, [name, value] as const]));
  }
  return rows.map((row) => Object.fromEntries(row) as Configuration<S>);
}

/** How tables and records write a value: functions by their names. */
export function show(value: unknown): string {
  if (typeof value === "string") return value;
  if (typeof value === "function") return value.name || "function";
  return JSON.stringify(value) ?? String(value);
}

const number = (key: Key): number => noGrad(() => draw(key, [], { dtype: "float64" })).item();

/** Shares from 0 to 1 at equal distances; 0.5 if there is but one. */
const spread = (points: number): number[] =>
  points === 1 ? [0.5] : Array.from({ length: points }, (_, i) => i / (points - 1));

function checkRange(op: string, min: number, max: number, above: number): void {
  if (Number.isFinite(min) && Number.isFinite(max) && min < max && min > above) return;
  const bound = above === 0 ? ", both above 0" : "";
  throw new ValueError(op, `the range is from ${min} to ${max}`, {
    fix: `give two numbers, the smaller one first${bound}`,
  });
}
