import { cotangentsAt } from "../differentiate/grad.js";
import { topology } from "../differentiate/topology.js";
import { isFloat } from "../dtype.js";
import { GradientError } from "../errors.js";
import type { Tensor } from "../op.js";
import { withRecording } from "../recording.js";
import type { Piece } from "../trace/graph.js";
import { recordAgain } from "../trace/interpret.js";

/**
 * The nodes of a piece whose values its derivative reads: what to save so that nothing has to be
 * computed again. The derivative is taken once, on placeholders, and looked through from its end.
 */
export const residualsOf = (piece: Piece, given: readonly Tensor[]): Tensor[] =>
  withRecording(true, () => {
    const own = piece.inputs.map((input) => input.placeholderLike());
    const again = recordAgain(piece, own);
    const roots = piece.outputs.map(again).filter(({ dtype }) => isFloat(dtype));
    const wanted = own.filter(
      ({ dtype }, i) =>
        isFloat(dtype) && (given.includes(piece.inputs[i]!) || !isGiven(piece.inputs[i]!)),
    );
    const images = new Map<Tensor, Tensor>();
    for (const node of piece.body) {
      const copies = again(node).results();
      for (const [i, result] of node.results().entries()) images.set(copies[i]!, result);
    }
    const { nodes } = topology(derivativeOf(roots, wanted), new Set(images.keys()));
    return nodes.flatMap((node) => images.get(node) ?? []);
  });

/** Nothing where there is no derivative: whether anybody needs one is not known yet. */
function derivativeOf(roots: readonly Tensor[], wanted: readonly Tensor[]): Tensor[] {
  const seeds = roots.map((root) => root.placeholderLike());
  try {
    return cotangentsAt(roots, seeds, wanted);
  } catch (error) {
    if (error instanceof GradientError) return [];
    throw error;
  }
}

/** A number that was written down: nobody asks for the gradient by it. */
const isGiven = (node: Tensor): boolean =>
  node.inputs.length === 0 && node.value !== undefined && node.variable === undefined;
