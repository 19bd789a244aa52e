import type { DType } from "../../dtype.js";
import type { LoopAxis } from "../layout.js";
import type { Generation } from "../program.js";
import { Code } from "../wasm/code.js";
import { WIDTH } from "./access.js";
import type { Kernel } from "./kernel.js";
import { loopsAround } from "./loops.js";
import { mergeSort, RECORD, VALUE } from "./merge-sort.js";
import { Pointers } from "./pointers.js";

/** Rows to sort; strides are those of the result and of the keys. */
export interface Sort {
  readonly dtype: DType;
  readonly rows: readonly LoopAxis[];
  readonly row: LoopAxis;
  readonly descending: boolean;
  /** Whether there are values to be put in order, rather than the places of the keys. */
  readonly hasValues: boolean;
}

const [OUT, KEYS, VALUES] = [0, 1, 2] as const;
const [SCRATCH, FIRST_BUFFER] = [2, 3] as const;

/** Puts int32 values in the order of their keys, for the buffers (out, keys, values?). */
export function sortKernel(task: Sort, generation: Generation): Kernel {
  const { dtype, rows, row, descending, hasValues } = task;
  const count = FIRST_BUFFER + (hasValues ? 3 : 2);
  const code = new Code({ params: new Array(count).fill("i32"), results: [] });
  const around = rows.length > 0 ? rows : [{ side: 1, strides: [0, 0] }];
  const bytes = [4, WIDTH[dtype]];
  const pointers = new Pointers(
    code,
    [OUT, KEYS].map((i) => ({
      parameter: FIRST_BUFFER + i,
      offset: 0,
      strides: around.map(({ strides }) => bytes[i]! * strides[i]!),
    })),
  );
  const [record, element, place] = [code.local("i32"), code.local("i32"), code.local("i32")];
  const advance = (local: number, by: number) => code.get(local).i32(by).emit("i32.add").set(local);
  const room = RECORD * row.side;
  const key = keyOf(code, dtype);
  const read = () => {
    code.get(record);
    key(element);
    if (descending) code.emit("i64.const", -1).emit("i64.xor");
    code.emit("i64.store", 0);
    code.get(record);
    if (hasValues) {
      code
        .get(FIRST_BUFFER + VALUES)
        .get(place)
        .i32(4)
        .emit("i32.mul")
        .emit("i32.add");
      code.emit("i32.load", 0);
    } else code.get(place);
    code.emit("i32.store", VALUE);
    advance(element, bytes[KEYS]! * row.strides[KEYS]!);
  };
  const write = () => {
    code.get(element).get(record).emit("i32.load", VALUE).emit("i32.store", 0);
    advance(element, bytes[OUT]! * row.strides[OUT]!);
  };
  const each = (body: () => void) => {
    code.i32(0).set(place);
    code.forUpTo(
      place,
      () => code.i32(row.side),
      1,
      () => {
        body();
        advance(record, RECORD);
      },
    );
  };
  const sort = mergeSort(generation);
  loopsAround(
    code,
    around.map(({ side }) => side),
    pointers,
    () => {
      code.get(SCRATCH).set(record).get(pointers.at(KEYS)).set(element);
      each(read);
      code.get(SCRATCH).get(SCRATCH).i32(room).emit("i32.add").i32(room);
      code.emit("call", sort).set(record).get(pointers.at(OUT)).set(element);
      each(write);
    },
  );
  return { code, units: around[0]!.side, scratch: 2 * room };
}

/**
 * Pushes an integer of 64 bits for the element at an address, in the order of numerics/order.ts:
 * the bits of a float, those of negative ones turned around; both zeros are one, NaN the largest.
 */
function keyOf(code: Code, dtype: DType): (address: number) => void {
  switch (dtype) {
    case "bool":
      return (address) => code.get(address).emit("i32.load8_u", 0).emit("i64.extend_i32_s");
    case "int32":
      return (address) => code.get(address).emit("i32.load", 0).emit("i64.extend_i32_s");
    default: {
      const [x, bits] = [code.local("f64"), code.local("i64")];
      return (address) => {
        code.get(address);
        if (dtype === "float64") code.emit("f64.load", 0);
        else code.emit("f32.load", 0).emit("f64.promote_f32");
        code.emit("f64.const", 0).emit("f64.add").tee(x).emit("i64.reinterpret_f64").set(bits);
        code.get(bits).get(bits).emit("i64.const", 63).emit("i64.shr_s");
        code.emit("i64.const", 1).emit("i64.shr_u").emit("i64.xor");
        code.emit("i64.const", -1).emit("i64.const", 1).emit("i64.shr_u");
        code.get(x).get(x).emit("f64.eq").emit("select");
      };
    }
  }
}
