import { compile, concat, noGrad, type Operand, type Tensor, variable } from "@neurite/autograd";
import type { Model } from "./model.js";

/** The numbers of one tensor. */
export interface TensorStatistics {
  readonly mean: number;
  /** The root of the mean square. */
  readonly rms: number;
  /** The largest absolute value. */
  readonly largest: number;
  /** Which part of the elements is exactly 0. */
  readonly zeroShare: number;
}

/** A parameter after a step, the gradient by which it moved, and how far it moved. */
export interface ParameterReport {
  readonly weight: TensorStatistics;
  /** As the optimizer saw it; null for a parameter that gets none. */
  readonly gradient: TensorStatistics | null;
  /** The rms of the update by the rms of the parameter before it: about 1e-3 is usual. */
  readonly updateRatio: number;
}

/** Measures a step from both of its sides. */
export interface StatisticsProbe {
  /** Before the step: remembers the parameters. */
  begin(): void;
  /** After the step: parameters by path. */
  end(): Readonly<Record<string, ParameterReport>>;
}

/** Numbers in a row for each parameter: four of it, four of its gradient, the ratio. */
const width = 9;

/** Measures parameters apart from the step; compiled, nothing but the numbers leaves the engine. */
export function statisticsProbe(model: Model, isCompiled: boolean): StatisticsProbe {
  const named = [...model.namedParameters()];
  const before = named.map(([, parameter]) => variable(parameter.constantLike(0)));
  const remember = () => {
    for (const [i, [, parameter]] of named.entries()) before[i]!.assign(parameter);
  };
  const measure = () =>
    noGrad(() =>
      concat(
        named
          .flatMap(([, parameter], i) => {
            const { grad } = parameter;
            const moved = rms(parameter.sub(before[i]!)).div(rms(before[i]!));
            return [...numbersOf(parameter), ...numbersOf(grad ?? before[i]!), moved];
          })
          .map((number) => number.cast("float64").reshape([1])),
      ),
    );
  const begin = isCompiled ? compile(remember) : remember;
  const read: () => Tensor = isCompiled ? compile(measure) : measure;
  return {
    begin: () => void begin(),
    end() {
      const numbers = read().toTypedArray();
      const reports = named.map(([path, { hasGrad }], i) => {
        const row = numbers.subarray(i * width, (i + 1) * width);
        const weight = statisticsOf(row);
        const gradient = hasGrad ? statisticsOf(row.subarray(4)) : null;
        return [path, { weight, gradient, updateRatio: row[8]! }] as const;
      });
      return Object.fromEntries(reports);
    },
  };
}

const numbersOf = (x: Operand): readonly Tensor[] => [
  x.mean(),
  rms(x),
  x.abs().max(),
  x.eq(0).cast(x.asTensor().dtype).mean(),
];

const rms = (x: Operand): Tensor => x.square().mean().sqrt();

const statisticsOf = (row: ArrayLike<number>): TensorStatistics => ({
  mean: row[0]!,
  rms: row[1]!,
  largest: row[2]!,
  zeroShare: row[3]!,
});
