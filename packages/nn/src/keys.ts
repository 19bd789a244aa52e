import { type Key, key, split } from "@neurite/autograd";

let stream: Key = key(0);

/**
 * Restarts the stream that modules without a `key` of their own draw from; programs begin as if
 * `seed(0)` had been called. The same seed and order of construction give the same numbers.
 */
export function seed(value: number): void {
  stream = key(value);
}

/** The next key of the stream. */
export function nextStreamKey(): Key {
  const [rest, next] = split(stream);
  stream = rest!;
  return next!;
}
