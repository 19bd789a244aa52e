import {
  type TensorStats,
  type TensorStatsOptions,
  tensorStats,
  ValueError,
} from "@neurite/autograd";
import type { StateDict } from "../state.js";
import { type Change, changeOf } from "./weights.js";

/** What some tensors were at a step of training: `{ step, tensors: model.stateDict() }`. */
export interface Snapshot {
  readonly step: number;
  readonly tensors: StateDict;
}

/** One tensor at one step. */
export interface EvolutionPoint extends TensorStats {
  readonly step: number;
  /** Since the snapshot before; null at the first. */
  readonly change: Change | null;
  /** Since the first snapshot. */
  readonly sinceStart: Change;
}

/**
 * How tensors, weights or gradients, change over training, by path. The histograms of one path
 * share their parts, so that they can be laid side by side.
 */
export function evolution(
  snapshots: readonly Snapshot[],
  { bins = 20 }: Pick<TensorStatsOptions, "bins"> = {},
): Readonly<Record<string, readonly EvolutionPoint[]>> {
  const [first] = snapshots;
  if (!first) {
    throw new ValueError("evolution", "there are no snapshots", {
      fix: "take some while training: { step, tensors: model.stateDict() }",
    });
  }
  const paths = Object.keys(first.tensors).filter((path) =>
    snapshots.every(({ tensors }) => tensors[path]?.dtype.startsWith("float")),
  );
  return Object.fromEntries(
    paths.map((path) => {
      const all = snapshots.map(({ tensors }) => tensors[path]!);
      const spans = all.map((tensor) => tensorStats(tensor));
      const range = [
        Math.min(...spans.map(({ min }) => min)),
        Math.max(...spans.map(({ max }) => max)),
      ] as const;
      const points = snapshots.map(({ step }, i) => ({
        step,
        ...tensorStats(all[i]!, { bins, range }),
        change: i === 0 ? null : changeOf(all[i - 1]!, all[i]!),
        sinceStart: changeOf(all[0]!, all[i]!),
      }));
      return [path, points];
    }),
  );
}
