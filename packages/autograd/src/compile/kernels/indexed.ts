import type { DType } from "../../dtype.js";
import type { LoopAxis } from "../layout.js";
import { Code } from "../wasm/code.js";
import { load, type Place, store, WIDTH } from "./access.js";
import { instruction } from "./folds.js";
import type { Kernel } from "./kernel.js";
import { loopsAround } from "./loops.js";
import { Pointers } from "./pointers.js";
import { alongRow } from "./row.js";

/** Elements of a table that an index picks, beside as many others. */
export interface Indexed {
  readonly dtype: DType;
  /** The loops over all elements of the index, with the strides of table, index and others. */
  readonly loops: readonly LoopAxis[];
  /** From one element that the index may pick to the next, in the table. */
  readonly step: number;
  /** Whether the others are added to the table, rather than taken from it. */
  readonly adds: boolean;
}

const [TABLE, INDEX, OTHERS] = [0, 1, 2] as const;
const FIRST_BUFFER = 3;
const ONCE: LoopAxis = { side: 1, strides: [0, 0, 0] };

/** Takes or adds element by element; where an index is for a whole row, vector by vector. */
export function indexedKernel({ dtype, loops, step, adds }: Indexed): Kernel {
  const params = Array.from({ length: FIRST_BUFFER + 3 }, () => "i32" as const);
  const code = new Code({ params, results: [] });
  const row = loops.at(-1)?.strides[INDEX] === 0 ? loops.at(-1)! : ONCE;
  const outer = row === ONCE ? loops : loops.slice(0, -1);
  // What is added twice to one element has to be added in order.
  const around = adds || outer.length === 0 ? [ONCE, ...outer] : outer;
  const width = WIDTH[dtype];
  const pointers = new Pointers(
    code,
    [TABLE, INDEX, OTHERS].map((i) => ({
      parameter: FIRST_BUFFER + i,
      offset: 0,
      strides: around.map(({ strides }) => strides[i]! * (i === INDEX ? 4 : width)),
    })),
  );
  const lanes = dtype === "float64" ? 2 : 4;
  const [entry, other] = [code.local("i32"), code.local("i32")];
  const place = (pointer: number, stride: number, element: number, count: number): Place => {
    return { dtype, pointer, bytes: element * stride * width, stride, count, lanes };
  };
  const visit = (element: number, count: number) => {
    const ofTable = place(entry, row.strides[TABLE]!, element, count);
    const ofOthers = place(other, row.strides[OTHERS]!, element, count);
    if (adds) {
      store(code, ofTable, () => {
        load(code, ofTable);
        load(code, ofOthers);
        code.emit(instruction("sum", dtype));
      });
    } else store(code, ofOthers, () => load(code, ofTable));
  };
  loopsAround(
    code,
    around.map(({ side }) => side),
    pointers,
    () => {
      code
        .get(pointers.at(INDEX))
        .emit("i32.load")
        .i32(step * width)
        .emit("i32.mul");
      code.get(pointers.at(TABLE)).emit("i32.add").set(entry);
      code.get(pointers.at(OTHERS)).set(other);
      const moving = [entry, other].map((pointer, i) => {
        return { pointer, bytes: row.strides[i === 0 ? TABLE : OTHERS]! * width };
      });
      alongRow(code, [row.side, lanes], moving, visit);
    },
  );
  return { code, units: around[0]!.side, scratch: 0 };
}
