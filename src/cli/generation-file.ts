import { appendFile, readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { parseJsonl } from '../readers/index.ts';
import type { Generation } from '../schema.ts';
import { writeFileAtomic } from '../util/index.ts';

/** Rows of answers in a JSON Lines file that several runs fill. */
export interface GenerationFile {
  /** Ids of the prompts that have an answer. */
  answered: ReadonlySet<string>;
  /** Adds one row, `{id, text, tokens, finish}`, with `error` where there is no text. */
  add(generation: Generation): Promise<void>;
}

/**
 * Opens the file of an earlier run, or a new one. Rows without a text are taken out, since their prompts
 * are asked again, and so is a last line that a killed run left unfinished.
 *
 * @throws {ReadError} naming file and line, if any other line is no row of answers.
 */
export async function openGenerationFile(path: string): Promise<GenerationFile> {
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return '';
    throw new Error(`Cannot write answers to ${path}: ${error.message}`, { cause: error });
  });
  const whole = text.slice(0, text.lastIndexOf('\n') + 1);
  const rows = parseJsonl(whole, basename(path)).map(({ at, value }) => {
    if (typeof value.id === 'string' && (typeof value.text === 'string' || value.text === null)) return value;
    throw new Error(`Cannot go on with ${path}: rows of id and text are required, found another at ${at}`);
  });
  const kept = rows.filter(row => row.text !== null);
  const lines = kept.map(row => `${JSON.stringify(row)}\n`).join('');
  if (lines !== text) await writeFileAtomic(path, lines);
  return {
    answered: new Set(kept.map(({ id }) => String(id))),
    add: ({ promptId: id, text, tokens, finish, error }) =>
      appendFile(path, `${JSON.stringify({ id, text, tokens, finish, error })}\n`),
  };
}
