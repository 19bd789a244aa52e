/*
 * What the printed functions use to look into a number. Words are in little-endian order, as every
 * engine stores them.
 */
export const double = new Float64Array(1);
export const words = new Int32Array(double.buffer);
export const single = new Float32Array(1);
export const word = new Int32Array(single.buffer);

/** 2ⁿ at n + 1024, for every n from −1024 to 1023. */
export const powers = new Float64Array(2048);
const powerWords = new Int32Array(powers.buffer);
powerWords[1] = 1 << 18;
powerWords[3] = 1 << 19;
for (let i = 2; i < powers.length; i++) powerWords[2 * i + 1] = (i - 1) << 20;

/** Whether the sign is negative: of −0 too. */
export const isNegative = (x: number): boolean => x < 0 || (x === 0 && 1 / x < 0);
