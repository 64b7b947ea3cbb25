import { TemplateError } from './template-error.ts';

/** Steps of one rendering: each is an expression, a statement or an iteration. Some thousand turns of a long template. */
const MOST_STEPS = 2_000_000;

/** Characters that one rendering may read and write, in all; an item of a list counts as eight. */
const MOST_UNITS = 50_000_000;

const UNITS_OF_ITEM = 8;

/** Depth of calls of macros in one another. */
const MOST_DEPTH = 200;

/**
 * Work that a template may still do. A template comes from whoever published the model: a loop in a loop, or a string
 * that doubles, ends in an error, after the same work on every machine.
 */
export class Budget {
  #steps = MOST_STEPS;
  #units = MOST_UNITS;
  #depth = 0;

  /** Takes one step. @throws {TemplateError} if none is left. */
  step(): void {
    this.#steps -= 1;
    if (this.#steps < 0)
      throw new TemplateError(`the template must end within ${MOST_STEPS} steps, it does not`);
  }

  /** Takes characters, before they are read or written. @throws {TemplateError} if not as many are left. */
  spend(units: number): void {
    this.#units -= units;
    if (!(this.#units >= 0))
      throw new TemplateError(
        `the template must read and write at most ${MOST_UNITS} characters, it needs more`,
      );
  }

  /** Takes the items of a list, before it is made. */
  spendItems(count: number): void {
    this.spend(UNITS_OF_ITEM * count);
  }

  /** Runs the body of a macro. @throws {TemplateError} if too many have called one another. */
  nested<T>(body: () => T): T {
    this.#depth += 1;
    if (this.#depth > MOST_DEPTH)
      throw new TemplateError(`macros must call one another at most ${MOST_DEPTH} deep, they call deeper`);
    try {
      return body();
    } finally {
      this.#depth -= 1;
    }
  }
}
