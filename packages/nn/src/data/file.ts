import { existsSync, readdirSync, statSync } from "node:fs";
import { basename, dirname, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { DataError } from "./data-error.js";
import { nearest } from "./nearest.js";

/** The full path of a file that is there: relative ones start at the working directory. */
export function filePath(op: string, path: string | URL): string {
  const full = typeof path === "string" ? resolve(path) : fileURLToPath(path);
  if (!existsSync(full)) {
    throw new DataError(op, `there is no file ${full}`, { value: full, fix: findFix(full) });
  }
  if (statSync(full).isDirectory()) throw notReadable(op, full, "EISDIR");
  return full;
}

export function notReadable(op: string, path: string, reason: string): DataError {
  const fix = reason === "EISDIR" ? "name a file, not a folder" : "check the rights to the file";
  return new DataError(op, `${path} cannot be read: ${reason}`, { value: path, fix });
}

export const notUtf8 = (op: string, path: string): DataError =>
  new DataError(op, `${path} is not UTF-8 text`, {
    value: path,
    fix: "save it as UTF-8, or decode it and call parseCsv",
  });

function findFix(path: string): string {
  const folder = dirname(path);
  if (!existsSync(folder)) return `the folder ${folder} does not exist either`;
  const similar = nearest(basename(path), readdirSync(folder));
  return similar ? `did you mean ${resolve(folder, similar)}?` : `see what is in ${folder}`;
}
