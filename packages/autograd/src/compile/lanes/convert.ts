import type { DType } from "../../dtype.js";
import type { Instruction } from "./instruction.js";
import type { Parts, Width } from "./width.js";

type Conversion = (width: Width, x: Parts) => Parts;

/** The numbers 1 and 0 where a mask holds and where it does not. */
const counted =
  (dtype: DType): Conversion =>
  (width, [mask]) =>
    width
      .maskFor(mask!, dtype)
      .map((part) => width.pool.make("v128.and", [part, width.pool.constant(dtype, 1)]));

/** Whether a number is other than 0; NaN is. */
const isNotZero =
  (dtype: DType, instruction: string): Conversion =>
  (width, x) => [
    width.toMask(
      x.map((part) => width.pool.make(instruction, [part, width.pool.constant(dtype, 0)])),
      dtype,
    ),
  ];

/** The number, cut to an integer, modulo 2³², as int32 stores it; NaN for what is not finite. */
function modulo({ pool }: Width, x: Instruction): Instruction {
  const whole = pool.make("f64x2.trunc", [x]);
  const share = pool.make("f64x2.mul", [whole, pool.constant("float64", 2 ** -32)]);
  const multiple = pool.make("f64x2.mul", [
    pool.make("f64x2.floor", [share]),
    pool.constant("float64", 2 ** 32),
  ]);
  return pool.make("f64x2.sub", [whole, multiple]);
}

const toWords: Conversion = (width, x) =>
  width.narrowed(
    x.map((part) => modulo(width, part)),
    "i32x4.trunc_sat_f64x2_u_zero",
  );

const promoted: Conversion = (width, [x]) => width.widened(x!, "f64x2.promote_low_f32x4");

const same: Conversion = (_, x) => x;

/** From each dtype to each other one. */
export const conversions: {
  readonly [From in DType]: { readonly [To in DType]: Conversion };
} = {
  float32: {
    float32: same,
    float64: promoted,
    int32: (width, x) => toWords(width, promoted(width, x)),
    bool: isNotZero("float32", "f32x4.ne"),
  },
  float64: {
    float32: (width, x) => width.narrowed(x, "f32x4.demote_f64x2_zero"),
    float64: same,
    int32: toWords,
    bool: isNotZero("float64", "f64x2.ne"),
  },
  int32: {
    float32: ({ pool }, [x]) => [pool.make("f32x4.convert_i32x4_s", [x!])],
    float64: (width, [x]) => width.widened(x!, "f64x2.convert_low_i32x4_s"),
    int32: same,
    bool: isNotZero("int32", "i32x4.ne"),
  },
  bool: {
    float32: counted("float32"),
    float64: counted("float64"),
    int32: counted("int32"),
    bool: same,
  },
};
