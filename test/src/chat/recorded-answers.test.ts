import { describe, expect, test } from 'vitest';
import { type LanguageModel, recordedAnswers } from '../../../src/chat/index.ts';
import { parseAnswers } from '../../../src/readers/index.ts';
import type { Generation } from '../../../src/schema.ts';

const read = (rows: object[]) =>
  parseAnswers(rows.map(row => JSON.stringify(row)).join('\n'), { name: 'record.jsonl' });

async function all(answers: AsyncIterable<Generation>): Promise<Generation[]> {
  const found: Generation[] = [];
  for await (const answer of answers) found.push(answer);
  return found;
}

async function ask(model: LanguageModel, ...texts: string[]) {
  const answers = await all(model.generate(texts.map((text, index) => ({ id: `p${index}`, text }))));
  return answers.map(({ promptId, text, error }) => [promptId, text ?? error?.message]);
}

describe('recorded answers', () => {
  test('are given to exactly their prompt, the first of two, under the id that was asked', async () => {
    const model = recordedAnswers(
      read([
        { id: 7, prompt: 'Why?', output: 'Because.' },
        { id: 7, prompt: 'Why?', output: 'Later.' },
        { id: 8, prompt: 'How?', output: null, error: 'timeout' },
      ]),
    );
    expect(model.name).toBe('record');
    expect(model.score).toBeUndefined();
    expect(await ask(model, 'Why?', 'How?', 'why?')).toEqual([
      ['p0', 'Because.'],
      ['p1', 'timeout'],
      ['p2', 'the record holds no answer to this prompt'],
    ]);
  });

  test('are none to a conversation with earlier turns', async () => {
    const model = recordedAnswers(read([{ prompt: 'Why?', output: 'Because.' }]));
    const history = [{ role: 'system' as const, content: 'Be brief.' }];
    const [answer] = await all(model.generate([{ id: 'a', text: 'Why?', history }], { chat: true }));
    expect(answer).toMatchObject({
      text: null,
      error: { kind: 'no-answer', message: 'the record holds no answer to this prompt' },
    });
  });

  test('keep their evidence, tokens and finish', async () => {
    const row = { prompt: 'Why?', output: 'So.', tokens: 2, finish: 'length', evidence: 'reported' };
    const [answer] = await all(recordedAnswers(read([row])).generate([{ id: 'a', text: 'Why?' }]));
    expect(answer).toEqual({
      promptId: 'a',
      model: 'record',
      text: 'So.',
      tokens: 2,
      finish: 'length',
      evidence: 'reported',
    });
  });

  test('of several models need a name', async () => {
    const answers = read([
      { prompt: 'Why?', output: 'A', model: 'a' },
      { prompt: 'Why?', output: 'B', model: 'b' },
    ]);
    expect(await ask(recordedAnswers(answers, { model: 'b' }), 'Why?')).toEqual([['p0', 'B']]);
    expect(() => recordedAnswers(answers)).toThrow(
      'Cannot answer from record.jsonl: the name of one of its models is required, it holds a, b',
    );
    expect(() => recordedAnswers(answers, { model: 'c' })).toThrow('the model c is required, it holds a, b');
  });

  test('known by id alone need the texts of the prompts', async () => {
    const answers = read([{ id: 'x', output: 'So.' }]);
    expect(() => recordedAnswers(answers)).toThrow('the text of its prompts is required, found only ids');
    const prompts = [{ id: 'x', text: 'Why?', source: 'elsewhere' }];
    expect(await ask(recordedAnswers(answers, { prompts }), 'Why?')).toEqual([['p0', 'So.']]);
  });

  test('stop with the signal', async () => {
    const model = recordedAnswers(read([{ prompt: 'Why?', output: 'So.' }]));
    const run = all(model.generate([{ id: 'a', text: 'Why?' }], { signal: AbortSignal.abort('no') }));
    await expect(run).rejects.toBe('no');
  });
});
