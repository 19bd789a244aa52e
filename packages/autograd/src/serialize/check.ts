import { checkDTypes } from "../dtype.js";
import { ShapeError } from "../errors.js";
import type { Family, Op, Spec, Tensor } from "../op.js";
import { checkShape, sameShape, showShape } from "../shape.js";
import type { Piece } from "../trace/graph.js";
import type { ScanAttrs } from "../transform/scan-op.js";
import { malformed } from "./malformed.js";

// What holds between a node and its inputs. Methods see to it while a graph is recorded; of a file
// it has to be found out.

/** Families whose inputs have one shape: broadcasting was recorded before them. */
const elementwise: readonly Family[] = ["unary", "binary", "comparison", "selection"];

/** Families whose inputs have one dtype; a selection's condition has its own. */
const alike: readonly Family[] = ["binary", "comparison", "contraction", "recurrence"];

/** How many inputs an op takes; undefined for any number. */
function arityOf(op: Op): number | undefined {
  if (op.pick) return 1;
  return Array.isArray(op.vjp) ? op.vjp.length : undefined;
}

/** Refuses a wrong number of inputs, and results of several where one is meant. */
export function checkArity(op: Op, inputs: readonly Tensor[], where: string): void {
  const arity = arityOf(op);
  if (arity !== undefined && inputs.length !== arity) {
    throw malformed(`${where} has ${inputs.length} inputs, the op takes ${arity}`);
  }
  if (inputs.length === 0 && arity !== 0) throw malformed(`${where} has no inputs`);
  const isTuple = inputs.some((input) => input.op.tuple);
  if (isTuple === (op.pick !== undefined)) return;
  throw malformed(
    isTuple
      ? `${where} takes a node of several results, of which project picks one`
      : `${where} picks one of several results from a node that has only one`,
  );
}

/** Refuses inputs of shapes or dtypes that do not go together. */
export function checkInputs(op: Op, inputs: readonly Spec[], where: string): void {
  if (elementwise.includes(op.family)) {
    for (const input of inputs) checkShapes(input, inputs[0]!, `${where}: an input`);
  }
  if (alike.includes(op.family)) checkDTypes(op.name, inputs);
  if (op.family === "selection") checkDTypes(op.name, inputs.slice(1));
}

/** Refuses a result that is declared otherwise than it follows from the op and its inputs. */
export function checkResult(declared: Spec, inferred: Spec, where: string): void {
  if (sameShape(declared.shape, inferred.shape) && declared.dtype === inferred.dtype) return;
  const [said, is] = [declared, inferred].map((x) => `${x.dtype} ${showShape(x.shape)}`);
  throw new ShapeError(
    "deserialize",
    `${where} is declared ${said}, but its inputs make it ${is}`,
    {
      shapes: [declared.shape, inferred.shape],
      fix: "correct the declaration, or write the file again with serialize",
    },
  );
}

function checkShapes(found: Spec, expected: Spec, what: string): void {
  if (sameShape(found.shape, expected.shape)) return;
  const [is, other] = [found, expected].map(({ shape }) => showShape(shape));
  throw new ShapeError("deserialize", `${what} has the shape ${is}, expected ${other}`, {
    shapes: [found.shape, expected.shape],
    fix: "the inputs of an elementwise op have one shape: broadcastTo comes before it",
  });
}

/** Refuses operands that a piece is not made for, and counts that it does not have. */
export function checkCall(op: Op, inputs: readonly Tensor[], attrs: unknown, where: string): void {
  const expected = operandsOf[op.name]?.(attrs, where);
  if (!expected) return;
  if (expected.length !== inputs.length) {
    throw malformed(`${where} has ${inputs.length} inputs, its piece takes ${expected.length}`);
  }
  for (const [i, spec] of expected.entries()) checkResult(spec, inputs[i]!, `${where}: input ${i}`);
}

/** What the operands of an op with a piece have to be. */
const operandsOf: Readonly<Record<string, (attrs: unknown, where: string) => readonly Spec[]>> = {
  checkpoint: (attrs) => (attrs as { readonly piece: Piece }).piece.inputs,
  scan: (attrs, where) => {
    const { step, carries, sequences, results, length } = attrs as ScanAttrs;
    if (carries + sequences > step.inputs.length || carries + results > step.outputs.length) {
      throw malformed(`${where} counts more carries, sequences or results than its step has`);
    }
    for (const [i, carry] of step.inputs.slice(0, carries).entries()) {
      checkResult(step.outputs[i]!, carry, `${where}: the next carry ${i}`);
    }
    return step.inputs.map(({ shape, dtype }, i) => {
      const isSequence = i >= carries && i < carries + sequences;
      return { shape: isSequence ? [length, ...shape] : shape, dtype };
    });
  },
};

/** Refuses results that nobody could hold, before they are computed. */
export function checkSize(specs: readonly Spec[]): void {
  for (const { shape } of specs) checkShape("deserialize", shape);
}
