import { expect } from "vitest";

/** The error that `body` throws, for a look at its fields. */
export function thrown<E extends Error>(
  type: new (...inputs: never[]) => E,
  body: () => unknown,
): E {
  try {
    body();
  } catch (error) {
    expect(error).toBeInstanceOf(type);
    return error as E;
  }
  throw new Error("nothing was thrown");
}
