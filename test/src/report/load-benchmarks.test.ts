import { mkdtempSync } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { LanguageModel } from '../../../src/chat/index.ts';
import { benchmark, evaluate } from '../../../src/evaluate/index.ts';
import { knowledgeOf } from '../../../src/report/knowledge.ts';
import { loadEvaluations } from '../../../src/report/load-benchmarks.ts';

const folder = mkdtempSync(join(tmpdir(), 'runs-'));

/** A model that knows the capitals below a number. */
const knows = (name: string, known: number): LanguageModel => ({
  name,
  identity: name,
  async *generate(prompts) {
    for (const { id } of prompts) {
      const text = Number(id) < known ? `City ${id}` : 'No idea';
      yield { promptId: id, model: name, text, tokens: 2, finish: 'stop', evidence: 'live' };
    }
  },
});
const items = Array.from({ length: 60 }, (_, i) => ({ id: String(i), capital: `City ${i}` }));
const capitals = benchmark({
  name: 'capitals',
  items,
  version: '1',
  buildPrompt: ({ id }) => ({ prompt: `The capital of country ${id} is` }),
  score: ({ capital }, { text }) => ({ accuracy: text === capital ? 1 : 0 }),
});

test('folders that evaluate() keeps are read, by themselves and within a folder, and place a student', async () => {
  for (const [name, known] of [
    ['teacher', 55],
    ['base', 10],
    ['student', 12],
  ] as const)
    await evaluate(knows(name, known), capitals, { folder: join(folder, name, 'capitals') });
  const [teacher = [], base = [], student = []] = await Promise.all(
    ['teacher', 'base', 'student/capitals'].map(name => loadEvaluations(join(folder, name))),
  );
  expect(student).toMatchObject([
    { benchmark: 'capitals', model: 'student', promptFormat: 'raw', shots: 0, metrics: [{ value: 0.2 }] },
  ]);
  const knowledge = knowledgeOf({ student, base, teacher }, { resamples: 300 });
  expect(knowledge).toMatchObject({ label: 'like-base', refused: [] });
  // (12 − 10) / (55 − 10)
  expect(knowledge.benchmarks[0]?.placement?.position.value).toBeCloseTo(2 / 45, 9);
});

test('a folder without results, and one of which the rows are missing, are refused by name', async () => {
  await mkdir(join(folder, 'empty'));
  await expect(loadEvaluations(join(folder, 'empty'))).rejects.toThrow(
    'results.json and items.jsonl of imitation-lab evaluate --out are required, found none',
  );
  await rm(join(folder, 'student/capitals/items.jsonl'));
  await expect(loadEvaluations(join(folder, 'student'))).rejects.toThrow(/student\/capitals\/items\.jsonl/);
});
