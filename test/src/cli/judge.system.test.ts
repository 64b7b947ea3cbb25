import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { pairHash } from '../../../src/text/index.ts';
import { startCommand } from '../../fixtures/command-line.ts';
import { openAiServer } from '../../fixtures/openai-server.ts';
import { WITH_RECORDS } from '../../fixtures/public-records.ts';

const folder = await mkdtemp(join(tmpdir(), 'judge-command-'));
const run = (...parameters: string[]) => startCommand(folder, ['judge', ...parameters]).ended;
const lastLine = (text: string) => JSON.parse(text.trim().split('\n').at(-1) ?? '');

const PROMPTS = {
  category: 'general',
  system_prompt: 'You check answers.',
  prompt_template: '[Q]{question}[1]{answer_1}[2]{answer_2}[S]{prompt}',
  defaults: { prompt: 'Rate them.' },
};

/** Prefers the longer answer. */
const longer = ({ prompt }: { prompt: string }) => {
  const [, first = '', second = ''] = /\[1\](.*)\[2\](.*)\[S\]/s.exec(prompt) ?? [];
  return `${first.length > second.length ? '9 4' : '4 9'}\nIt is longer.`;
};

test('imitation-lab judge asks both orders of each pair, and a re-run asks nothing', async () => {
  await using server = await openAiServer({ reply: longer });
  const rows = [1, 2, 3].map(id => ({
    id,
    prompt: `Question ${id}?`,
    teacher: 'A long answer with many words.',
    student: id === 3 ? 'An even longer answer, with more words than that.' : 'Short.',
  }));
  await writeFile(join(folder, 'answers.jsonl'), rows.map(row => `${JSON.stringify(row)}\n`).join(''));
  await writeFile(join(folder, 'prompts.jsonl'), JSON.stringify(PROMPTS));
  const flags = ['--comparison', 'answers.jsonl', '--judge', server.base, '--model-name', 'judge'];
  const kept = ['--judge-prompts', 'prompts.jsonl', '--out', 'judged'];
  const first = await run(...flags, ...kept, '--json');
  expect([first.code, first.err]).toEqual([0, '']);
  expect(lastLine(first.out)).toMatchObject({
    preference: [{ model: 'student', others: ['teacher'], wins: 1, ties: 0, losses: 2, unscored: 0 }],
    positionBias: { consistent: { value: 1, n: 3 } },
    failed: 0,
  });
  expect(server.asked).toHaveLength(6);
  expect(server.asked[0]?.body.messages).toMatchObject([{ content: 'You check answers.' }, {}]);
  const second = await run(...flags, ...kept);
  expect(second.out).toContain('student beside teacher: 1 wins, 0 ties, 2 losses, 0 unscored');
  expect(second.out).toContain('Both orders agree in 100.0 % [43.9, 100.0] of 3 pairs');
  expect(server.asked).toHaveLength(6);
});

test(
  'by default a judge gets Vicuna’s prompts, and what it does not score is unscored',
  WITH_RECORDS,
  async () => {
    await using server = await openAiServer({ reply: () => 'Both are fine.' });
    const flags = ['--teacher', 'fastchat/gpt35', '--models', 'fastchat/vicuna-13b'];
    const asked = ['--prompts', 'fastchat/questions', '--limit', '2', '--judge', server.base];
    const { code, out } = await run(...flags, ...asked, '--model-name', 'judge', '--json');
    expect(code).toBe(0);
    expect(lastLine(out)).toMatchObject({ preference: [{ n: 0, unscored: 2, win: { value: null } }] });
    expect(server.asked).toHaveLength(4);
    expect(server.asked[0]?.prompt).toContain('[The Start of Assistant 1');
  },
);

test(
  'PandaLM’s ratings come out as its authors print them, each pair of models by itself',
  WITH_RECORDS,
  async () => {
    const { code, out } = await run('--ratings', 'pandalm/testset', '--teacher', 'llama-7b', '--json');
    expect(code).toBe(0);
    const besideLlama = lastLine(out).preference.filter(
      ({ others }: { others: string[] }) => others[0] === 'llama-7b',
    );
    // LLaMA's wins, losses and ties in the README of PandaLM, seen from the other side.
    expect(
      besideLlama.map(({ model, losses, wins, ties }: Record<string, unknown>) => [
        model,
        losses,
        wins,
        ties,
      ]),
    ).toEqual([
      ['bloom-7b', 72, 28, 11],
      ['cerebras-gpt-6.7B', 80, 24, 6],
      ['opt-7b', 71, 24, 11],
      ['pythia-6.9b', 58, 27, 9],
    ]);
  },
);

test('published reviews are summed up, and a teacher that is in none is refused', WITH_RECORDS, async () => {
  const reviews = ['--reviews', 'fastchat/reviews/gpt35-vicuna-13b'];
  const answers = ['--answers', 'fastchat/gpt35', 'fastchat/vicuna-13b'];
  const { out } = await run(...reviews, ...answers, '--teacher', 'gpt-3.5-turbo:20230327');
  expect(out).toMatch(/^vicuna-13b:20230322-clean-lang beside .*: 14 wins, 22 ties, 44 losses, 0 unscored/);
  expect(await run(...reviews, ...answers, '--teacher', 'gpt-4')).toMatchObject({
    code: 2,
    err: expect.stringContaining('--teacher must be one of gpt-3.5-turbo:20230327, vicuna-13b'),
  });
});

test('human ratings are summed up by majority', async () => {
  const rating = (id: string, annotator: string, choice: string) => ({
    ...{ kind: 'rating', id, promptId: '1', annotator, left: 's', right: 't', choice },
    ...{ contentHash: pairHash('S', 'T'), at: '2026-01-01T00:00:00.000Z' },
  });
  const rows = [rating('1', 'ann', 'left'), rating('2', 'bob', 'left'), rating('3', 'cid', 'tie')];
  await writeFile(join(folder, 'x.annotations.jsonl'), rows.map(row => `${JSON.stringify(row)}\n`).join(''));
  const { code, out } = await run('--ratings', 'x.annotations.jsonl', '--teacher', 't', '--json');
  expect(code).toBe(0);
  expect(lastLine(out).preference).toMatchObject([
    { model: 's', others: ['t'], wins: 1, annotators: 3, ratings: 3, disagreements: 0 },
  ]);
  // Coincidences: 2 off the diagonal of 3, and (2 · 1 + 1 · 2) / (3 − 1) expected: α = 0.
  expect((await run('--ratings', 'x.annotations.jsonl')).out).toMatch(
    /^s beside t: 1 wins, 0 ties, 0 losses, 0 unscored; .*, n = 1\n {2}3 ratings by 3 annotators; 100\.0 ± 0\.0 % over 3 annotators; Fleiss’ κ -0\.50 .*; Krippendorff’s α 0\.00 /,
  );
});

test('without anything to judge it says what is required', async () => {
  expect(await run()).toMatchObject({
    code: 2,
    err: 'error: --judge, --reviews or --ratings is required, got none\n',
  });
});
