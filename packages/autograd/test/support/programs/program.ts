import { array, nat, oneof, record, toStringMethod, tuple } from "fast-check";
import type { Shape, Tensor } from "../../../src/index.js";
import { stream } from "../draw.js";
import { elementwise } from "./elementwise.js";
import { indexing } from "./indexing.js";
import { movement } from "./movement.js";
import { type Call, Choices, type Operation } from "./operation.js";
import { parts } from "./parts.js";
import { products } from "./products.js";
import { reduction } from "./reduction.js";
import { asValue, pointwise, sizeOf, type Value } from "./value.js";

/** Half of all calls are elementwise, as in life. */
const families = [
  elementwise,
  elementwise,
  elementwise,
  [...movement, ...parts],
  reduction,
  products,
  indexing,
];

/** Values are kept to so many elements, and their numbers (but infinities and NaN) to this size. */
const LARGEST = 240;
const BOUND = { tame: 30, wild: 1000 };

interface Step extends Call {
  readonly name: string;
  /** Whether it must be refused: it is the last then. */
  readonly fails: boolean;
}

/** A graph as a list of calls, each of which takes inputs and results of those before it. */
export interface Program {
  readonly inputs: readonly Value[];
  readonly steps: readonly Step[];
  readonly isTame: boolean;
}

/** The values of all steps, as a function of the inputs. */
export const results =
  ({ steps }: Program) =>
  (...inputs: Tensor[]): Tensor[] => {
    const known = [...inputs];
    for (const { args, run } of steps) known.push(run(args.map((at) => known[at]!)).asTensor());
    return known.slice(inputs.length);
  };

/** The values that no step takes. */
export function ends({ inputs, steps }: Program): number[] {
  const used = new Set(steps.flatMap(({ args }) => args));
  return steps.flatMap((_, i) => (used.has(inputs.length + i) ? [] : [i]));
}

/** What a program is drawn from: shapes, and numbers that every choice is made by. */
interface Genes {
  readonly seed: number;
  readonly shapes: readonly Shape[];
  readonly isTame: boolean;
  readonly calls: readonly (readonly number[])[];
}

/** Any list of genes is a program: what does not fit is left out, so that failures shrink well. */
function decode({ seed, shapes, isTame, calls }: Genes): Program {
  const random = stream(String(seed));
  const inputs = shapes.map((shape) =>
    asValue({ shape, data: Array.from({ length: sizeOf(shape) }, () => 4 * random() - 2) }),
  );
  const values: Value[] = [...inputs];
  const usable = inputs.map((_, at) => at);
  const steps: Step[] = [];
  const add = (name: string, call: Call): boolean => {
    let value: Value | null = null;
    try {
      value = call.mean(call.args.map((at) => values[at]!));
    } catch {
      // What the interpreter refuses, everything must refuse.
    }
    if (value && value.data.length > LARGEST) return true;
    steps.push({ ...call, name, fails: value === null });
    if (!value) return false;
    const at = values.push(value) - 1;
    if (isModerate(value, isTame)) usable.push(at);
    else if (value.dtype === "float64" && value.data.every(Number.isFinite))
      return add("asinh", asinh(at));
    return true;
  };
  for (const [family, place, careless, ...numbers] of calls) {
    const list = families[family! % families.length]!;
    const { name, plan } = list[place! % list.length] as Operation;
    const seen = usable.map((at) => values[at]!);
    const call = plan(new Choices(seen, numbers, isTame, careless! % 200 === 199));
    if (!call) continue;
    if (!add(name, { ...call, args: call.args.map((at) => usable[at]!) })) break;
  }
  return { inputs, steps, isTame };
}

/** Whether later calls may take it: a tame program leaves infinities and NaN alone. */
const isModerate = ({ data }: Value, isTame: boolean): boolean =>
  data.every((x) =>
    Number.isFinite(x) ? Math.abs(x) <= (isTame ? BOUND.tame : BOUND.wild) : !isTame,
  );

/** What brings large numbers down, with a slope that can still be seen. */
const asinh = (at: number): Call => ({
  args: [at],
  run: ([x]) => x!.asinh(),
  mean: ([x]) => pointwise([x!], Math.asinh, "float64"),
});

const shape = array(nat({ max: 9 }), { maxLength: 5 }).map((sides) =>
  // Few elements, so that there is room for the results: later sides become 1.
  sides.map((side, i) => (sizeOf(sides.slice(0, i + 1)) > 60 ? 1 : side)),
);

const gene = array(nat({ max: 0xffff }), { minLength: 16, maxLength: 16 });

/** Random programs of up to 200 calls. */
export const programs = record({
  seed: nat(),
  shapes: array(shape, { minLength: 1, maxLength: 4 }),
  isTame: tuple(nat({ max: 3 })).map(([n]) => n > 0),
  calls: oneof(
    { weight: 7, arbitrary: array(gene, { minLength: 1, maxLength: 60, size: "max" }) },
    { weight: 1, arbitrary: array(gene, { minLength: 60, maxLength: 200, size: "max" }) },
  ),
}).map((genes): Program => {
  const program = decode(genes);
  return Object.assign(program, { [toStringMethod]: () => show(program) });
});

/** The program as text, one call a line. */
function show({ inputs, steps, isTame }: Program): string {
  const lines = steps.map(({ name, args, note, fails }, i) => {
    const given = args.map((at) => `%${at}`).join(", ");
    return `  %${inputs.length + i} = ${name}(${given})${note ? ` ${note}` : ""}${fails ? " fails" : ""}`;
  });
  const given = inputs.map(({ shape, data }, i) => `  %${i} = [${data}] of shape [${shape}]`);
  return [isTame ? "tame" : "wild", ...given, ...lines].join("\n");
}
