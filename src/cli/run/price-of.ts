import type { Price } from '../../chat/index.ts';
import { UsageError } from '../exit.ts';

/** Reads the price of a server's tokens. @throws {UsageError} unless it states money for those of prompts and of answers. */
export function priceOf(price: Readonly<Record<string, number>> | undefined): Price | undefined {
  if (price === undefined) return undefined;
  const { input, output, ...others } = price;
  if (input === undefined || output === undefined || Object.keys(others).length > 0)
    throw new UsageError(`--price must state input and output alone, got ${JSON.stringify(price)}`);
  return { input, output };
}
