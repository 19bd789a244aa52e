import type { Value } from "../../ndarray.js";
import type { Cell } from "../../trace/effects.js";
import type { Capture } from "../../trace/graph.js";
import { giveBackWith, read, takeFor, write } from "./engine.js";

/** The place in engine memory of a variable's value or gradient, and what is known to be there. */
export interface Slot {
  readonly address: number;
  /** The version of the variable that the memory holds. */
  version: number;
  /** Copies the value out. */
  readonly read: () => Value;
}

type Place = Capture["place"];

const slots: Readonly<Record<Place, WeakMap<Cell, Slot>>> = {
  value: new WeakMap(),
  grad: new WeakMap(),
};

/** The slot of a variable: the same for all compiled functions. */
export function slotOf(cell: Cell, place: Place): Slot {
  const known = slots[place].get(cell);
  if (known) return known;
  const address = takeFor(cell);
  giveBackWith(cell, address);
  // It must not hold on to the variable, whose end is the end of the slot.
  const { shape, dtype } = cell;
  const slot = { address, version: -1, read: () => read(address, { shape, dtype }) };
  slots[place].set(cell, slot);
  return slot;
}

/** Brings what was assigned outside into engine memory. */
export function bringIn(cell: Cell, place: Place, slot: Slot): void {
  const version = place === "value" ? cell.version : cell.gradVersion;
  if (slot.version === version) return;
  const { value } = place === "value" ? cell.leaf : cell.grad!;
  write(slot.address, cell, value!);
  slot.version = version;
}

/** Tells a variable that a step has written to its slot. */
export function written(cell: Cell, place: Place, slot: Slot): void {
  if (place === "value") {
    cell.defer(slot.read);
    slot.version = cell.version;
  } else {
    cell.deferGrad(slot.read);
    slot.version = cell.gradVersion;
  }
}
