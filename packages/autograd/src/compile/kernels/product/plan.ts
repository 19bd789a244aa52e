import { type Feed, feedOfA, feedOfB } from "./feed.js";
import { BLOCK_ROWS, PANEL, type Problem, type TileShape } from "./shape.js";

export interface Plan {
  readonly problem: Problem;
  readonly lanes: number;
  readonly tile: TileShape;
  /** The most rows and columns that are computed from one packed block. */
  readonly block: { readonly rows: number; readonly columns: number };
  readonly a: Feed;
  readonly b: Feed;
  /** Whether units are rows of tiles; else they are columns of tiles. */
  readonly byRows: boolean;
  /** Whether sums wait in scratch memory, as the result may hold the addend. */
  readonly apart: boolean;
  /** Byte offsets in the scratch memory. */
  readonly places: {
    readonly table: number;
    readonly a: number;
    readonly b: number;
    readonly totals: number;
  };
  readonly scratch: number;
}

/** Shapes of tiles that fit the 15 vector registers of x64, with their operands. */
const TILES: readonly TileShape[] = [
  { rows: 4, vectors: 2 },
  { rows: 3, vectors: 3 },
  { rows: 8, vectors: 1 },
  { rows: 2, vectors: 4 },
  { rows: 1, vectors: 8 },
];

export function planOf(problem: Problem): Plan {
  const { element, rows, columns, inner } = problem;
  const lanes = 16 / element;
  const tile = tileFor(problem, lanes);
  const width = tile.vectors * lanes;
  const block = {
    rows: even(rows, BLOCK_ROWS, tile.rows),
    // Each packed column of B is used once for each tile of rows.
    columns: rows > tile.rows ? even(columns, 2048 / element, width) : width,
  };
  const a = feedOfA(problem, tile, lanes);
  const b = feedOfB(problem, lanes);
  const tables = (feed: Feed) => feed.packing !== null && feed.packing.inner.length > 1;
  const packed = (feed: Feed, side: number) =>
    feed.packing ? Math.ceil(side / feed.packing.group) * feed.packing.groupBytes : 0;
  const apart = problem.addend && inner > PANEL;
  const [table, atA, atB, atTotals, scratch] = places([
    tables(a) || tables(b) ? 4 * PANEL : 0,
    packed(a, block.rows),
    packed(b, block.columns),
    apart ? block.rows * block.columns * element : 0,
  ]);
  return {
    problem,
    lanes,
    tile,
    block,
    a,
    b,
    byRows: rows / tile.rows >= Math.min(16, columns / width),
    apart,
    places: { table: table!, a: atA!, b: atB!, totals: atTotals! },
    scratch: scratch!,
  };
}

/** The tile that takes the fewest cycles: two products a cycle, three for a sum to be ready. */
function tileFor({ rows, columns, inner }: Problem, lanes: number): TileShape {
  const vectors = Math.ceil(columns / lanes);
  const cycles = (rows: number, vectors: number) =>
    rows * vectors === 0 ? 0 : 12 + inner * Math.max(3, (rows * vectors) / 2, (rows + vectors) / 2);
  const cost = (tile: TileShape): number => {
    const [tall, wide] = [Math.floor(rows / tile.rows), Math.floor(vectors / tile.vectors)];
    const [low, narrow] = [rows % tile.rows, vectors % tile.vectors];
    const row = (height: number) => wide * cycles(height, tile.vectors) + cycles(height, narrow);
    return tall * row(tile.rows) + row(low);
  };
  return TILES.reduce((best, tile) => (cost(tile) < 0.85 * cost(best) ? tile : best));
}

/** Divides a side into equal blocks of at most `most`, in whole tiles. */
function even(side: number, most: number, tile: number): number {
  const blocks = Math.max(1, Math.ceil(side / most));
  return Math.ceil(side / blocks / tile) * tile;
}

const ceil = (value: number, unit: number): number => Math.ceil(value / unit) * unit;

/** Consecutive places for some bytes each, and the end. */
function places(sizes: readonly number[]): number[] {
  const starts = [0];
  for (const size of sizes) starts.push(ceil(starts.at(-1)! + size, 64));
  return starts;
}
