/** What follows an opcode in the instruction. */
export type Immediate =
  | "index"
  | "label"
  | "table"
  | "block"
  | "i32"
  | "i64"
  | "f32"
  | "f64"
  | "v128"
  | "memory"
  | "memoryLane"
  | "lane"
  | "copy"
  | "fill"
  | "lanes";

export interface Opcode {
  /** The bytes of the opcode, prefix included. */
  readonly code: readonly number[];
  readonly immediate: Immediate | undefined;
  /** For accesses to memory: the natural alignment, as a power of two. */
  readonly align: number;
}

const table = new Map<string, Opcode>();

function define(first: number, names: string, immediate?: Immediate, prefix?: number): void {
  for (const [i, name] of names.trim().split(/\s+/).entries()) {
    const number = first + i;
    const [word, align = "0"] = name.split("@");
    if (word === "-") continue;
    table.set(word!, { code: bytesOf(number, prefix), immediate, align: Number(align) });
  }
}

/** The number behind its prefix is an unsigned LEB128. */
function bytesOf(number: number, prefix: number | undefined): number[] {
  if (prefix === undefined) return [number];
  return number < 0x80 ? [prefix, number] : [prefix, (number & 0x7f) | 0x80, number >> 7];
}

/*
 * The instructions that neurite emits, by number: WebAssembly Core Specification 2.0, Appendix A.2
 * (Index of Instructions), and the threads proposal for the atomics. A number after @ is log2 of
 * the natural alignment; - leaves a number out.
 */
define(0x00, "unreachable nop");
define(0x02, "block loop if", "block");
define(0x05, "else");
define(0x0b, "end");
define(0x0c, "br br_if", "label");
define(0x0e, "br_table", "table");
define(0x0f, "return");
define(0x10, "call", "index");
define(0x1a, "drop select");
define(0x20, "local.get local.set local.tee global.get global.set", "index");
define(
  0x28,
  `i32.load@2 i64.load@3 f32.load@2 f64.load@3 i32.load8_s i32.load8_u i32.load16_s@1
   i32.load16_u@1 - - - - - - i32.store@2 i64.store@3 f32.store@2 f64.store@3 i32.store8`,
  "memory",
);
define(0x41, "i32.const", "i32");
define(0x42, "i64.const", "i64");
define(0x43, "f32.const", "f32");
define(0x44, "f64.const", "f64");
define(
  0x45,
  `i32.eqz i32.eq i32.ne i32.lt_s i32.lt_u i32.gt_s i32.gt_u i32.le_s i32.le_u i32.ge_s i32.ge_u
   i64.eqz i64.eq i64.ne i64.lt_s i64.lt_u i64.gt_s i64.gt_u i64.le_s i64.le_u i64.ge_s i64.ge_u
   f32.eq f32.ne f32.lt f32.gt f32.le f32.ge f64.eq f64.ne f64.lt f64.gt f64.le f64.ge
   i32.clz i32.ctz i32.popcnt i32.add i32.sub i32.mul i32.div_s i32.div_u i32.rem_s i32.rem_u
   i32.and i32.or i32.xor i32.shl i32.shr_s i32.shr_u i32.rotl i32.rotr
   i64.clz i64.ctz i64.popcnt i64.add i64.sub i64.mul i64.div_s i64.div_u i64.rem_s i64.rem_u
   i64.and i64.or i64.xor i64.shl i64.shr_s i64.shr_u i64.rotl i64.rotr
   f32.abs f32.neg f32.ceil f32.floor f32.trunc f32.nearest f32.sqrt f32.add f32.sub f32.mul
   f32.div f32.min f32.max f32.copysign
   f64.abs f64.neg f64.ceil f64.floor f64.trunc f64.nearest f64.sqrt f64.add f64.sub f64.mul
   f64.div f64.min f64.max f64.copysign i32.wrap_i64`,
);
define(0xac, "i64.extend_i32_s i64.extend_i32_u");
define(0xb2, "f32.convert_i32_s f32.convert_i32_u - - f32.demote_f64 f64.convert_i32_s");
define(0xb8, "f64.convert_i32_u - - f64.promote_f32");
define(0xbc, "i32.reinterpret_f32 i64.reinterpret_f64 f32.reinterpret_i32 f64.reinterpret_i64");
define(0x02, "i32.trunc_sat_f64_s", undefined, 0xfc);
define(0x06, "i64.trunc_sat_f64_s", undefined, 0xfc);
define(0x0a, "memory.copy", "copy", 0xfc);
define(0x0b, "memory.fill", "fill", 0xfc);
define(
  0x00,
  `v128.load@4 - - - - - - v128.load8_splat v128.load16_splat@1 v128.load32_splat@2
   v128.load64_splat@3 v128.store@4`,
  "memory",
  0xfd,
);
define(0x0c, "v128.const", "v128", 0xfd);
define(0x0d, "i8x16.shuffle", "lanes", 0xfd);
define(
  0x0f,
  "i8x16.splat i16x8.splat i32x4.splat i64x2.splat f32x4.splat f64x2.splat",
  undefined,
  0xfd,
);
define(
  0x1b,
  `i32x4.extract_lane i32x4.replace_lane i64x2.extract_lane i64x2.replace_lane f32x4.extract_lane
   f32x4.replace_lane f64x2.extract_lane f64x2.replace_lane`,
  "lane",
  0xfd,
);
define(
  0x37,
  "i32x4.eq i32x4.ne i32x4.lt_s i32x4.lt_u i32x4.gt_s i32x4.gt_u i32x4.le_s",
  undefined,
  0xfd,
);
define(0x3e, "i32x4.le_u i32x4.ge_s i32x4.ge_u", undefined, 0xfd);
define(0x41, "f32x4.eq f32x4.ne f32x4.lt f32x4.gt f32x4.le f32x4.ge", undefined, 0xfd);
define(0x47, "f64x2.eq f64x2.ne f64x2.lt f64x2.gt f64x2.le f64x2.ge", undefined, 0xfd);
define(
  0x4d,
  "v128.not v128.and v128.andnot v128.or v128.xor v128.bitselect v128.any_true",
  undefined,
  0xfd,
);
define(
  0x54,
  `v128.load8_lane v128.load16_lane@1 v128.load32_lane@2 v128.load64_lane@3 v128.store8_lane
   v128.store16_lane@1 v128.store32_lane@2 v128.store64_lane@3`,
  "memoryLane",
  0xfd,
);
define(0x5c, "v128.load32_zero@2 v128.load64_zero@3", "memory", 0xfd);
define(0x5e, "f32x4.demote_f64x2_zero f64x2.promote_low_f32x4", undefined, 0xfd);
define(
  0x65,
  "i8x16.narrow_i16x8_s i8x16.narrow_i16x8_u f32x4.ceil f32x4.floor f32x4.trunc",
  undefined,
  0xfd,
);
define(0x6a, "f32x4.nearest", undefined, 0xfd);
define(0x74, "f64x2.ceil f64x2.floor", undefined, 0xfd);
define(0x7a, "f64x2.trunc", undefined, 0xfd);
define(0x85, "i16x8.narrow_i32x4_s i16x8.narrow_i32x4_u i16x8.extend_low_i8x16_s", undefined, 0xfd);
define(0x89, "i16x8.extend_low_i8x16_u", undefined, 0xfd);
define(0x94, "f64x2.nearest", undefined, 0xfd);
define(0xa0, "i32x4.abs i32x4.neg - i32x4.all_true i32x4.bitmask", undefined, 0xfd);
define(0xa7, "i32x4.extend_low_i16x8_s - i32x4.extend_low_i16x8_u", undefined, 0xfd);
define(0xab, "i32x4.shl i32x4.shr_s i32x4.shr_u i32x4.add - - i32x4.sub", undefined, 0xfd);
define(0xb5, "i32x4.mul i32x4.min_s i32x4.min_u i32x4.max_s", undefined, 0xfd);
define(
  0xc7,
  "i64x2.extend_low_i32x4_s i64x2.extend_high_i32x4_s i64x2.extend_low_i32x4_u",
  undefined,
  0xfd,
);
define(0xcb, "i64x2.shl i64x2.shr_s i64x2.shr_u i64x2.add - - i64x2.sub", undefined, 0xfd);
define(0xd6, "i64x2.eq i64x2.ne i64x2.lt_s", undefined, 0xfd);
define(
  0xe0,
  `f32x4.abs f32x4.neg - f32x4.sqrt f32x4.add f32x4.sub f32x4.mul f32x4.div f32x4.min f32x4.max
   - - f64x2.abs f64x2.neg - f64x2.sqrt f64x2.add f64x2.sub f64x2.mul f64x2.div f64x2.min f64x2.max
   - - i32x4.trunc_sat_f32x4_s i32x4.trunc_sat_f32x4_u f32x4.convert_i32x4_s
   f32x4.convert_i32x4_u i32x4.trunc_sat_f64x2_s_zero i32x4.trunc_sat_f64x2_u_zero
   f64x2.convert_low_i32x4_s f64x2.convert_low_i32x4_u`,
  undefined,
  0xfd,
);
define(0x00, "memory.atomic.notify@2 memory.atomic.wait32@2", "memory", 0xfe);
define(0x10, "i32.atomic.load@2", "memory", 0xfe);
define(0x17, "i32.atomic.store@2", "memory", 0xfe);
define(0x1e, "i32.atomic.rmw.add@2", "memory", 0xfe);

/** Looks an instruction up by its name in the text format. */
export function opcode(name: string): Opcode {
  const found = table.get(name);
  if (!found) throw new Error(`no instruction ${name}`);
  return found;
}

/** Every instruction, for the printer. */
export const opcodes: ReadonlyMap<string, Opcode> = table;
