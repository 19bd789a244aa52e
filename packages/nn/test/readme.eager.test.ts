import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";

const folder = fileURLToPath(new URL("..", import.meta.url));
const tsx = fileURLToPath(new URL("../../../node_modules/.bin/tsx", import.meta.url));

it("the README's program runs as it stands, and learns", { timeout: 120_000 }, () => {
  const readme = readFileSync(`${folder}/README.md`, "utf8");
  const program = Array.from(readme.matchAll(/```ts\n(.*?)```/gs), ([, code]) => code).join("\n");
  const flags = ["--conditions=neurite-src", "--input-type=module", "-e", program];
  const { status, stdout, stderr } = spawnSync(tsx, flags, { cwd: folder, encoding: "utf8" });
  expect(stderr).toBe("");
  expect(status).toBe(0);
  const loss = Number(/^500 (.*)$/m.exec(stdout)?.[1]);
  expect(loss).toBeLessThan(0.01);
  const [, learnt] = /^(0\.8\d*) 0\.841/m.exec(stdout) ?? [];
  expect(Math.abs(Number(learnt) - Math.sin(1))).toBeLessThan(0.05);
  expect(stdout).toMatch(/^tanh float32 \[2\] = \[.*\]$/m);
  expect(stdout).toMatch(/^Quadratic: ok$/m);
});
