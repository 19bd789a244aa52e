import { createHash } from "node:crypto";
import { expect, it } from "vitest";
import { golden, script } from "./support/golden.js";

it("was written by the script beside it", () => {
  expect(createHash("sha256").update(script).digest("hex")).toBe(golden._made_by.sha256);
});
