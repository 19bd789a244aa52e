import { Buffer } from "../buffer.js";
import { type CopyTask, copyTask } from "../program.js";

/** Copies each buffer to its place, all at once: a place may be a buffer that goes elsewhere. */
export function moved(from: readonly Buffer[], places: readonly Buffer[]): CopyTask[] {
  const moves = from.flatMap((own, i) => (own === places[i] ? [] : [{ own, to: places[i]! }]));
  // What another move is about to overwrite is put aside first.
  const isInDanger = ({ own }: { own: Buffer }) => moves.some(({ to }) => to === own);
  const aside = moves
    .filter(isInDanger)
    .map((move) => ({ ...move, by: new Buffer(move.own.spec) }));
  return [
    ...aside.map(({ own, by }) => copyTask(own, by, "put aside")),
    ...moves.filter((move) => !isInDanger(move)).map(({ own, to }) => copyTask(own, to, "move")),
    ...aside.map(({ by, to }) => copyTask(by, to, "move")),
  ].filter((task) => task.from.size > 0);
}
