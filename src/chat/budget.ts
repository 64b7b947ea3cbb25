import type { TokenUsage } from './completion.ts';
import type { Price } from './price.ts';

/** Limits of a model's use; whichever is met first counts. */
export interface Budget {
  /** Tokens, of prompts and answers together. */
  tokens?: number | undefined;
  /** Money, in the currency of {@link Price}. */
  money?: number | undefined;
}

/** Tokens and money used so far. */
export interface Spending extends TokenUsage {
  /** In the currency of the price; 0 without one. */
  money: number;
}

/** A call that was not made, since it could have cost more than is left. */
export class BudgetSpent extends Error {}

/**
 * Keeps a budget that calls made side by side never exceed: each first sets aside what it can cost at most,
 * and waits where that fits only once the others turn out cheaper.
 */
export class BudgetTracker {
  readonly #budget: Budget;
  readonly #price: Price;
  readonly #waiting: (() => void)[] = [];
  #aside = { tokens: 0, money: 0 };
  #open = 0;
  #spent: Spending = { input: 0, output: 0, money: 0 };

  /** @throws {RangeError} if a budget in money comes without a price, or a limit is no number. */
  constructor(budget: Budget, price: Price | undefined) {
    if (budget.money !== undefined && price === undefined)
      throw new RangeError('Cannot keep a budget in money: a price is required, found none');
    for (const [name, limit] of Object.entries(budget)) {
      if (limit !== undefined && !(limit >= 0))
        throw new RangeError(`Cannot keep a budget: ${name} must be a number of at least 0, found ${limit}`);
    }
    this.#budget = budget;
    this.#price = price ?? { input: 0, output: 0 };
  }

  get spent(): Readonly<Spending> {
    return { ...this.#spent };
  }

  /**
   * Makes a call if the budget allows.
   *
   * @param largest what the call can cost at most.
   * @param call gives its result, and what it did cost; undefined counts as the most.
   * @throws {BudgetSpent} if it could exceed the budget.
   */
  async pay<T>(
    largest: TokenUsage,
    call: () => Promise<{ result: T; usage: TokenUsage | undefined }>,
  ): Promise<T> {
    const most = { tokens: largest.input + largest.output, money: this.#cost(largest) };
    while (!this.#fits(most)) {
      if (this.#open === 0) throw new BudgetSpent(this.#refusal(most.tokens));
      await new Promise<void>(resolve => this.#waiting.push(resolve));
    }
    this.#set(most, 1);
    try {
      const { result, usage = largest } = await call();
      this.#spent.input += usage.input;
      this.#spent.output += usage.output;
      this.#spent.money += this.#cost(usage);
      return result;
    } finally {
      this.#set(most, -1);
      for (const wake of this.#waiting.splice(0)) wake();
    }
  }

  #set({ tokens, money }: { tokens: number; money: number }, sign: 1 | -1): void {
    this.#aside.tokens += sign * tokens;
    this.#aside.money += sign * money;
    this.#open += sign;
  }

  #fits({ tokens, money }: { tokens: number; money: number }): boolean {
    const { input, output, money: paid } = this.#spent;
    const { tokens: mostTokens = Infinity, money: mostMoney = Infinity } = this.#budget;
    return (
      input + output + this.#aside.tokens + tokens <= mostTokens &&
      paid + this.#aside.money + money <= mostMoney
    );
  }

  #cost({ input, output }: TokenUsage): number {
    return (input * this.#price.input + output * this.#price.output) / 1e6;
  }

  #refusal(tokens: number): string {
    const { input, output, money } = this.#spent;
    const limits = Object.entries(this.#budget).filter(([, limit]) => limit !== undefined);
    return `Not asked: up to ${tokens} more tokens do not fit into the budget of ${limits.map(([name, limit]) => `${limit} ${name}`).join(' and ')}; used are ${input + output} tokens, ${money} money`;
  }
}
