import { checkCount } from "../options.js";
import type { StatisticsEvent, TrainingCallback } from "./callback.js";
import type { Json } from "./checkpoint/training-state.js";
import type { ParameterReport, TensorStatistics } from "./statistics.js";

interface HistoryOptions {
  /** After every how many steps to measure; 10 by default. */
  readonly every?: number;
}

/** The parameters at one step. */
interface At<Numbers> {
  readonly epoch: number;
  readonly step: number;
  /** By path. */
  readonly parameters: Readonly<Record<string, Numbers>>;
}

/** A weight's numbers, and how far the step moved it. */
export type WeightStatistics = TensorStatistics & Pick<ParameterReport, "updateRatio">;

/** A callback that keeps what it has seen. */
export interface ParameterHistory<Numbers> extends TrainingCallback {
  readonly records: readonly At<Numbers>[];
}

/** Keeps mean, rms, largest magnitude and share of zeros of each parameter's gradient. */
export const gradientHistory = (options?: HistoryOptions): ParameterHistory<TensorStatistics> =>
  historyOf("gradientHistory", ({ gradient }) => gradient, options);

/** Keeps the same of each parameter, and by which part of its rms the step moved it. */
export const weightHistory = (options?: HistoryOptions): ParameterHistory<WeightStatistics> =>
  historyOf("weightHistory", ({ weight, updateRatio }) => ({ ...weight, updateRatio }), options);

function historyOf<Numbers extends object>(
  name: string,
  choose: (report: ParameterReport) => Numbers | null,
  { every = 10 }: HistoryOptions = {},
): ParameterHistory<Numbers> {
  checkCount(name, "every", every);
  const records: At<Numbers>[] = [];
  return {
    name,
    records,
    statisticsEvery: every,
    onStart() {
      records.length = 0;
    },
    onStatistics({ epoch, step, parameters }: StatisticsEvent) {
      const chosen = Object.entries(parameters).flatMap(([path, report]): [string, Numbers][] => {
        const numbers = choose(report);
        return numbers ? [[path, numbers]] : [];
      });
      records.push({ epoch, step, parameters: Object.fromEntries(chosen) });
    },
    save: () => ({ json: [...records] as unknown as Json }),
    restore({ json }) {
      records.push(...(json as unknown as readonly At<Numbers>[]));
    },
  };
}
