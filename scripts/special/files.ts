import { execFileSync } from "node:child_process";
import { createRequire } from "node:module";
import { definitions } from "../../packages/autograd/src/numerics/special/definitions.js";
import { type Definition, print } from "./print.js";

const folder = "packages/autograd/src/numerics/special/printed";

/** Where the names come from that a printed function may use. */
const sources = {
  "../angle.js": ["angleWithin", "quarterTurns"],
  "../bits.js": ["double", "isNegative", "powers", "single", "word", "words"],
};

/** The special functions in TypeScript, a file each. */
export function printedFunctions(): { readonly path: string; readonly text: string }[] {
  const names = Object.keys(definitions);
  const texts = Object.entries<Definition>(definitions).map(([name, f]) => printed(name, f));
  return formatted(texts).map((text, i) => ({ path: `${folder}/${names[i]}.ts`, text }));
}

function printed(name: string, definition: Definition): string {
  const float64 = print(definition, "float64");
  const float32 = print(definition, "float32");
  const body = `
/** \`${name}\` on numbers of either dtype. */
export const ${name} = {
float64: ${float64},

float32: ${float32},
};
`;
  const imports = Object.entries(sources).map(([from, all]) => {
    const used = all.filter((each) => new RegExp(`\\b${each}\\b`).test(body));
    return used.length > 0 ? `import { ${used.join(", ")} } from "${from}";\n` : "";
  });
  const rounding = body.includes("f(") ? "\nconst f = Math.fround;\n" : "";
  return `// Printed by \`npm run docs\` from the definition of ${name}; do not edit.
${imports.join("")}${rounding}${body}`;
}

const biome = createRequire(import.meta.url).resolve("@biomejs/biome/bin/biome");

/** All texts through the formatter, in one run of it. */
function formatted(texts: readonly string[]): string[] {
  const cut = "// cut here\n";
  const args = [biome, "format", "--stdin-file-path=printed.ts"];
  const output = execFileSync(process.execPath, args, { input: texts.join(cut) });
  return output
    .toString()
    .split(cut)
    .map((text) => `${text.trim()}\n`);
}
