/**
 * `npm run bench`: installs the peers if they are not there, bundles the benchmarks, and runs them
 * with plain Node: tsx gives every function its name at run time, which costs eager execution time.
 */
import { spawnSync } from "node:child_process";
import { copyFileSync, existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { build } from "tsup";

const bench = fileURLToPath(new URL("..", import.meta.url));
const peers = `${bench}peers`;

const read = (path: string) => (existsSync(path) ? readFileSync(path, "utf8") : undefined);

function installPeers(): void {
  const [wanted, installed] = [`${peers}/package-lock.json`, `${peers}/node_modules/.installed`];
  if (read(wanted) === read(installed)) return;
  console.log("Installing the peers into bench/peers (600 MB, once)");
  const { status } = spawnSync("npm", ["ci"], { cwd: peers, stdio: "inherit" });
  if (status === 0) copyFileSync(wanted, installed);
  else console.log("npm ci failed: what is missing will be skipped");
}

/** Beside node_modules of the peers, so that `peers/load.ts` finds them. */
const bundle = (entry: { readonly [name: string]: string }, minify = false) =>
  build({
    entry: { ...entry },
    outDir: `${peers}/dist`,
    minify,
    format: "esm",
    target: "es2022",
    platform: "node",
    noExternal: [/^@neurite\//],
    splitting: false,
    config: false,
    silent: true,
    esbuildOptions(options) {
      options.conditions = ["neurite-src"];
    },
  });

installPeers();
const programs = ["main", "compile-process", "threads-process", "train-process"];
await bundle(Object.fromEntries(programs.map((name) => [name, `${bench}src/${name}.ts`])));
await bundle({ autograd: `${bench}../packages/autograd/src/index.ts` }, true);
const script = `${peers}/dist/main.js`;
const { status } = spawnSync(process.execPath, ["--expose-gc", script, ...process.argv.slice(2)], {
  cwd: bench,
  stdio: "inherit",
});
process.exitCode = status ?? 1;
