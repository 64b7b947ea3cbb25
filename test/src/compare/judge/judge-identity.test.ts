import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { LanguageModel } from '../../../../src/chat/index.ts';
import {
  type JudgeOptions,
  type JudgePair,
  type JudgePrompt,
  judgePairs,
} from '../../../../src/compare/index.ts';
import { pair } from './judged-pair.ts';

/** Everything that decides the reviews of two pairs, each in two orders. */
interface Setting {
  judge: string;
  name: string;
  pairs: readonly JudgePair[];
  options: Omit<JudgeOptions, 'prompts' | 'folder'>;
  prompts: readonly JudgePrompt[];
}

const prompt = (category: string, instruction: string): JudgePrompt => ({
  category,
  system: 'You judge.',
  template: '{question} {answer_1} {answer_2} {prompt}',
  instruction,
});

const SETTING: Setting = {
  judge: 'weights 1',
  name: 'judge',
  pairs: [pair('1', 'a', 'b'), pair('2', 'c', 'd', 'coding')],
  options: {},
  prompts: [prompt('general', 'Rate.'), prompt('coding', 'Rate the code.')],
};

let asked = 0;

/** A judge that counts what it is asked. */
function judgeOf({ judge: identity, name }: Setting): LanguageModel {
  return {
    name,
    identity,
    async *generate(prompts) {
      for (const { id } of prompts) {
        asked++;
        yield { promptId: id, model: name, text: '8 7', finish: 'stop', evidence: 'live' };
      }
    },
  };
}

async function run(setting: Setting, folder: string): Promise<number> {
  const before = asked;
  const { pairs, prompts, options } = setting;
  const { reviews } = await judgePairs(judgeOf(setting), pairs, { ...options, prompts, folder });
  expect(reviews.every(({ scores }) => scores?.[0] === 8)).toBe(true);
  return asked - before;
}

const CASES: readonly [change: string, asked: number, second: Partial<Setting>][] = [
  ['nothing', 0, {}],
  ['the name of the judge', 0, { name: 'other' }],
  ['the weights of the judge', 4, { judge: 'weights 2' }],
  ['an answer', 2, { pairs: [pair('1', 'a', 'z'), pair('2', 'c', 'd', 'coding')] }],
  ['the order of the pairs', 0, { pairs: SETTING.pairs.toReversed() }],
  ['one pair more', 2, { pairs: [...SETTING.pairs, pair('3', 'e', 'f')] }],
  ['one pair less', 0, { pairs: SETTING.pairs.slice(1) }],
  ['the prompt of one category', 2, { prompts: [prompt('general', 'Rate.'), prompt('coding', 'Run it.')] }],
  ['the temperature', 4, { options: { temperature: 0 } }],
  ['the seed', 4, { options: { seed: 1 } }],
  ['the most tokens', 4, { options: { maxTokens: 10 } }],
];

test.each(CASES)(
  'judgePairs(), after a change of %s, asks for %i of four reviews',
  async (_, again, second) => {
    const folder = await mkdtemp(join(tmpdir(), 'judge-identity-'));
    expect(await run(SETTING, folder)).toBe(4);
    expect(await run({ ...SETTING, ...second }, folder)).toBe(again);
    // Back to what it was.
    expect(await run(SETTING, folder)).toBe(0);
  },
);
