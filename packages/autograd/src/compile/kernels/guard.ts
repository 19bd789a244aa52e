import type { Generation } from "../program.js";
import { Code } from "../wasm/code.js";
import type { Imported } from "../wasm/module.js";
import type { Kernel } from "./kernel.js";

const LO = 0;
const HI = 1;
const INDEX = 3;

/** What a module calls to give a step up, before it has changed anything. */
export const FAIL: Imported = { name: "fail", signature: { params: [], results: [] } };

/** Gives the step up unless all of so many int32 are at least 0 and less than the bound. */
export function guardKernel(count: number, bound: number, { builder }: Generation): Kernel {
  const code = new Code({ params: ["i32", "i32", "i32", "i32"], results: [] });
  const counter = code.local("i32");
  const [limit, wrong] = [code.local("v128"), code.local("v128")];
  /** Pushes which lanes are wrong: as unsigned numbers, negative ones are beyond any bound. */
  const questions = () => {
    code.get(INDEX).emit("v128.load", 0).get(limit).emit("i32x4.ge_u");
  };
  const rest = count % 4;
  code.get(LO).get(HI).emit("i32.ge_s");
  code.if(() => code.emit("return"));
  code.i32(bound).emit("i32x4.splat").set(limit);
  code.forUpTo(
    counter,
    () => code.i32(Math.floor(count / 4)),
    1,
    () => {
      questions();
      code.get(wrong).emit("v128.or").set(wrong);
      code.get(INDEX).i32(16).emit("i32.add").set(INDEX);
    },
  );
  if (rest > 0) {
    questions();
    const mask = (lane: number) => (lane < rest ? -1 : 0);
    code.i32x4(mask(0), mask(1), mask(2), mask(3)).emit("v128.and");
    code.get(wrong).emit("v128.or").set(wrong);
  }
  code.get(wrong).emit("v128.any_true");
  code.if(() => code.emit("call", builder.imported(FAIL.name)));
  return { code, units: 1, scratch: 0 };
}
