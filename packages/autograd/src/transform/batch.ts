import type { Tensor } from "../op.js";
import { placeholder } from "../ops/leaf.js";
import type { ProjectAttrs } from "../ops/project.js";
import { withRecording } from "../recording.js";
import { leaf, record, recordTuple } from "../tensor.js";
import { between, type Piece } from "../trace/graph.js";
import { again, interpret } from "../trace/interpret.js";
import { elementwiseInPlace } from "./lanes-in-place.js";

/** What stands for a node in all lanes: one tensor for all, or one with the lanes along axis 0. */
export interface Lanes {
  readonly tensor: Tensor;
  readonly batched: boolean;
  /** The results, if the node holds several. */
  readonly parts?: readonly Lanes[];
}

/** The same for every lane. */
export const shared = (tensor: Tensor): Lanes => ({ tensor, batched: false });

/** Lanes of their own, along axis 0. */
export const batched = (tensor: Tensor): Lanes => ({ tensor, batched: true });

/** With lanes along axis 0 in any case: repeated, without a copy, if they are all the same. */
export const spread = ({ tensor, batched }: Lanes, lanes: number): Tensor =>
  batched ? tensor : tensor.broadcastTo([lanes, ...tensor.shape]);

/** Records a piece once for many lanes; returns what each of its nodes became. */
export const batchPiece = (
  piece: Pick<Piece, "inputs" | "body">,
  given: readonly Lanes[],
  lanes: number,
): ((node: Tensor) => Lanes) =>
  interpret(piece, given, shared, (node, inputs) => batchNode(node, inputs, lanes));

function batchNode(node: Tensor, inputs: readonly Lanes[], lanes: number): Lanes {
  const { op, attrs } = node;
  if (op.pick) return inputs[0]!.parts![(attrs as ProjectAttrs).index]!;
  const bare = inputs.map(({ tensor }) => tensor);
  if (!inputs.some(({ batched }) => batched)) {
    const tensor = again(node, () => (op.tuple ? recordTuple : record)(op, bare, attrs));
    return { tensor, batched: false, parts: op.tuple ? tensor.results().map(shared) : [] };
  }
  const context = {
    get x() {
      return inputs.map((input) => spread(input, lanes));
    },
    bare,
    batched: inputs.map(({ batched }) => batched),
    lanes,
    attrs,
    apply: (x: readonly Tensor[], attrs: unknown) => record(op, x, attrs),
  };
  if (!op.tuple) {
    const inPlace = () => elementwiseInPlace(op, inputs, attrs) ?? op.batch(context as never);
    return batched(again(node, inPlace));
  }
  const parts = again(node, () => op.tuple!.batch(context));
  return { tensor: parts[0]!.tensor, batched: true, parts };
}

/** A placeholder for one lane of what has lanes, or for what is the same in all. */
export const laneOf = ({ tensor: { shape, dtype }, batched }: Lanes): Tensor =>
  leaf(placeholder, { shape: batched ? shape.slice(1) : shape, dtype }, undefined);

/** A piece that computes all lanes of another, and which of its outputs have lanes. */
export interface PieceOfLanes {
  readonly piece: Piece;
  readonly batched: readonly boolean[];
}

/**
 * The piece that computes all lanes of another, where the inputs named by `batched` have lanes. Its
 * outputs have them where they differ from lane to lane, or where `spreads` says so. Its first
 * inputs are those of the other; the rest is what it uses besides.
 */
export function pieceOfLanes(
  piece: Piece,
  batched: readonly boolean[],
  lanes: number,
  spreads: (output: number) => boolean = () => false,
): PieceOfLanes {
  return withRecording(true, () => {
    const given = piece.inputs.map(({ shape, dtype }, i): Lanes => {
      const own = batched[i] ? [lanes, ...shape] : shape;
      return {
        tensor: leaf(placeholder, { shape: own, dtype }, undefined),
        batched: batched[i]!,
      };
    });
    const meaning = batchPiece(piece, given, lanes);
    const outputs = piece.outputs.map((node, i) => {
      const own = meaning(node);
      return spreads(i) ? { tensor: spread(own, lanes), batched: true } : own;
    });
    const inputs = given.map(({ tensor }) => tensor);
    return {
      piece: closed(
        inputs,
        outputs.map(({ tensor }) => tensor),
      ),
      batched: outputs.map(({ batched }) => batched),
    };
  });
}

/** The results of a batched call: with lanes where the piece says so. */
export const resultsOfLanes = (all: Tensor, { batched }: PieceOfLanes): Lanes[] =>
  all.results().map((tensor, i) => ({ tensor, batched: batched[i]! }));

/** The piece between inputs and outputs, with all that it uses besides among its inputs. */
export function closed(inputs: readonly Tensor[], outputs: readonly Tensor[]): Piece {
  const piece = between(inputs, outputs);
  return { ...piece, inputs: [...inputs, ...piece.free], free: [] };
}
