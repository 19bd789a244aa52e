import { checkFunction, checkList } from "../arguments.js";
import { GradientError, ShapeError, TraceError } from "../errors.js";
import type { CheckOptions } from "../inspect/check.js";
import { verifyRules } from "../inspect/verify.js";
import type { Operand } from "../methods/operand.js";
import type { Op, Tensor, VjpContext } from "../op.js";
import { sameShape, showShape } from "../shape.js";
import { recordTuple } from "../tensor.js";
import { type Graph, type Piece, readCapture } from "../trace/graph.js";
import { run } from "../trace/interpret.js";
import { traceOn } from "../trace/trace.js";
import { closed, pieceOfLanes, resultsOfLanes } from "./batch.js";
import { call } from "./call.js";
import { vmap } from "./vmap.js";

/** The cotangent of one input: the letters are those of the ops' own rules. */
export type CustomRule = (context: Omit<VjpContext, "attrs">) => Tensor;

export interface CustomVjpOptions extends Pick<CheckOptions, "order"> {
  /** The name in graphs and errors; that of the function by default. */
  readonly name?: string;
  /** Inputs (float64; int32 and bool ones are held) at which the rules are checked. */
  readonly samples: readonly (readonly Operand[])[];
  /** Says that the rules are meant to differ from the derivative, and after whom. */
  readonly surrogate?: string;
}

interface CustomAttrs {
  readonly piece: Piece;
  /** How many inputs have a rule: the arguments. The others are what the function closed over. */
  readonly ruled: number;
  readonly cotangent: (slot: number, g: Tensor, x: readonly Tensor[], y: Tensor) => Tensor;
}

/**
 * Gives a function derivative rules of its own, one for each argument, or null where no gradient
 * flows. They are checked here and now, to the second order (`order` says otherwise): a wrong one
 * is refused, with the input, the element and both numbers.
 */
export function customVjp<X extends readonly Operand[]>(
  f: (...x: X) => Operand,
  rules: { readonly [K in keyof X]: CustomRule | null },
  options: CustomVjpOptions,
): (...x: X) => Tensor {
  checkFunction("customVjp", f);
  checkList("customVjp", rules, "rules", "give one rule for each argument, as in [({ g }) => g]");
  const { name = f.name || "customVjp", samples = [], surrogate, order = 2 } = options ?? {};
  const op = customOp(name, rules, surrogate);
  const apply = (...inputs: X): Tensor => {
    const own = inputs.map((input) => input.placeholderLike());
    const { graph } = traceOn(name, f, own);
    if (graph.writes.length > 0) throw assigned(name, graph);
    const given = [...graph.inputs, ...graph.captures.map(({ node }) => node)];
    const piece = closed(given, graph.outputs);
    const operands = [
      ...inputs.map((input) => input.asTensor()),
      ...graph.captures.map(readCapture),
      ...piece.inputs.slice(given.length),
    ];
    const cotangent: CustomAttrs["cotangent"] = (slot, g, x, y) => rules[slot]!({ g, x, y });
    return recordTuple(op, operands, { piece, ruled: inputs.length, cotangent }).results()[0]!;
  };
  const calls = samples.map((inputs) => ({
    inputs,
    apply: apply as unknown as (...x: Tensor[]) => Tensor,
  }));
  verifyRules(calls, { name, order, surrogate, differentiable: true });
  return apply;
}

const customOp = (
  name: string,
  rules: readonly (CustomRule | null)[],
  surrogate: string | undefined,
): Op<CustomAttrs> => {
  const op: Op<CustomAttrs> = call<CustomAttrs>({
    name,
    formula: {
      forward: `y = ${name}(x)`,
      vjp: rules.map((rule) => (rule ? "a rule of its own" : "none")),
    },
    ...(surrogate !== undefined && { surrogate }),
    outputs: (_, { piece }) => piece.outputs,
    run: (x, { piece }) => run(piece, x),
    vjp: ({ g, x, y, attrs: { ruled, cotangent }, needed }) => {
      const free = x.find((_, slot) => needed[slot] && slot >= ruled);
      if (free) throw closedOver(name, free);
      return x.map((input, slot) => {
        if (!needed[slot] || !rules[slot]) return undefined;
        const result = cotangent(slot, g[0]!, x.slice(0, ruled), y[0]!);
        if (sameShape(result.shape, input.shape) && result.dtype === input.dtype) return result;
        throw wrongShape(name, slot, result, input);
      });
    },
    batch: ({ bare, batched, lanes, attrs }) => {
      const all = pieceOfLanes(attrs.piece, batched, lanes, () => true);
      const axes = batched.slice(0, attrs.ruled).map((own) => (own ? 0 : null));
      const cotangent: CustomAttrs["cotangent"] = (slot, g, x, y) => {
        const ofLane = (g: Tensor, y: Tensor, x: readonly Tensor[]) =>
          attrs.cotangent(slot, g, x, y);
        const each = vmap(ofLane, { inAxes: [0, 0, axes] })(g, y, x) as Tensor;
        return batched[slot] ? each : each.sum(0);
      };
      const { piece } = all;
      const operands = [...bare, ...piece.inputs.slice(bare.length)];
      const result = recordTuple(op, operands, { piece, ruled: attrs.ruled, cotangent });
      return resultsOfLanes(result, all);
    },
  });
  return op;
};

function closedOver(name: string, { label, shape, variable }: Tensor): GradientError {
  const what = `${variable ? "the variable" : "a tensor"} ${label ?? showShape(shape)}`;
  const problem = `a gradient is asked for by ${what}, which the function closed over`;
  return new GradientError(name, problem, {
    shapes: [shape],
    fix: "pass it as an argument and give it a rule, or stop its gradient",
  });
}

function assigned(name: string, { writes: [write] }: Graph): TraceError {
  const what = write!.cell.label ?? "a variable";
  return new TraceError(name, `the function assigns ${what}, or asks for its gradient`, {
    fix: "return the value and assign it outside",
  });
}

function wrongShape(name: string, slot: number, result: Tensor, input: Tensor): ShapeError {
  const [got, expected] = [result, input].map((x) => `${x.dtype} ${showShape(x.shape)}`);
  return new ShapeError(name, `the rule of input ${slot} gives ${got}, the input is ${expected}`, {
    shapes: [result.shape, input.shape],
    fix: "a cotangent is like its input: sum over what was broadcast, cast what was converted",
  });
}
