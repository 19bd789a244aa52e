import type { LoopAxis } from "../layout.js";
import { Code } from "../wasm/code.js";
import type { Kernel } from "./kernel.js";
import { loopsAround } from "./loops.js";
import { Pointers } from "./pointers.js";

const [OUT, X] = [0, 1] as const;
const FIRST_BUFFER = 3;

/**
 * Products of rows of int32, one after the other: each is rounded to float64, as a number is, and
 * then wraps around. For the buffers (out, x); the loops have the strides of both.
 */
export function integerProductKernel(rows: readonly LoopAxis[], row: LoopAxis): Kernel {
  const code = new Code({ params: ["i32", "i32", "i32", "i32", "i32"], results: [] });
  const around = rows.length > 0 ? rows : [{ side: 1, strides: [0, 0] }];
  const pointers = new Pointers(
    code,
    [OUT, X].map((i) => ({
      parameter: FIRST_BUFFER + i,
      offset: 0,
      strides: around.map(({ strides }) => 4 * strides[i]!),
    })),
  );
  const [product, x, counter] = [code.local("i32"), code.local("i32"), code.local("i32")];
  loopsAround(
    code,
    around.map(({ side }) => side),
    pointers,
    () => {
      code.i32(1).set(product).get(pointers.at(X)).set(x).i32(0).set(counter);
      code.forUpTo(
        counter,
        () => code.i32(row.side),
        1,
        () => {
          code.get(product).emit("f64.convert_i32_s");
          code.get(x).emit("i32.load").emit("f64.convert_i32_s").emit("f64.mul");
          // Below 2⁶² in size: exact in 64 bits, of which the low half stays.
          code.emit("i64.trunc_sat_f64_s").emit("i32.wrap_i64").set(product);
          code
            .get(x)
            .i32(4 * row.strides[X]!)
            .emit("i32.add")
            .set(x);
        },
      );
      code.get(pointers.at(OUT)).get(product).emit("i32.store");
    },
  );
  return { code, units: around[0]!.side, scratch: 0 };
}
