import type { Tensor, Variable } from "@neurite/autograd";

/** Units of one parameter that are the same, and learn the same. */
export interface SymmetricUnits {
  readonly path: string;
  /** Rows of the parameter. */
  readonly units: readonly number[];
  /** The norm of the gradient that each of them gets. */
  readonly gradientNorm: number;
}

/**
 * The units, rows of parameters of at least two axes, whose weights are equal and whose gradients
 * are: training keeps them equal, so that a layer of them is worth one. Gradients count as equal if
 * they differ by less than a millionth.
 */
export function symmetricUnits(
  parameters: Iterable<readonly [path: string, parameter: Variable]>,
  gradients: Readonly<Record<string, Tensor>>,
): SymmetricUnits[] {
  const found: SymmetricUnits[] = [];
  for (const [path, parameter] of parameters) {
    if (parameter.rank < 2) continue;
    const slopes = rowsOf(gradients[path]!);
    for (const units of groupsOf(rowsOf(parameter.asTensor()))) {
      for (const alike of splitByGradient(units, slopes)) {
        if (alike.length < 2) continue;
        found.push({ path, units: alike, gradientNorm: normOf(slopes[alike[0]!]!) });
      }
    }
  }
  return found;
}

function rowsOf(x: Tensor): Float64Array[] {
  const elements = Float64Array.from(x.toTypedArray());
  const width = elements.length / x.shape[0]!;
  return Array.from({ length: x.shape[0]! }, (_, row) =>
    elements.subarray(row * width, (row + 1) * width),
  );
}

/** The rows that are equal to the last bit. */
function groupsOf(rows: readonly Float64Array[]): number[][] {
  const groups = new Map<string, number[]>();
  for (const [unit, row] of rows.entries()) {
    const key = row.join();
    const group = groups.get(key);
    if (group) group.push(unit);
    else groups.set(key, [unit]);
  }
  return [...groups.values()].filter(({ length }) => length > 1);
}

function splitByGradient(units: readonly number[], slopes: readonly Float64Array[]): number[][] {
  const groups: number[][] = [];
  for (const unit of units) {
    const own = slopes[unit]!;
    const group = groups.find(([first]) => {
      const other = slopes[first!]!;
      return normOf(own.map((g, i) => g - other[i]!)) <= 1e-6 * normOf(own);
    });
    if (group) group.push(unit);
    else groups.push([unit]);
  }
  return groups;
}

const normOf = (row: Float64Array): number =>
  Math.sqrt(row.reduce((sum, element) => sum + element * element, 0));
