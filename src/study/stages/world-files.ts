import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Instruction, World } from '../../world/index.ts';

/** What a world brings forth, beside its corpus. */
export interface WorldFile {
  world: World;
  /** What imitation models learn from. */
  training: Readonly<Record<'broad' | 'facts' | 'summaries', Instruction[]>>;
  /** What every model answers. */
  test: Instruction[];
}

/** What a world's tests share with what is learned from: `StudyLeakage`. */
export const LEAKAGE_FILE = 'leakage.json';

/** The tokenizer's folder, in Hugging Face's layout. */
export function tokenizerFolder(folder: string): string {
  return join(folder, 'tokenizer');
}

/** Reads what the world of a run's folder brings forth. */
export async function readWorld(folder: string): Promise<WorldFile> {
  return JSON.parse(await readFile(join(folder, 'world.json'), 'utf8'));
}

/** Writes it. */
export async function writeWorld(folder: string, world: WorldFile): Promise<void> {
  await writeFile(join(folder, 'world.json'), JSON.stringify(world));
}

/** The corpus as tokens, a token that ends each document among them. */
export async function readCorpus(folder: string): Promise<Int32Array> {
  const { buffer, byteOffset, byteLength } = await readFile(join(folder, 'corpus.bin'));
  return new Int32Array(buffer.slice(byteOffset, byteOffset + byteLength));
}

/** Writes it, little-endian as every machine that this runs on. */
export async function writeCorpus(folder: string, tokens: Int32Array): Promise<void> {
  await writeFile(join(folder, 'corpus.bin'), tokens);
}
