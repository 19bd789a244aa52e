/** The value at a share of the way through the sorted values; 0.5 is the median. */
function quantile(values: readonly number[], share: number): number {
  const sorted = Float64Array.from(values).sort();
  const place = share * (sorted.length - 1);
  const low = Math.floor(place);
  const high = Math.ceil(place);
  return sorted[low]! + (sorted[high]! - sorted[low]!) * (place - low);
}

export const median = (values: readonly number[]): number => quantile(values, 0.5);

/** The middle half of the values, as a share of the median: how far to trust it. */
export const spread = (values: readonly number[]): number =>
  (quantile(values, 0.75) - quantile(values, 0.25)) / median(values);
