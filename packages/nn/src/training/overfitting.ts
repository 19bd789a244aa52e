import { showNumber } from "@neurite/autograd";

/** The numbers that show a model learning its training rows by heart. */
export interface Overfitting {
  /** The epoch of the least validation loss. */
  readonly bestEpoch: number;
  /** The epoch at which it was noticed. */
  readonly epoch: number;
  /** At both epochs. */
  readonly loss: readonly [atBest: number, now: number];
  readonly validationLoss: readonly [atBest: number, now: number];
}

interface Losses {
  readonly epoch: number;
  readonly loss: number;
  readonly validationLoss?: number;
}

/** How many epochs the validation loss has to lie above its best. */
const window = 5;
/** By which part of the best it has to lie above it. */
const margin = 0.02;

/**
 * Looks whether the validation loss rises while the training loss falls: for the last five epochs
 * it lay more than 2 % above its best (the generalisation loss of Prechelt, "Early stopping, but
 * when?", 1998), and higher in their second half than in the first. Null if not.
 */
export function findOverfitting(records: readonly Losses[]): Overfitting | null {
  const judged = records.filter((record) => record.validationLoss !== undefined);
  const recent = judged.slice(-window);
  const now = recent.at(-1);
  if (recent.length < window || !now) return null;
  const best = judged.reduce((least, other) =>
    validation(other) < validation(least) ? other : least,
  );
  const bound = validation(best) + margin * Math.abs(validation(best));
  const half = Math.floor(window / 2);
  const isAbove = recent.every((record) => validation(record) > bound);
  const rises = mean(recent.slice(-half)) > mean(recent.slice(0, half));
  if (!isAbove || !rises || !(now.loss < best.loss)) return null;
  return {
    bestEpoch: best.epoch,
    epoch: now.epoch,
    loss: [best.loss, now.loss],
    validationLoss: [validation(best), validation(now)],
  };
}

/** The evidence in a sentence, and what to do. */
export function tellOverfitting({ bestEpoch, epoch, loss, validationLoss }: Overfitting): string {
  const [before, now] = validationLoss.map(showNumber);
  const [own, ownNow] = loss.map(showNumber);
  return (
    `overfitting: from epoch ${bestEpoch} to ${epoch} the validation loss rose from ${before} to ` +
    `${now} while the training loss fell from ${own} to ${ownNow}; stop early, add data, ` +
    "dropout or weight decay, or make the model smaller"
  );
}

const validation = ({ validationLoss = Number.NaN }: Losses): number => validationLoss;

const mean = (records: readonly Losses[]): number =>
  records.reduce((sum, record) => sum + validation(record), 0) / records.length;
