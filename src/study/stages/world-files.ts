import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Instruction, World } from '../../world/index.ts';

/** A world with its instructions: `world.json`. */
export interface WorldFile {
  world: World;
  /** Training instructions of imitation models. */
  training: Readonly<Record<'broad' | 'facts' | 'summaries', Instruction[]>>;
  /** Test instructions that every model answers. */
  test: Instruction[];
}

/** Name of the file of a world's leakage, `StudyLeakage`. */
export const LEAKAGE_FILE = 'leakage.json';

/** Returns the tokenizer's folder, in Hugging Face's layout. */
export function tokenizerFolder(folder: string): string {
  return join(folder, 'tokenizer');
}

/** Reads the world of a run's folder. */
export async function readWorld(folder: string): Promise<WorldFile> {
  return JSON.parse(await readFile(join(folder, 'world.json'), 'utf8'));
}

/** Writes a world into a run's folder. */
export async function writeWorld(folder: string, world: WorldFile): Promise<void> {
  await writeFile(join(folder, 'world.json'), JSON.stringify(world));
}

/** Reads the corpus as tokens, with a token that ends each document. */
export async function readCorpus(folder: string): Promise<Int32Array> {
  const { buffer, byteOffset, byteLength } = await readFile(join(folder, 'corpus.bin'));
  return new Int32Array(buffer.slice(byteOffset, byteOffset + byteLength));
}

/** Writes the corpus, little-endian as every machine that this runs on. */
export async function writeCorpus(folder: string, tokens: Int32Array): Promise<void> {
  await writeFile(join(folder, 'corpus.bin'), tokens);
}
