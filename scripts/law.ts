/** `npm run law`: prints every breach of the dependency law and fails if there is one. */
import { checkLaw } from "./law/check.js";
import type { Exception } from "./law/cycles.js";

/** Type-only imports that may close a circle. Each one is a decision: give its reason. */
const exceptions: Exception[] = [
  {
    from: "packages/autograd/src/op.ts",
    to: "packages/autograd/src/tensor.ts",
    reason:
      "an op is written in the language of tensors, a tensor remembers its op; " +
      "the pair is type-only, so nothing runs in a circle",
  },
];

const { files, violations } = checkLaw(process.cwd(), exceptions);
for (const { file, line, rule, problem, remedy } of violations) {
  console.error(`${file}:${line}  [${rule}] ${problem}\n    ${remedy}`);
}
console.log(`law: ${files} files, ${violations.length} violations`);
process.exitCode = violations.length > 0 ? 1 : 0;
