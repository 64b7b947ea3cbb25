import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import {
  adherenceAgreement,
  buildWorld,
  type LabelledAnswer,
  WORLD_SIZES,
} from '../../../../src/world/index.ts';

const FILE = new URL('../../../../data/adherence/answers.jsonl', import.meta.url);

const labelled: (LabelledAnswer & { seed: number })[] = (await readFile(FILE, 'utf8'))
  .trim()
  .split('\n')
  .map(line => JSON.parse(line));

test('the judgement of adherence agrees with a person who read 100 answers of four kinds of models', () => {
  expect(labelled).toHaveLength(100);
  expect(new Set(labelled.map(({ model }) => model))).toEqual(new Set(['base', 'broad', 'mix', 'facts']));
  const [seed] = new Set(labelled.map(({ seed }) => seed));
  const { kappa, agreement } = adherenceAgreement(buildWorld(seed ?? 0, WORLD_SIZES.mini), labelled);
  expect(kappa.low).toBeGreaterThanOrEqual(0.8);
  expect(agreement.n).toBe(100);
});
