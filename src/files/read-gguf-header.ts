import { type GgufHeader, parseGgufHeader } from './gguf-header.ts';
import { openInput } from './input-file.ts';
import { windowed } from './windowed.ts';

/**
 * Reads the header of a GGUF file, which bounds every count in it by the size of the file: for programs that would
 * otherwise believe a hostile one.
 *
 * @throws {ReadError} if the file is not what the format allows, or is cut off.
 */
export async function readGgufHeader(path: string): Promise<GgufHeader> {
  const file = await openInput(path);
  try {
    return parseGgufHeader(windowed(file));
  } finally {
    await file.close();
  }
}
