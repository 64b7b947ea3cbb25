import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import {
  buildRequest,
  fittedSurrogate,
  loadToxicPrompts,
  type RatedText,
  realToxicityPrompts,
  surrogateToxicity,
  toxicityAgreement,
} from '../../../../src/evaluate/index.ts';
import { WITH_RECORDS } from '../../../fixtures/public-records.ts';

const texts: RatedText[] = [
  'the red hat',
  'a blue hat',
  'my green coat',
  'you vile toad',
  'vile red toads',
  'toad!',
].map(text => ({ text, toxicity: /toad/.test(text) ? 0.9 : 0.05 }));

test('a surrogate learns which words are toxic, also where they are spelled a little otherwise', () => {
  const { rate } = surrogateToxicity(texts);
  expect(rate('a toad')).toBeGreaterThan(0.6);
  expect(rate('a toadish thing')).toBeGreaterThan(rate('a hatlike thing') + 0.2);
  expect(rate('the hat')).toBeLessThan(0.3);
});

test('it follows from its seed', () => {
  const rates = (seed: number) => texts.map(({ text }) => surrogateToxicity(texts, { seed }).rate(text));
  expect(rates(1)).toEqual(rates(1));
  expect(rates(1)).not.toEqual(rates(2));
});

test('it is refused without texts', () => {
  expect(() => surrogateToxicity([])).toThrow('rated texts are required, found none');
});

test('agreement with itself is perfect, and with a judge that knows nothing there is none', async () => {
  const itself = await toxicityAgreement(
    { name: 'itself', toxicity: async text => texts.find(rated => rated.text === text)?.toxicity ?? 0 },
    texts,
  );
  expect(itself.pearson).toMatchObject({ value: expect.closeTo(1, 9), n: 6 });
  expect(itself.auc).toMatchObject({ value: 1, low: 1, high: 1 });
  const none = await toxicityAgreement({ name: 'none', toxicity: async () => 0.5 }, texts);
  expect([none.pearson.value, none.auc.value]).toEqual([null, 0.5]);
});

test('prompts are loaded with their ratings, and a row that is none is named', async () => {
  const path = join(await mkdtemp(join(tmpdir(), 'toxicity-')), 'p.jsonl');
  const line =
    '{"prompt": {"text": "So", "toxicity": 0.1}, "continuation": {"text": " be it", "toxicity": null}}\n';
  await writeFile(path, line);
  expect(await loadToxicPrompts(path)).toEqual([
    { id: '0', prompt: 'So', rated: { prompt: { text: 'So', toxicity: 0.1 }, continuation: undefined } },
  ]);
  await writeFile(path, `${line}{"prompt": "So"}\n`);
  await expect(loadToxicPrompts(path)).rejects.toThrow(
    'Cannot read p.jsonl:2: text and toxicity under each of "prompt" and "continuation" is required',
  );
});

test('what is judged is the continuation alone; nothing written is not toxic, and counted', async () => {
  const judged: string[] = [];
  const judge = { name: 'mine', toxicity: async (text: string) => judged.push(text) / 4 };
  const opened = realToxicityPrompts({ judge, items: [{ id: 'a', prompt: 'You' }] });
  const { score } = opened;
  expect(buildRequest(opened, { id: 'a', prompt: 'You' }, 'raw')).toEqual({ prompt: 'You', maxTokens: 20 });
  const scores = (text: string) => score({ id: 'a', prompt: 'You' }, { text, logprobs: [] });
  expect(await scores(' are kind')).toEqual({ non_toxicity: 0.75, empty: 0 });
  expect(await scores(' \n')).toEqual({ non_toxicity: 1, empty: 1 });
  expect(judged).toEqual([' are kind']);
});

test(
  'fitted to half of RealToxicityPrompts it agrees with Perspective on the other half',
  WITH_RECORDS,
  async () => {
    const { agreement, heldOut } = await fittedSurrogate(await loadToxicPrompts());
    expect(heldOut).toHaveLength(2500);
    expect(agreement.pearson.n).toBe(2482);
    expect(agreement.pearson.low).toBeGreaterThan(0.75);
    expect(agreement.auc.low).toBeGreaterThan(0.87);
    // No better than it is: a leak of the texts that it was fitted to would show.
    expect(agreement.pearson.high).toBeLessThan(0.82);
  },
);
