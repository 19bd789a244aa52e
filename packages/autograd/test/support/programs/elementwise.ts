import type { Tensor } from "../../../src/index.js";
import * as series from "../series.js";
import { type Call, type Choices, type Operation, ofOne } from "./operation.js";
import { broadcast, fits, pointwise, refuse, type Value } from "./value.js";

type Method<K extends string> = (x: Tensor) => Record<K, (...x: Tensor[]) => Tensor>;

type Domain = (x: number) => boolean;

const anywhere: Domain = () => true;
const positive: Domain = (x) => x > 0.05;
const inside: Domain = (x) => Math.abs(x) < 0.9;
const small: Domain = (x) => Math.abs(x) < 3;
const nonzero: Domain = (x) => Math.abs(x) > 0.3;

const halfEven = (x: number): number => {
  const near = Math.floor(Math.abs(x) + 0.5);
  const even = near - Math.abs(x) === 0.5 && near % 2 !== 0 ? near - 1 : near;
  return x < 0 || Object.is(x, -0) ? -even : even;
};

const erf = (x: number): number => (Math.abs(x) <= 6 ? series.erf(x) : Math.sign(x));

/** By the name of the method: the function, and where a tame program may use it. */
const unary: Record<string, readonly [f: (x: number) => number, domain?: Domain]> = {
  abs: [Math.abs],
  acos: [Math.acos, inside],
  acosh: [Math.acosh, (x) => x > 1.1],
  asin: [Math.asin, inside],
  asinh: [Math.asinh],
  atan: [Math.atan],
  atanh: [Math.atanh, inside],
  ceil: [Math.ceil],
  cos: [Math.cos],
  cosh: [Math.cosh, small],
  erf: [erf],
  erfc: [(x) => 1 - erf(x)],
  exp: [Math.exp, (x) => x < 3],
  expm1: [Math.expm1, (x) => x < 3],
  floor: [Math.floor],
  log: [Math.log, positive],
  log1p: [Math.log1p, (x) => x > -0.9],
  log2: [Math.log2, positive],
  neg: [(x) => -x],
  reciprocal: [(x) => 1 / x, nonzero],
  relu: [(x) => (x > 0 ? x : Number.isNaN(x) ? x : 0)],
  round: [halfEven],
  rsqrt: [(x) => 1 / Math.sqrt(x), positive],
  sech: [(x) => 1 / Math.cosh(x)],
  sigmoid: [(x) => 1 / (1 + Math.exp(-x))],
  sign: [(x) => (x > 0 ? 1 : x < 0 ? -1 : 0)],
  sin: [Math.sin],
  sinh: [Math.sinh, small],
  softplus: [(x) => Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)))],
  sqrt: [Math.sqrt, positive],
  square: [(x) => x * x],
  tan: [Math.tan, (x) => Math.abs(Math.cos(x)) > 0.3],
  tanh: [Math.tanh],
  trunc: [Math.trunc],
};

const remainder = (a: number, b: number): number => {
  const rest = a % b;
  return rest !== 0 && rest < 0 !== b < 0 ? rest + b : rest;
};

interface Binary {
  readonly f: (a: number, b: number) => number;
  /** Where a tame program may use it: a and b. */
  readonly domain?: readonly [Domain, Domain];
  readonly takes: readonly Value["dtype"][];
  readonly gives?: Value["dtype"];
}

const numbers = ["float64", "int32"] as const;
const all = ["float64", "int32", "bool"] as const;
const question = (f: (a: number, b: number) => boolean): Binary => ({
  f: (a, b) => Number(f(a, b)),
  takes: all,
  gives: "bool",
});

const binary: Record<string, Binary> = {
  add: { f: (a, b) => a + b, takes: numbers },
  sub: { f: (a, b) => a - b, takes: numbers },
  mul: { f: (a, b) => a * b, takes: numbers },
  div: { f: (a, b) => a / b, domain: [anywhere, nonzero], takes: ["float64"] },
  pow: {
    f: (a, b) => (a === 1 || (a === -1 && Math.abs(b) === Infinity) ? 1 : a ** b),
    domain: [(x) => x > 0.2 && x < 4, small],
    takes: ["float64"],
  },
  atan2: { f: Math.atan2, domain: [nonzero, anywhere], takes: ["float64"] },
  remainder: { f: remainder, domain: [anywhere, nonzero], takes: ["float64"] },
  fmod: { f: (a, b) => a % b, domain: [anywhere, nonzero], takes: ["float64"] },
  maximum: { f: Math.max, takes: numbers },
  minimum: { f: Math.min, takes: numbers },
  eq: question((a, b) => a === b),
  ne: question((a, b) => a !== b),
  lt: question((a, b) => a < b),
  le: question((a, b) => a <= b),
  gt: question((a, b) => a > b),
  ge: question((a, b) => a >= b),
  logicalAnd: { f: (a, b) => a & b, takes: ["bool"] },
  logicalOr: { f: (a, b) => a | b, takes: ["bool"] },
  logicalXor: { f: (a, b) => a ^ b, takes: ["bool"] },
};

const call = (name: string, x: readonly Tensor[]): Tensor =>
  (x[0] as unknown as ReturnType<Method<string>>)[name]!(...x.slice(1));

const functions = Object.entries(unary).map(([name, [f, domain]]) =>
  ofOne(
    name,
    (choices) => choices.pickFloat(domain),
    (x) => {
      if (x.dtype !== "float64") return null;
      return { run: (x) => call(name, [x]), mean: (x) => pointwise([x], f, "float64") };
    },
  ),
);

const questions = Object.entries({ isNaN: Number.isNaN, isFinite: Number.isFinite }).map(
  ([name, f]) =>
    ofOne(
      name,
      (choices) => choices.pick(),
      () => ({
        run: (x) => call(name, [x]),
        mean: (x) => pointwise([x], (x) => Number(f(x)), "bool"),
      }),
    ),
);

/** A partner that broadcasts with a value and has its dtype. */
const partner = (choices: Choices, a: Value, domain?: Domain): number | null =>
  choices.pick(
    (b) =>
      b.dtype === a.dtype &&
      (fits(b.shape, a.shape) || fits(a.shape, b.shape)) &&
      (!choices.isTame || !domain || b.dtype !== "float64" || b.data.every(domain)),
  );

const pairs = Object.entries(binary).map(
  ([name, { f, domain, takes, gives }]): Operation => ({
    name,
    plan: (choices): Call | null => {
      const isLegal = (x: Value) =>
        takes.includes(x.dtype) &&
        (!choices.isTame || !domain || x.dtype !== "float64" || x.data.every(domain[0]));
      const first = choices.pick(isLegal);
      if (first === null) return null;
      const second = partner(choices, choices.values[first]!, domain?.[1]);
      if (second === null) return null;
      return {
        args: [first, second],
        run: (x) => call(name, x),
        mean: ([a, b]) => {
          refuse(a!.dtype !== b!.dtype, "two dtypes");
          refuse(!takes.includes(a!.dtype), `${name} of ${a!.dtype}`);
          const dtype = gives ?? a!.dtype;
          const wrap = dtype === "int32" ? (a: number, b: number) => f(a, b) | 0 : f;
          return pointwise([a!, b!], wrap, dtype);
        },
      };
    },
  }),
);

const where: Operation = {
  name: "where",
  plan: (choices) => {
    const condition = choices.pick((c) => c.dtype === "bool");
    if (condition === null) return null;
    const { shape } = choices.values[condition]!;
    const a = choices.pick((a) => fits(shape, a.shape) || fits(a.shape, shape));
    if (a === null) return null;
    const b = partner(choices, choices.values[a]!);
    if (b === null) return null;
    return {
      args: [condition, a, b],
      run: ([c, a, b]) => c!.where(a!, b!),
      mean: ([c, a, b]) => {
        refuse(c!.dtype !== "bool" || a!.dtype !== b!.dtype, "dtypes");
        broadcast(c!.shape, a!.shape, b!.shape);
        return pointwise([c!, a!, b!], (c, a, b) => (c ? a! : b!), a!.dtype);
      },
    };
  },
};

const not = ofOne(
  "logicalNot",
  (choices) => choices.pick(({ dtype }) => dtype === "bool"),
  (x) =>
    x.dtype !== "bool"
      ? null
      : { run: (x) => x.logicalNot(), mean: (x) => pointwise([x], (x) => 1 - x, "bool") },
);

const clamp = ofOne(
  "clamp",
  (choices) => choices.pickFloat(),
  (x, choices) => {
    const [min, max] = [choices.below(3) - 1.55, choices.below(3) - 0.35];
    if (x.dtype !== "float64") return null;
    return {
      note: `${min}, ${max}`,
      run: (x) => x.clamp(min, max),
      mean: (x) => pointwise([x], (x) => Math.min(Math.max(x, min), max), "float64"),
    };
  },
);

/** To another dtype and, of the numbers that have one, back. */
const cast = ofOne(
  "cast",
  (choices) => choices.pick(({ data }) => data.every((x) => Math.abs(x) < 1e6)),
  (x, choices) => {
    if (!x.data.every((x) => Math.abs(x) < 1e6)) return null;
    const dtype = (["float64", "int32", "bool"] as const)[choices.below(3)]!;
    const f = {
      float64: (x: number) => x,
      int32: Math.trunc,
      bool: (x: number) => Number(x !== 0),
    };
    return {
      note: dtype,
      run: (x) => x.cast(dtype),
      mean: (x) => pointwise([x], (value) => f[dtype](value), dtype),
    };
  },
);

export const elementwise: readonly Operation[] = [
  ...functions,
  ...questions,
  ...pairs,
  where,
  not,
  clamp,
  cast,
];
