import {
  ShapeError,
  sameShape,
  scan,
  scope,
  showShape,
  stack,
  type Tensor,
} from "@neurite/autograd";
import { Dropout } from "../layers/dropout.js";
import { labelFields, Module } from "../module.js";
import { checkCount, checkNumber } from "../options.js";
import { snakeCase } from "../state.js";
import {
  cellOptions,
  type RecurrentCell,
  type RecurrentCellOptions,
  type RecurrentState,
  tensorOf,
} from "./cell.js";

export interface RecurrentOptions extends RecurrentCellOptions {
  /** How many layers lie one on the other, each fed with the outputs of the one below; 1. */
  readonly numLayers?: number;
  /** Whether each layer also reads the sequence from its end; false by default. */
  readonly bidirectional?: boolean;
  /** The probability with which outputs between two layers are dropped in training; 0. */
  readonly dropout?: number;
}

/** The names of `RecurrentOptions`. */
export const recurrentOptions = [...cellOptions, "numLayers", "bidirectional", "dropout"] as const;

/** What a recurrent network makes of a sequence. */
export type RecurrentResult<S extends RecurrentState = RecurrentState> = {
  /** The hidden states of the last layer at every time: `[batch, time, directions·hidden]`. */
  readonly outputs: Tensor;
  /**
   * The states after the last time, where a next part of the sequence goes on: `[batch, hidden]`,
   * or of several layers or directions `[layers·directions, batch, hidden]`, as in PyTorch.
   */
  readonly state: S;
};

/**
 * Cells over sequences `[batch, time, inputs]`. Each is one loop over the times, whose compiled
 * code is as long for a thousand times as for one. The cells are called "l0", "l0Reverse", "l1", …,
 * after PyTorch's suffixes.
 */
export abstract class Recurrent<S extends RecurrentState = RecurrentState> extends Module {
  /** By layer, the one that reads forwards first. */
  readonly cells: readonly RecurrentCell<S>[];
  /** Between layers. */
  readonly dropout: Dropout | null;
  readonly bidirectional: boolean;

  constructor(
    options: RecurrentOptions,
    make: (options: RecurrentCellOptions) => RecurrentCell<S>,
  ) {
    super(options);
    const { inputs, hidden, bias = true } = options;
    const { numLayers = 1, bidirectional = false, dropout = 0 } = options;
    const own = this.constructor.name;
    checkCount(own, "numLayers", numLayers);
    checkNumber(own, "dropout", dropout, { min: 0, max: 1 });
    this.bidirectional = bidirectional;
    const directions = this.#directions;
    this.cells = Array.from({ length: numLayers * directions }, (_, i) => {
      const width = i < directions ? inputs : directions * hidden;
      return make({ inputs: width, hidden, bias, ...this.inherited });
    });
    this.dropout = dropout > 0 ? new Dropout({ p: dropout, ...this.inherited }) : null;
  }

  forward(x: Tensor, initial?: S): RecurrentResult<S> {
    this.#checkSequence(x);
    const batch = x.shape[0]!;
    if (initial) this.#checkState(initial, batch);
    const last: S[] = [];
    // Times first: a loop goes along axis 0.
    let sequence = x.transpose([1, 0, 2]);
    for (let first = 0; first < this.cells.length; first += this.#directions) {
      if (first > 0 && this.dropout) sequence = this.dropout.apply(sequence);
      const read = Array.from({ length: this.#directions }, (_, direction) => {
        const at = first + direction;
        const state = initial ? this.#part(initial, at) : this.cells[at]!.initialState(batch);
        return this.#read(at, sequence, state);
      });
      last.push(...read.map(({ state }) => state));
      const [forwards, ...backwards] = read.map(({ outputs }) => outputs);
      sequence = backwards.length > 0 ? forwards!.concat(backwards, 2) : forwards!;
    }
    return { outputs: sequence.transpose([1, 0, 2]), state: this.#whole(last) };
  }

  /** The state before anything was seen: zeros, for a batch of the given size. */
  initialState(batch: number): S {
    return this.#whole(this.cells.map((cell) => cell.initialState(batch)));
  }

  override *children(): Iterable<[name: string, child: Module]> {
    for (const [i, cell] of this.cells.entries()) yield [this.#nameOf(i), cell];
    if (this.dropout) yield ["dropout", this.dropout];
  }

  override torchName(path: string): string | null {
    const [child, name] = path.split(".") as [string, string];
    return child === "dropout" ? null : `${snakeCase(name)}_${snakeCase(child)}`;
  }

  /** Runs one cell over a sequence `[time, batch, …]`. */
  #read(at: number, sequence: Tensor, start: S): RecurrentResult<S> {
    const cell = this.cells[at]!;
    labelFields(cell);
    const run = () => {
      const advance = (state: S, x: Tensor): readonly [S, Tensor] => {
        const next = cell.next(cell.fromInput(x), state);
        return [next, next.h];
      };
      return scan(advance, start, sequence, { reverse: this.#isReverse(at) });
    };
    const [state, outputs] = scope(this.#nameOf(at), run, cell.constructor.name);
    return { outputs, state: state as S };
  }

  get #directions(): number {
    return this.bidirectional ? 2 : 1;
  }

  #isReverse(at: number): boolean {
    return at % this.#directions === 1;
  }

  #nameOf(at: number): string {
    return `l${Math.floor(at / this.#directions)}${this.#isReverse(at) ? "Reverse" : ""}`;
  }

  /** The state of one cell, of the states of all. */
  #part(state: S, at: number): S {
    return this.#mapState((name) => {
      const all = state[name] as Tensor;
      return this.cells.length === 1 ? all : all.slice(at);
    });
  }

  /** The states of all cells as one. */
  #whole(states: readonly S[]): S {
    return this.#mapState((name) => {
      const all = states.map((state) => state[name] as Tensor);
      return all.length === 1 ? all[0]! : stack(all);
    });
  }

  #mapState(tensorOf: (name: keyof S & string) => Tensor): S {
    const names = this.cells[0]!.stateNames;
    return Object.fromEntries(names.map((name) => [name, tensorOf(name)])) as S;
  }

  #checkSequence(x: Tensor): void {
    const { inputs } = this.cells[0]!;
    if (x.rank === 3 && x.shape[1]! > 0 && x.shape[2] === inputs) return;
    const expected = `[batch, time, ${inputs}]`;
    const problem = `expected ${expected}, got shape ${showShape(x.shape)}`;
    throw new ShapeError(this.constructor.name, problem, {
      shapes: [x.shape],
      fix: `give sequences of shape ${expected}, of at least one time`,
    });
  }

  #checkState(state: S, batch: number): void {
    const { hidden, stateNames } = this.cells[0]!;
    const cells = this.cells.length === 1 ? [] : [this.cells.length];
    const expected = [...cells, batch, hidden];
    for (const name of stateNames) {
      const { shape } = tensorOf(this, state, name);
      if (sameShape(shape, expected)) continue;
      const problem = `the state ${name} has shape ${showShape(shape)}, not ${showShape(expected)}`;
      throw new ShapeError(this.constructor.name, problem, {
        shapes: [shape],
        fix: `give it shape ${showShape(expected)}, as initialState(${batch}) has`,
      });
    }
  }
}
