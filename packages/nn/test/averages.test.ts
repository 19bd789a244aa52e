import { scalar, type Tensor, ValueError, variable } from "@neurite/autograd";
import { describe, expect, it } from "vitest";
import { expectClose } from "../../autograd/test/support/close.js";
import { AveragedParameters, EMA, SWA } from "../src/index.js";

describe("averages of parameters", () => {
  it("SWA is the mean of what it saw", () => {
    const w = scalar(100);
    const average = new SWA([w]);
    for (const value of [1, 2, 6]) {
      w.assign(value);
      average.update();
    }
    expectClose(
      average.apply(() => w.asTensor()),
      3,
      { rtol: 1e-15 },
    );
    expect(w.item()).toBe(6);
  });

  it("EMA begins with the first value that it saw", () => {
    const w = scalar(100);
    const average = new EMA([w], { decay: 0.75 });
    const path = [1, 2, 6].map((value) => {
      w.assign(value);
      average.update();
      return average.apply(() => w.item());
    });
    expect(path).toEqual([1, 1.25, 2.4375]);
  });

  it("swap exchanges, and puts back the second time", () => {
    const w = variable([1, 2]);
    const average = new SWA([w]);
    average.update();
    w.assign([3, 4]);
    average.swap();
    expect(w.toArray()).toEqual([1, 2]);
    average.swap();
    expect(w.toArray()).toEqual([3, 4]);
  });

  it("apply puts the parameters back after an error and after a promise", async () => {
    const w = scalar(1);
    const average = new EMA([w]);
    average.update();
    w.assign(5);
    const fail = () => {
      throw new RangeError(`at ${w.item()}`);
    };
    expect(() => average.apply(fail)).toThrow("at 1");
    expect(w.item()).toBe(5);
    const later = average.apply(async () => {
      await null;
      return w.item();
    });
    expect(await later).toBe(1);
    expect(w.item()).toBe(5);
    await expect(average.apply(async () => fail())).rejects.toThrow("at 1");
    expect(w.item()).toBe(5);
  });

  it("an average of one's own says how one parameter is averaged", () => {
    class Largest extends AveragedParameters {
      protected next = (average: Tensor, parameter: Tensor) => average.maximum(parameter);
    }
    const w = variable([0, 0]);
    const largest = new Largest([w]);
    for (const value of [
      [1, -2],
      [0, 5],
    ]) {
      w.assign(value);
      largest.update();
    }
    expect(largest.apply(() => w.toArray())).toEqual([1, 5]);
  });

  const twice = scalar(1);

  it.each<[message: string, make: () => unknown]>([
    ["EMA: decay is 1.5, which is not in [0, 1]", () => new EMA([scalar(1)], { decay: 1.5 })],
    ["EMA: decay is NaN", () => new EMA([scalar(1)], { decay: Number.NaN })],
    ["SWA: the list of parameters is empty", () => new SWA([])],
    ["SWA: one parameter is listed twice, at positions 0 and 1", () => new SWA([twice, twice])],
  ])("%s", (message, make) => {
    expect(make).toThrow(ValueError);
    expect(make).toThrow(message);
  });
});
