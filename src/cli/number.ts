import { InvalidArgumentError } from 'commander';

/** An option's value as a number. @throws {InvalidArgumentError} if it is none. */
export function number(text: string): number {
  const value = Number(text);
  if (text.trim() !== '' && Number.isFinite(value)) return value;
  throw new InvalidArgumentError('a number is required');
}
