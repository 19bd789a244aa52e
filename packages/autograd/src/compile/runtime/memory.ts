import type { MemoryLimits } from "../wasm/module.js";
import { type Memory, webAssembly } from "./web-assembly.js";

const PAGE = 65536;

/** 4 GiB: all that addresses of 32 bits reach. */
const MOST_PAGES = 65536;

/** A run of free bytes. */
interface Gap {
  at: number;
  bytes: number;
}

/**
 * The memory that all compiled functions share, and who owns which part of it. It grows as needed;
 * what is given back is used again.
 */
export class EngineMemory {
  readonly memory: Memory;
  /** What modules have to say of it when they import it. */
  readonly limits: MemoryLimits;
  /** Sorted by address; neighbours are joined. The first bytes stay free: 0 is no address. */
  readonly #gaps: Gap[] = [{ at: 64, bytes: PAGE - 64 }];
  readonly #sizes = new Map<number, number>();

  constructor(shared: boolean) {
    this.memory = new webAssembly!.Memory({ initial: 1, maximum: MOST_PAGES, shared });
    this.limits = shared ? { minimum: 1, shared: MOST_PAGES } : { minimum: 1 };
  }

  get pages(): number {
    return this.memory.buffer.byteLength / PAGE;
  }

  /** How many bytes are in use. */
  get used(): number {
    return [...this.#sizes.values()].reduce((sum, bytes) => sum + bytes, 0);
  }

  /** Takes so many bytes; returns their address, a multiple of 64. */
  take(bytes: number): number {
    const room = Math.max(64, Math.ceil(bytes / 64) * 64);
    let gap = this.#gaps.find((own) => own.bytes >= room);
    if (!gap) {
      this.#grow(room);
      gap = this.#gaps.find((own) => own.bytes >= room)!;
    }
    const { at } = gap;
    gap.at += room;
    gap.bytes -= room;
    if (gap.bytes === 0) this.#gaps.splice(this.#gaps.indexOf(gap), 1);
    this.#sizes.set(at, room);
    return at;
  }

  /** Gives back what `take` gave. */
  giveBack(at: number): void {
    const bytes = this.#sizes.get(at)!;
    this.#sizes.delete(at);
    this.#release({ at, bytes });
  }

  #grow(room: number): void {
    const before = this.memory.buffer.byteLength;
    const pages = Math.ceil(room / PAGE);
    this.memory.grow(pages);
    this.#release({ at: before, bytes: pages * PAGE });
  }

  #release(gap: Gap): void {
    const next = this.#gaps.findIndex(({ at }) => at > gap.at);
    const index = next < 0 ? this.#gaps.length : next;
    this.#gaps.splice(index, 0, gap);
    const after = this.#gaps[index + 1];
    if (after && gap.at + gap.bytes === after.at) {
      gap.bytes += after.bytes;
      this.#gaps.splice(index + 1, 1);
    }
    const before = this.#gaps[index - 1];
    if (before && before.at + before.bytes === gap.at) {
      before.bytes += gap.bytes;
      this.#gaps.splice(index, 1);
    }
  }
}
