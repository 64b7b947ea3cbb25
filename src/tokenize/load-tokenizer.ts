import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { llamaTokenizer } from './llama.ts';
import type { Tokenizer } from './tokenizer.ts';
import { jsonTokenizer } from './tokenizer-json.ts';

/** The files that hold a tokenizer, the first that is there counts. */
const READERS: Readonly<Record<string, (file: Buffer) => Tokenizer | Promise<Tokenizer>>> = {
  'tokenizer.json': file => jsonTokenizer(JSON.parse(file.toString('utf8'))),
  'tokenizer.model': llamaTokenizer,
};

/**
 * Loads the tokenizer of a model's folder, as Hugging Face lays it out: its `tokenizer.json`, else its
 * `tokenizer.model`.
 *
 * @throws {Error} naming the file that cannot be read, or the folder if it holds none of them.
 * @example
 * const tokenizer = await loadTokenizer('checkpoints/smollm2')
 * tokenizer.decode(tokenizer.encode('Hello!')) // 'Hello!'
 */
export async function loadTokenizer(folder: string): Promise<Tokenizer> {
  for (const [name, read] of Object.entries(READERS)) {
    const path = join(folder, name);
    const file = await readFile(path).catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return undefined;
      throw error;
    });
    if (!file) continue;
    try {
      return await read(file);
    } catch (error) {
      throw new Error(`Cannot load ${path}: ${(error as Error).message}`, { cause: error });
    }
  }
  throw new Error(
    `Cannot load a tokenizer from ${folder}: it must hold ${Object.keys(READERS).join(' or ')}, it holds neither`,
  );
}
