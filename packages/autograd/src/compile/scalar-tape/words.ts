/** 32-bit words, as many as come. */
export class Words {
  length = 0;
  #words = new Int32Array(1024);

  push(...words: readonly number[]): void {
    for (const word of words) this.put(word);
  }

  put(word: number): void {
    if (this.length === this.#words.length) {
      const more = new Int32Array(2 * this.length);
      more.set(this.#words);
      this.#words = more;
    }
    this.#words[this.length++] = word;
  }

  set(at: number, word: number): void {
    this.#words[at] = word;
  }

  finish(): Int32Array {
    return this.#words.slice(0, this.length);
  }
}
