import { ValueError } from "../errors.js";

/** What JSON holds. */
export type Json =
  | number
  | string
  | boolean
  | null
  | readonly Json[]
  | { readonly [name: string]: Json };

/** The numbers that JSON has no notation for. */
const special = new Map(
  [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, -0].map((number) => [
    Object.is(number, -0) ? "-0" : String(number),
    number,
  ]),
);

/** A text that reads like one of them, behind any number of quotes. */
const lookalike = /^'*(NaN|-?Infinity|-0)$/;

/**
 * Plain data as JSON: NaN, infinities and −0 become texts, and texts that look like these get a
 * quote in front. `where` names the data in errors.
 */
export function toJson(data: unknown, where: string): Json {
  if (data === null || typeof data === "boolean") return data;
  if (typeof data === "number") {
    return Number.isFinite(data) && !Object.is(data, -0) ? data : specialText(data);
  }
  if (typeof data === "string") return lookalike.test(data) ? `'${data}` : data;
  if (Array.isArray(data)) return data.map((item, i) => toJson(item, `${where}[${i}]`));
  if (typeof data === "object" && Object.getPrototypeOf(data) === Object.prototype) {
    const fields = Object.entries(data).filter(([, value]) => value !== undefined);
    return Object.fromEntries(
      fields.map(([name, value]) => [name, toJson(value, `${where}.${name}`)]),
    );
  }
  const found = typeof data === "object" ? data.constructor?.name : typeof data;
  throw new ValueError("serialize", `${where} is ${found}, which a file cannot hold`, {
    fix: "use numbers, texts, booleans, null, and plain arrays and objects of them",
  });
}

const specialText = (number: number): string => (Object.is(number, -0) ? "-0" : String(number));

/** The data that `toJson` was given. */
export function fromJson(json: unknown): unknown {
  if (typeof json === "string") {
    const number = special.get(json);
    if (number !== undefined) return number;
    return lookalike.test(json) ? json.slice(1) : json;
  }
  if (Array.isArray(json)) return json.map(fromJson);
  if (typeof json !== "object" || json === null) return json;
  return Object.fromEntries(Object.entries(json).map(([name, value]) => [name, fromJson(value)]));
}
