const FIRST_CAPACITY = 1 << 16;

/**
 * Numbers pairs of integers from 0 to 2^31 − 1 in the order in which they are first seen: an open hash table
 * of 12 bytes a slot, at most half full, since a `Map` of tens of millions of keys does not fit into memory.
 */
export class PairNumbers {
  #count = 0;
  #mask = FIRST_CAPACITY - 1;
  #first = new Int32Array(FIRST_CAPACITY);
  #second = new Int32Array(FIRST_CAPACITY);
  /** One more than the pair's number; 0 in an empty slot. */
  #numbers = new Int32Array(FIRST_CAPACITY);

  /** Number of different pairs seen. */
  get count(): number {
    return this.#count;
  }

  /** Returns the pair's number. */
  of(first: number, second: number): number {
    const slot = this.#slot(first, second);
    const number = this.#numbers[slot] as number;
    if (number > 0) return number - 1;
    this.#put(slot, first, second, ++this.#count);
    if (this.#count * 2 > this.#mask) this.#grow();
    return this.#count - 1;
  }

  /** Finds the slot that holds the pair, or the empty one that it belongs into. */
  #slot(first: number, second: number): number {
    let hash = Math.imul(first, 0x9e3779b1) ^ Math.imul(second, 0x85ebca77);
    hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
    let slot = (hash ^ (hash >>> 13)) & this.#mask;
    while (this.#numbers[slot] !== 0 && (this.#first[slot] !== first || this.#second[slot] !== second)) {
      slot = (slot + 1) & this.#mask;
    }
    return slot;
  }

  #put(slot: number, first: number, second: number, number: number): void {
    this.#first[slot] = first;
    this.#second[slot] = second;
    this.#numbers[slot] = number;
  }

  #grow(): void {
    const [firsts, seconds, numbers] = [this.#first, this.#second, this.#numbers];
    const capacity = numbers.length * 2;
    this.#mask = capacity - 1;
    this.#first = new Int32Array(capacity);
    this.#second = new Int32Array(capacity);
    this.#numbers = new Int32Array(capacity);
    for (let i = 0; i < numbers.length; i++) {
      const [first, second, number] = [firsts[i] as number, seconds[i] as number, numbers[i] as number];
      if (number > 0) this.#put(this.#slot(first, second), first, second, number);
    }
  }
}
