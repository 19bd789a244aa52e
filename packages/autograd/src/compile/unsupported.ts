import { webAssembly } from "./runtime/web-assembly.js";
import { Code } from "./wasm/code.js";
import { ModuleBuilder } from "./wasm/module.js";

let answer: string | null | undefined;

/** Why nothing can be compiled here, or null. */
export function unsupported(): string | null {
  if (answer === undefined) answer = find();
  return answer;
}

function find(): string | null {
  if (!webAssembly) return "there is no WebAssembly here";
  const builder = new ModuleBuilder({ minimum: 1 });
  builder.add("lanes", new Code({ params: [], results: ["v128"] }).i32x4(0, 0, 0, 0));
  const bytes = builder.encode();
  if (!webAssembly.validate(bytes)) return "this WebAssembly has no SIMD instructions";
  try {
    new webAssembly.Module(bytes);
    return null;
  } catch (error) {
    // A content security policy without 'wasm-unsafe-eval' (CSP Level 3, section 4.5).
    return `compiling WebAssembly is forbidden (${error instanceof Error ? error.message : error})`;
  }
}
