import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { stagesDocument } from "./stages.js";

test("the README of compile shows what the stages print", () => {
  const readme = new URL("../../packages/autograd/src/compile/README.md", import.meta.url);
  expect(stagesDocument()).toBe(readFileSync(readme, "utf8"));
});
