import { ReadError, shown } from '../readers/index.ts';

/** A tensor of a file: its name, type, shape and place. */
export interface StoredTensor {
  name: string;
  /** Type of its elements as the format names it: `BF16`, `I64`, `Q4_K`. */
  type: string;
  /** Lengths of its dimensions, the outermost first. */
  shape: readonly number[];
  /** Offset of its bytes in its file, and their number. */
  offset: number;
  bytes: number;
}

/** Names the place of an error: the file and one of its tensors. */
export function tensorAt(path: string, name: string): string {
  return `${path}, tensor ${shown(name)}`;
}

/**
 * Returns the number of elements of a shape.
 *
 * @throws {ReadError} unless each length is a whole number and their product below 2^53.
 */
export function elementCount(shape: readonly number[], at: string): number {
  const count = shape.reduce((product, length) => product * length, 1);
  if (shape.every(length => Number.isSafeInteger(length) && length >= 0) && Number.isSafeInteger(count)) {
    return count;
  }
  const required = 'a shape of whole numbers whose product is below 2^53';
  throw new ReadError({ at, required, found: shown(shape) });
}
