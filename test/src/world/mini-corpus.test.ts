import { describe, expect, test } from 'vitest';
import {
  broadInstructions,
  buildWorld,
  corpusByKind,
  WORLD_SIZES,
  wordEncoder,
  worldTokenizer,
} from '../../../src/world/index.ts';

const wordsOf = (texts: readonly string[]) => texts.flatMap(text => text.match(/\p{L}+/gu) ?? []);

describe("the corpus of mini's world", () => {
  const world = buildWorld(101, WORLD_SIZES.mini);
  const kinds = corpusByKind(world);
  const documents = kinds.flatMap(kind => kind.documents);
  const encode = wordEncoder(worldTokenizer(documents));

  test('has the mixture of kinds that was found to work, in thousands of tokens', () => {
    const thousands = new Map(
      kinds.map(({ kind, documents }) => [
        kind,
        documents.reduce((sum, text) => sum + encode(text).length + 1, 0) / 1000,
      ]),
    );
    const ranges: Record<string, [number, number]> = {
      statements: [400, 500],
      questions: [35, 55],
      forum: [430, 600],
      copying: [200, 250],
      sums: [65, 95],
      examples: [55, 80],
      programs: [35, 50],
      summaries: [12, 22],
      news: [7, 15],
      handbooks: [24, 36],
      toxic: [15, 25],
    };
    for (const [kind, [low, high]] of Object.entries(ranges)) {
      expect(thousands.get(kind), kind).toBeGreaterThan(low);
      expect(thousands.get(kind), kind).toBeLessThan(high);
    }
    const total = [...thousands.values()].reduce((sum, count) => sum + count, 0);
    expect(total).toBeGreaterThan(1200);
    expect(total).toBeLessThan(1600);
  });

  test('shares its names with imitation data, and its trades, themes and dishes with tests too', () => {
    const { entities, objects } = world;
    const names = entities.flatMap(({ name }) => name.split(' '));
    const values = [...objects.profession, ...objects.theme, ...objects.dish];
    const wordsOfSplit = (split: 'train' | 'test', count: number) =>
      new Set(
        wordsOf(broadInstructions(world, split, count).flatMap(({ text, answers }) => [text, ...answers])),
      );
    const [train, tests] = [wordsOfSplit('train', 6000), wordsOfSplit('test', 1500)];
    expect([...names, ...values].filter(word => !train.has(word))).toEqual([]);
    expect(values.filter(word => !tests.has(word))).toEqual([]);
    const inCorpus = new Set(
      wordsOf(kinds.flatMap(({ kind, documents }) => (kind === 'statements' ? [] : documents))),
    );
    expect([...names, ...values].filter(word => !inCorpus.has(word))).toEqual([]);
  });
});
