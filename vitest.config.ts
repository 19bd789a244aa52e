import { defineConfig } from "vitest/config";

// Tests run the sources: @neurite/* resolves to src through this condition, so nothing is built.
const conditions = ["neurite-src", "module", "node", "development|production"];

/** What takes minutes; `npm run test:long` runs it, `npm test` no project called long. */
const long = "**/*.long.test.ts";

const project = (name: string, root: string, test: object = {}) => ({
  resolve: { conditions },
  ssr: { resolve: { conditions } },
  test: {
    name,
    root,
    include: ["test/**/*.test.ts"],
    exclude: ["**/node_modules/**", long],
    pool: "forks" as const,
    // Files may share a worker, whose start costs half a second; nn keeps a stream of random keys.
    isolate: name.includes("nn"),
    testTimeout: 20_000, // on a loaded machine
    ...test,
  },
});

/**
 * The same tests on another executor. `*.eager.test.ts` is about eager behaviour alone; tables and
 * the training loop make no graphs of their own.
 */
const executed = (name: string, executor: "replayed" | "compiled") =>
  project(`${executor === "replayed" ? "long " : ""}${name} (${executor})`, `packages/${name}`, {
    exclude: ["**/node_modules/**", long, "test/**/*.eager.test.ts", "test/{data,training}/**"],
    testTimeout: 60_000, // each function is compiled anew
    env: { NEURITE_EXECUTOR: executor === "replayed" ? "replay" : executor },
  });

const report = process.env.NEURITE_TEST_REPORT; // where .ci/run wants the totals

export default defineConfig({
  test: {
    projects: [
      project("autograd", "packages/autograd"),
      executed("autograd", "replayed"),
      executed("autograd", "compiled"),
      project("nn", "packages/nn"),
      executed("nn", "replayed"),
      executed("nn", "compiled"),
      project("viz", "packages/viz"),
      project("interop", "packages/interop"),
      project("workspace", ".", { include: ["scripts/**/*.test.ts"] }),
      project("long (browser)", ".", { include: ["test/browser/*.test.ts"], testTimeout: 120_000 }),
      project("examples", "examples", { testTimeout: 120_000 }),
      project("long", ".", {
        include: [`packages/*/test/${long}`],
        exclude: ["**/node_modules/**"],
        testTimeout: 900_000,
        isolate: true,
        execArgv: ["--expose-gc"], // tests of memory look at what a collection leaves
      }),
    ],
    reporters: report ? ["default", ["json", { outputFile: report }]] : ["default"],
    coverage: { provider: "v8", include: ["packages/*/src/**"], reporter: ["text"] },
  },
});
