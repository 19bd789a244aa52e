import { existsSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

// With UPDATE_EXAMPLES=1 the outputs in the README are written anew instead of compared.
const update = process.env.UPDATE_EXAMPLES === "1";
const examples = new URL("../", import.meta.url);
const readmeFile = new URL("README.md", examples);
const scripts = readdirSync(new URL("src/", examples)).filter((file) => file.endsWith(".ts"));

/** The block with the output in the section of the README that names the script. */
const blockOf = (script: string) =>
  new RegExp(`(src/${script.replace(".", "\\.")}[\\s\\S]*?\`\`\`text\n)([\\s\\S]*?)(\n\`\`\`)`);

// Words are compared exactly and numbers within 1 %: another release of V8 may round an exponential
// otherwise, and training carries the last bit on. Times are not compared.
const NUMBER = /-?\d+(?:,\d{3})*(?:\.\d+)?(?:e[+-]\d+)?/g;
const withoutTimes = (text: string) => text.replace(/\d+\.\d+ s$/gm, "… s");
const wordsOf = (text: string) => withoutTimes(text).replace(NUMBER, "#");
const numbersOf = (text: string) =>
  (withoutTimes(text).match(NUMBER) ?? []).map((number) => Number(number.replaceAll(",", "")));

function expectSameOutput(output: string, shown: string): void {
  expect(wordsOf(output)).toBe(wordsOf(shown));
  const expected = numbersOf(shown);
  for (const [i, number] of numbersOf(output).entries()) {
    const distance = Math.abs(number - expected[i]!);
    expect(distance, `${number} is shown as ${expected[i]}`).toBeLessThanOrEqual(
      0.01 * Math.abs(expected[i]!),
    );
  }
}

let printed: string;

beforeEach(() => {
  printed = "";
  vi.spyOn(console, "log").mockImplementation((text = "") => {
    printed += `${text}\n`;
  });
  vi.spyOn(process.stdout, "write").mockImplementation((text) => {
    printed += text;
    return true;
  });
  process.chdir(mkdtempSync(join(tmpdir(), "neurite-examples-")));
});

afterEach(() => {
  vi.restoreAllMocks();
});

describe("each example prints what its section in the README shows", () => {
  it.each(scripts)("%s", async (script) => {
    await import(new URL(`src/${script}`, examples).href);
    vi.restoreAllMocks();
    const readme = readFileSync(readmeFile, "utf8");
    const output = printed.trimEnd();
    if (update) {
      const text = readme.replace(
        blockOf(script),
        (_, before, __, after) => before + output + after,
      );
      writeFileSync(readmeFile, text);
    } else {
      expectSameOutput(output, blockOf(script).exec(readme)?.[2] ?? "");
    }
    for (const [picture] of output.matchAll(/out\/[\w-]+\.svg/g)) {
      expect(existsSync(picture), `${picture} was written`).toBe(true);
    }
  });
});
