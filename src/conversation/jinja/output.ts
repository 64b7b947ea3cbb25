import type { Budget } from './budget.ts';

/** Text that is being written. */
export class Output {
  readonly #parts: string[] = [];
  readonly #budget: Budget;
  #length = 0;

  constructor(budget: Budget) {
    this.#budget = budget;
  }

  /** UTF-16 units written so far. */
  get length(): number {
    return this.#length;
  }

  write(text: string): void {
    this.#budget.spend(text.length);
    this.#parts.push(text);
    this.#length += text.length;
  }

  text(): string {
    return this.#parts.join('');
  }
}
