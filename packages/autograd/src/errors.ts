import { runningFunction } from "./naming.js";
import { currentScope } from "./scope.js";

/** What an error knows besides its sentence; tests and tools read these instead of the text. */
export interface ErrorFacts {
  readonly shapes?: readonly (readonly number[])[];
  readonly axis?: number;
  /** What to do, in one line. */
  readonly fix?: string;
  /** Where and in which module it was recorded, if that is not the present call. */
  readonly site?: string | undefined;
  readonly modulePath?: string;
  /** The error of another program that this one reports. */
  readonly cause?: unknown;
}

/** The base of all errors of neurite: the operation, the numbers, the place, and the way out. */
export class NeuriteError extends Error {
  override readonly name: string = "NeuriteError";
  readonly shapes: readonly (readonly number[])[];
  readonly axis: number | undefined;
  readonly fix: string | undefined;
  /** `file:line:column` of the user's call. */
  readonly site: string | undefined;
  /** The path of the module or scope that was running, as in "encoder.1.fc". */
  readonly modulePath: string;
  /** The operation or function, by its public name. */
  readonly op: string;

  /** `part` is what noticed: the operation, unless a function made of operations is running. */
  constructor(part: string, problem: string, facts: ErrorFacts = {}) {
    const op = runningFunction() ?? part;
    const site = facts.site ?? callSite();
    const path = facts.modulePath ?? currentScope().path;
    const place = [site && `recorded at ${site}`, path && `in module ${path}`].filter(Boolean);
    const lines = [`${op}: ${problem}`];
    if (place.length > 0) lines.push(`  ${place.join("   ")}`);
    if (facts.fix) lines.push(`  fix: ${facts.fix}`);
    super(lines.join("\n"), "cause" in facts ? { cause: facts.cause } : undefined);
    this.op = op;
    this.shapes = facts.shapes ?? [];
    this.axis = facts.axis;
    this.fix = facts.fix;
    this.site = site;
    this.modulePath = path;
  }
}

/** Shapes, axes or counts that do not go together. */
export class ShapeError extends NeuriteError {
  override readonly name = "ShapeError";
}

/** An element type that an operation does not take. */
export class DTypeError extends NeuriteError {
  override readonly name = "DTypeError";
}

/** An index, class or id beyond its bound. */
export class IndexError extends NeuriteError {
  override readonly name = "IndexError";
}

/** A derivative that was asked for where there is none. */
export class GradientError extends NeuriteError {
  override readonly name = "GradientError";
}

/** A value or a gradient that is not a number, found by `detectAnomaly`. */
export class AnomalyError extends NeuriteError {
  override readonly name = "AnomalyError";
}

/** A function that cannot be recorded on placeholders. */
export class TraceError extends NeuriteError {
  override readonly name = "TraceError";
}

/** An option, a name or a file that neurite cannot work with. */
export class ValueError extends NeuriteError {
  override readonly name = "ValueError";
}

// The packages lie side by side, as sources, as builds and in node_modules, so every frame whose
// file starts like this is neurite's own.
const home = fileOf(import.meta.url).replace(/autograd\/(src|dist)\/[^/]*$/, "");
const isOwnFrame = (file: string) =>
  file.startsWith(home) &&
  /^(autograd|nn|viz|interop|cli)\/(src|dist)\//.test(file.slice(home.length));

/** The first frame of the stack outside neurite, as `file:line:column`. */
export function callSite(): string | undefined {
  const limit = Error.stackTraceLimit;
  Error.stackTraceLimit = 64;
  const stack = new Error().stack ?? "";
  Error.stackTraceLimit = limit;
  for (const line of stack.split("\n").slice(1)) {
    const place = /(?:\(|at )((?:file:\/\/)?[^()]+):(\d+):(\d+)\)?$/.exec(line);
    if (!place) continue;
    const file = fileOf(place[1]!.replace(/^async /, ""));
    if (file.startsWith("node:") || isOwnFrame(file)) continue;
    return `${file}:${place[2]}:${place[3]}`;
  }
  return undefined;
}

function fileOf(url: string): string {
  return url.startsWith("file://") ? decodeURI(url.slice("file://".length)) : url;
}
