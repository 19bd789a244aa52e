import { mkdir, writeFile } from "node:fs/promises";
import { dirname, extname } from "node:path";
import { ValueError } from "@neurite/autograd";
import { type RenderOptions, renderSvg } from "./render.js";

/**
 * Writes a drawing to a file, as text to `.dot`, rendered to `.svg`; makes the folder if need be.
 */
export async function renderToFile(
  dot: string,
  path: string,
  options: RenderOptions,
): Promise<void> {
  const kind = extname(path).toLowerCase();
  if (kind !== ".dot" && kind !== ".svg") {
    throw new ValueError("renderToFile", `"${path}" ends in "${kind}"`, {
      fix: "end the path in .svg for a picture or .dot for its text",
    });
  }
  const text = kind === ".dot" ? dot : await renderSvg(dot, options);
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, text);
}
