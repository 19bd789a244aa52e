import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type Browser, chromium } from "playwright-core";
import { build } from "tsup";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { names, run, runOnThreads } from "./cases.js";

const executablePath = process.env.CHROMIUM ?? "/usr/bin/chromium";
const isThere = existsSync(executablePath);
if (!isThere) {
  console.warn(
    `SKIPPED: there is no Chromium at ${executablePath} (apt-get install chromium, or CHROMIUM=…)`,
  );
}

type Bits = ReturnType<typeof run>;

let browser: Browser;
let script: string;

/** For a browser: what needs Node would not resolve. */
async function bundled(): Promise<string> {
  const outDir = mkdtempSync(join(tmpdir(), "neurite-browser-"));
  await build({
    entry: { cases: fileURLToPath(new URL("cases.ts", import.meta.url)) },
    outDir,
    format: "esm",
    platform: "browser",
    target: "es2022",
    noExternal: [/./],
    splitting: false,
    config: false,
    silent: true,
    esbuildOptions(options) {
      options.conditions = ["neurite-src"];
    },
  });
  const text = readFileSync(join(outDir, "cases.js"), "utf8");
  rmSync(outDir, { recursive: true });
  return text;
}

/** Calls a function of the bundle in a page of its own; returns the bits, and what was printed. */
async function inPage(call: string, headers: Readonly<Record<string, string>> = {}) {
  const page = await browser.newPage();
  const messages: string[] = [];
  page.on("console", (message) => void messages.push(`${message.type()}: ${message.text()}`));
  page.on("pageerror", (error) => void messages.push(`error: ${error.message}`));
  await page.route("**/*", (route) =>
    route.request().url().endsWith("/cases.js")
      ? route.fulfill({ body: script, contentType: "text/javascript" })
      : route.fulfill({ body: "<!doctype html>", contentType: "text/html", headers }),
  );
  await page.goto("http://localhost/");
  const bits = await page.evaluate<Bits>(`import("/cases.js").then((cases) => cases.${call})`);
  const workers = page.workers().length;
  await page.close();
  return { bits, messages, workers };
}

function expectSameBits(found: Bits, expected: Bits): void {
  expect(Object.keys(found)).toEqual(Object.keys(expected));
  // The names alone: the bits are too many to print.
  const different = Object.keys(expected).filter((part) => found[part] !== expected[part]);
  expect(different).toEqual([]);
}

describe.skipIf(!isThere)("in headless Chromium", () => {
  beforeAll(async () => {
    // Chromium refuses its sandbox to root.
    const args = process.getuid?.() === 0 ? ["--no-sandbox"] : [];
    [script, browser] = await Promise.all([bundled(), chromium.launch({ executablePath, args })]);
  });

  afterAll(() => browser?.close());

  describe("compiled steps have the bits of Node", () => {
    it.each(names)("%s", async (name) => {
      const { bits, messages } = await inPage(`run(${JSON.stringify(name)})`);
      expectSameBits(bits, run(name));
      expect(messages).toEqual([]);
    });
  });

  it("so have steps on several threads, in a page that is cross-origin isolated", async () => {
    const isolated = {
      "cross-origin-opener-policy": "same-origin",
      "cross-origin-embedder-policy": "require-corp",
    };
    const { bits, messages, workers } = await inPage("runOnThreads(3)", isolated);
    expectSameBits(bits, await runOnThreads(1));
    expect([messages, workers]).toEqual([[], 2]);
  });

  it("a page that is not runs them on one thread, and says so", async () => {
    const { bits, messages } = await inPage("runOnThreads(2)");
    expectSameBits(bits, await runOnThreads(1));
    expect(messages).toEqual([expect.stringMatching(/^warning: .*not cross-origin isolated/s)]);
  });

  it("a page that forbids WebAssembly runs eagerly, to the bit, and says so once", async () => {
    const name = "dropout, cross-entropy and Adam";
    const policy = { "content-security-policy": "script-src 'self'" };
    const { bits, messages } = await inPage(`run(${JSON.stringify(name)})`, policy);
    expectSameBits(bits, run(name));
    expect(messages).toEqual([expect.stringMatching(/^warning: .*Content-Security-Policy/s)]);
  });
});
