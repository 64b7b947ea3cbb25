import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { firstQueries, leakage, loadPrompts } from '../../data/index.ts';
import { lineOf } from '../../files/index.ts';
import { defineStage } from '../../jobs/index.ts';
import { list, nullable, number, object, optional, string } from '../../runs/index.ts';
import type { Prompt } from '../../schema.ts';
import { readData } from '../config/find-data.ts';
import { PROMPT, parseLines } from '../study-lines.ts';
import { decisiveData } from './decisive.ts';
import { DATA_SOURCE, type DataSource } from './finetune.ts';

/** Numbers of the prompts of a source, of those that the filter left out, and of those that are asked. */
export const FILTER_FILE = 'filter.json';

interface PromptsConfig {
  source: string;
  /** Identity of the source's content; null where it is missing. */
  fingerprint?: string | null;
  count: number;
  training: readonly DataSource[];
  seed: number;
}

/**
 * Takes the prompts that every model answers: those of a source, without the ones that are too like a query of the
 * imitation data by the paper's filter.
 */
export const promptsStage = defineStage({
  name: 'prompts',
  version: 1,
  outputs: [FILTER_FILE],
  config: object<PromptsConfig>({
    source: string,
    fingerprint: optional(nullable(string)),
    count: number,
    training: list(DATA_SOURCE),
    seed: number,
  }),
  decisive: ({ source, fingerprint = null, training, ...rest }) => ({
    ...rest,
    source: fingerprint ?? source,
    training: training.map(decisiveData),
  }),
  inputs: {},
  run: async ({ config: { source, count, training }, folder, signal }) => {
    const asked = await loadPrompts(source, { strict: true });
    const dialogues = await readData(training.flatMap(({ sources = [] }) => sources));
    const { kept, dropped } = await leakage(
      asked.map(({ text }) => text),
      firstQueries(dialogues),
      { signal },
    );
    const heldOut = new Set(kept);
    const prompts = asked.filter((_, index) => heldOut.has(index)).slice(0, count);
    if (prompts.length === 0)
      throw new Error(
        `Cannot take prompts from ${source}: one that is unlike the imitation data is required, got none of ${asked.length}`,
      );
    await writeFile(join(folder, 'prompts.jsonl'), prompts.map(lineOf).join(''));
    const counts = { asked: asked.length, dropped: dropped.length, kept: prompts.length };
    await writeFile(join(folder, FILTER_FILE), `${JSON.stringify(counts)}\n`);
  },
});

/** Reads the prompts of a run. */
export async function readPrompts(folder: string): Promise<Prompt[]> {
  const text = await readFile(join(folder, 'prompts.jsonl'), 'utf8');
  return parseLines(text, 'prompts.jsonl', PROMPT);
}
