/** The slope of the straight line with the least squared distance from points (x, y). */
export function slopeOfLine(points: readonly (readonly [x: number, y: number])[]): number {
  const mean = (place: 0 | 1) =>
    points.reduce((sum, point) => sum + point[place], 0) / points.length;
  const [mx, my] = [mean(0), mean(1)];
  let [products, squares] = [0, 0];
  for (const [x, y] of points) {
    products += (x - mx) * (y - my);
    squares += (x - mx) ** 2;
  }
  return products / squares;
}
