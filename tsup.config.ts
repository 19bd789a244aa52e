import { existsSync, readdirSync, readFileSync } from "node:fs";
import { defineConfig } from "tsup";

type Exports = Record<string, string | { "neurite-src"?: string }>;

/** The entries of a package are the sources its exports name; `dist` mirrors `src`. */
function packageEntries(dir: string): Record<string, string> {
  const { exports } = JSON.parse(readFileSync(`${dir}/package.json`, "utf8")) as {
    exports: Exports;
  };
  const sources = Object.values(exports).flatMap((e) =>
    typeof e === "string" ? [] : (e["neurite-src"] ?? []),
  );
  return Object.fromEntries(
    sources.map((s) => [s.slice("./src/".length, -".ts".length), `${dir}/${s}`]),
  );
}

function exampleEntries(): Record<string, string> {
  const files = existsSync("examples/src") ? readdirSync("examples/src") : [];
  const scripts = files.filter((f) => f.endsWith(".ts"));
  return Object.fromEntries(scripts.map((f) => [f.slice(0, -".ts".length), `examples/src/${f}`]));
}

const bundle = (dir: string, entry: Record<string, string>) => ({
  entry,
  outDir: `${dir}/dist`,
  format: ["esm" as const],
  target: "es2022",
  sourcemap: true,
  dts: false, // `tsc -b` writes the declarations (and `clean` would delete them)
  skipNodeModulesBundle: true,
  silent: true,
});

const packages = readdirSync("packages")
  .map((name) => `packages/${name}`)
  .filter((dir) => existsSync(`${dir}/package.json`));
const examples = exampleEntries();
export default defineConfig([
  ...packages.map((dir) => bundle(dir, packageEntries(dir))),
  ...(Object.keys(examples).length > 0 ? [bundle("examples", examples)] : []),
]);
