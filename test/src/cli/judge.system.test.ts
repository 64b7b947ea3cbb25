import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { pairHash } from '../../../src/text/index.ts';
import { startCommand } from '../../fixtures/command-line.ts';
import { openAiServer } from '../../fixtures/openai-server.ts';
import { WITH_RECORDS } from '../../fixtures/public-records.ts';
import { MT_BENCH_FILE } from '../compare/judge/mt-bench-prompts.ts';

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
  expect([first.code, first.err]).toEqual([
    0,
    'answers.jsonl: table, 3 prompts, answers of teacher and student.\n',
  ]);
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
    const { code, out, err } = await run(...flags, ...asked, '--model-name', 'judge', '--json');
    expect(code).toBe(1);
    expect(err).toMatch(
      /4 of 4 reviews have no scores that can be read, more than a tenth; re-run the command to ask again\n {2}prompt 1, .* beside .*: "Both are fine\."\n/,
    );
    expect(lastLine(out)).toMatchObject({ preference: [{ n: 0, unscored: 2, win: { value: null } }] });
    expect(lastLine(out).unread).toHaveLength(4);
    expect(server.asked).toHaveLength(4);
    expect(server.asked[0]?.prompt).toContain('[The Start of Assistant 1');
  },
);

describe('replies that cannot be read', () => {
  const unreadLine = (err: string) => err.split('\n').find(line => line.includes('that can be read'));
  /** Compares 10 pairs, whose judge fails to say scores of the first `unread` of 20 reviews. */
  const judged = async (unread: number, out: string) => {
    let replies = 0;
    await using server = await openAiServer({ reply: () => (++replies <= unread ? 'Well …' : '8 7') });
    const rows = Array.from({ length: 10 }, (_, id) => ({
      id,
      prompt: `Question ${id}?`,
      teacher: 'a',
      student: 'b',
    }));
    await writeFile(join(folder, 'ten.jsonl'), rows.map(row => `${JSON.stringify(row)}\n`).join(''));
    await writeFile(join(folder, 'prompts.jsonl'), JSON.stringify(PROMPTS));
    const flags = ['--comparison', 'ten.jsonl', '--judge', server.base, '--model-name', 'judge'];
    const all = [...flags, '--judge-prompts', 'prompts.jsonl', '--out', out, '--json'];
    return { first: await run(...all), second: await run(...all), asked: server.asked.length };
  };

  test('are shown and asked again by the same command', async () => {
    const { first, second, asked } = await judged(2, 'two-unread');
    expect([first.code, unreadLine(first.err)]).toEqual([
      0,
      '2 of 20 reviews have no scores that can be read; re-run the command to ask again',
    ]);
    expect(lastLine(first.out).unread).toMatchObject([{ models: expect.any(Array), text: 'Well …' }, {}]);
    expect([second.code, unreadLine(second.err), lastLine(second.out).unread, asked]).toEqual([
      0,
      undefined,
      [],
      22,
    ]);
  });

  test('fail a run in which they are more than a tenth', async () => {
    const { first, second } = await judged(3, 'three-unread');
    expect([first.code, unreadLine(first.err)]).toEqual([
      1,
      '3 of 20 reviews have no scores that can be read, more than a tenth; re-run the command to ask again',
    ]);
    expect(second.code).toBe(0);
  });
});

describe('reviews whose call fails', () => {
  const rows = [1, 2].map(id => ({ id, prompt: `Question ${id}?`, teacher: 'a', student: 'b' }));
  const files = async () => {
    await writeFile(join(folder, 'failing.jsonl'), rows.map(row => `${JSON.stringify(row)}\n`).join(''));
    await writeFile(join(folder, 'prompts.jsonl'), JSON.stringify(PROMPTS));
    const rubric = { type: 'single', prompt_template: 'Rate {answer} to {question}' };
    await writeFile(join(folder, 'rate.jsonl'), JSON.stringify(rubric));
    return ['--comparison', 'failing.jsonl', '--model-name', 'judge', '--quiet'];
  };
  /** Filters all reviews of the first question, and gives no answer to one of the second. */
  const failing = () =>
    openAiServer({
      reply: ({ prompt }) => (prompt.startsWith('Rate') ? '[[7]]' : '8 7'),
      fail: prompt => {
        if (prompt.includes('Question 1')) return 'filtered';
        return /\[1\]b|Rate b/.test(prompt) ? 'null' : undefined;
      },
    });

  test('are counted by kind, in lines and in JSON, and fail the run', async () => {
    await using server = await failing();
    const flags = [...(await files()), '--judge', server.base, '--judge-prompts', 'prompts.jsonl'];
    const { code, err } = await run(...flags);
    expect(code).toBe(1);
    expect(err).toContain(
      '3 reviews failed; re-run the command to retry them\n  2 filtered (1): a filter kept the answer back\n  1 no-answer (2): the answer holds no text\n',
    );
    expect(lastLine((await run(...flags, '--json')).out)).toMatchObject({
      failed: 3,
      failures: [
        { kind: 'filtered', n: 2, ids: ['1'] },
        { kind: 'no-answer', n: 1, ids: ['2'] },
      ],
    });
  });

  test('of single answers too', async () => {
    await using server = await failing();
    const flags = [...(await files()), '--judge', server.base, '--judge-prompts', 'rate.jsonl', '--json'];
    const { code, out } = await run(...flags);
    expect([code, lastLine(out)]).toEqual([
      1,
      expect.objectContaining({
        failed: 3,
        failures: expect.arrayContaining([
          expect.objectContaining({ kind: 'filtered', n: 2 }),
          expect.objectContaining({ kind: 'no-answer', n: 1, ids: ['2'] }),
        ]),
      }),
    ]);
  });
});

test('a rubric of one’s own rates each answer', async () => {
  await using server = await openAiServer({
    reply: ({ prompt }) => `Rating: [[${prompt.includes('good') ? 5 : 2}]]`,
  });
  const rows = [1, 2].map(id => ({ id, prompt: `Question ${id}?`, teacher: 'good', student: 'bad' }));
  await writeFile(join(folder, 'two.jsonl'), rows.map(row => `${JSON.stringify(row)}\n`).join(''));
  const rubric = { type: 'single', scale: [1, 5], prompt_template: 'Rate {answer} to {question}' };
  await writeFile(join(folder, 'rubric.jsonl'), JSON.stringify(rubric));
  const flags = ['--comparison', 'two.jsonl', '--judge', server.base, '--model-name', 'judge'];
  const { code, out } = await run(...flags, '--judge-prompts', 'rubric.jsonl');
  expect([code, out]).toEqual([
    0,
    'teacher: 5.00 [5.00, 5.00], n = 2, 0 unscored\nstudent: 2.00 [2.00, 2.00], n = 2, 0 unscored\n',
  ]);
});

describe('MT-bench’s files', () => {
  const lines = (rows: object[]) => rows.map(row => `${JSON.stringify(row)}\n`).join('');
  const answers = (model_id: string, turns: string[][]) =>
    lines(
      turns.map((turns, i) => ({
        question_id: 81 + i,
        answer_id: `${model_id}${i}`,
        model_id,
        choices: [{ index: 0, turns }],
      })),
    );
  const files = async () => {
    const questions = [
      { question_id: 81, category: 'writing', turns: ['Write.', 'Rewrite.'] },
      { question_id: 82, category: 'math', turns: ['Add 1 to 2.', 'And 1 more?'], reference: ['3', '4'] },
    ];
    await writeFile(join(folder, 'question.jsonl'), lines(questions));
    await writeFile(
      join(folder, 'gpt-4.jsonl'),
      answers('gpt-4', [
        ['good', 'good'],
        ['3', '4'],
      ]),
    );
    await writeFile(
      join(folder, 'mine.jsonl'),
      answers('mine', [
        ['bad', 'good'],
        ['5', '6'],
      ]),
    );
    await writeFile(join(folder, 'judge_prompts.jsonl'), MT_BENCH_FILE);
    return [
      ...['--teacher', 'gpt-4.jsonl', '--models', 'mine.jsonl', '--prompts', 'question.jsonl'],
      ...['--judge-prompts', 'judge_prompts.jsonl', '--model-name', 'judge'],
    ];
  };

  test('are judged by pairs: both turns, with references where there are some', async () => {
    await using server = await openAiServer({ reply: () => 'So: [[C]]' });
    const { code, out } = await run(...(await files()), '--judge', server.base, '--json');
    expect(code).toBe(0);
    expect(lastLine(out)).toMatchObject({ preference: [{ model: 'mine', ties: 4, n: 4 }], unread: [] });
    expect(server.asked.map(({ prompt }) => prompt).sort()).toEqual([
      'A1 Write. bad A2 Rewrite. good B1 Write. good B2 Rewrite. good',
      'A1 Write. good A2 Rewrite. good B1 Write. bad B2 Rewrite. good',
      'Q Add 1 to 2. R 3 A 3 B 5',
      'Q Add 1 to 2. R 3 A 5 B 3',
      'Q Write. A bad B good',
      'Q Write. A good B bad',
      'R 3 4 A1 Add 1 to 2. 3 A2 And 1 more? 4 B1 5 B2 6',
      'R 3 4 A1 Add 1 to 2. 5 A2 And 1 more? 6 B1 3 B2 4',
    ]);
  });

  test('are rated one by one', async () => {
    await using server = await openAiServer({
      reply: ({ prompt }) => `Rating: [[${/A2? (?:good|3)$/.test(prompt) ? 9 : 4}]]`,
    });
    const { code, out } = await run(...(await files()), '--judge', server.base, '--mode', 'single', '--json');
    expect(code).toBe(0);
    const { ratings } = lastLine(out);
    expect(
      ratings.map(({ model, turn, value, n }: Record<string, unknown>) => [model, turn, value, n]),
    ).toEqual([
      ['gpt-4', null, 7.75, 2],
      ['gpt-4', 1, 9, 2],
      ['gpt-4', 2, 6.5, 2],
      ['mine', null, 5.25, 2],
      ['mine', 1, 4, 2],
      ['mine', 2, 6.5, 2],
    ]);
  });
});

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

test('published reviews of single answers are summed up by model and turn, beside those of pairs', async () => {
  const single = (question_id: number, model: string, turn: number, score: number) => ({
    ...{ question_id, model, judge: ['gpt-4', 'single-v1'], user_prompt: 'Rate.', turn, tstamp: 1.5 },
    ...{ judgment: score < 0 ? 'I cannot say.' : `Fair. Rating: [[${score}]]`, score },
  });
  const singles = [81, 82].flatMap(id => [
    single(id, 'mine', 1, id === 81 ? 6 : 9),
    single(id, 'mine', 2, id === 81 ? 4 : 7),
    single(id, 'gpt-4', 1, id === 81 ? 10 : -1),
  ]);
  const pair = { question_id: 81, model_1: 'gpt-4', model_2: 'mine', g1_winner: 'model_1' };
  const pairs = [{ ...pair, g2_winner: 'model_2', g1_judgment: '[[A]]', g2_judgment: '[[B]]' }];
  const lines = (rows: object[]) => rows.map(row => `${JSON.stringify(row)}\n`).join('');
  await writeFile(join(folder, 'gpt-4_single.jsonl'), lines(singles));
  await writeFile(join(folder, 'gpt-4_pair.jsonl'), lines(pairs));

  const { code, out, err } = await run('--reviews', 'gpt-4_single.jsonl');
  expect([code, out]).toEqual([
    1,
    'mine: 6.50 [5.00, 8.00], n = 2, 0 unscored\n  turn 1: 7.50 [6.00, 9.00], n = 2, 0 unscored\n' +
      '  turn 2: 5.50 [4.00, 7.00], n = 2, 0 unscored\ngpt-4: 10.00 [10.00, 10.00], n = 1, 1 unscored\n',
  ]);
  expect(err).toContain(
    '1 of 6 reviews have no scores that can be read, more than a tenth; they are left out\n  prompt 82, turn 1, gpt-4: "I cannot say."\n',
  );
  const both = await run(
    '--reviews',
    'gpt-4_single.jsonl',
    'gpt-4_pair.jsonl',
    '--teacher',
    'gpt-4',
    '--json',
  );
  expect(lastLine(both.out)).toMatchObject({
    preference: [{ model: 'mine', others: ['gpt-4'], ties: 1, disagreements: 1, n: 1 }],
    ratings: [
      { model: 'mine', turn: null, value: 6.5, low: 5, high: 8, n: 2, unscored: 0 },
      { model: 'mine', turn: 1, value: 7.5 },
      { model: 'mine', turn: 2, value: 5.5 },
      { model: 'gpt-4', turn: null, value: 10, n: 1, unscored: 1 },
    ],
    unread: [{ promptId: '82', models: ['gpt-4'], turn: 1 }],
  });
  expect(await run('--reviews', 'gpt-4_single.jsonl', '--style-control')).toMatchObject({
    code: 2,
    err: 'error: --style-control requires reviews of pairs, got 6 of single answers\n',
  });
});

describe('--style-control', () => {
  const lines = (rows: object[]) => rows.map(row => `${JSON.stringify(row)}\n`).join('');
  const words = (count: number) => Array<string>(count).fill('word').join(' ');
  const PROMPTS_RATED = Array.from({ length: 40 }, (_, i) => i + 1);
  const files = async () => {
    const answer = (model: string, length: (i: number) => number) =>
      PROMPTS_RATED.map(i => ({
        answer_id: `${model}-${i}`,
        question_id: i,
        model_id: model,
        text: words(length(i)),
      }));
    await writeFile(join(folder, 'teacher.jsonl'), lines(answer('teacher', i => 80 + i)));
    await writeFile(
      join(folder, 'even.jsonl'),
      lines(answer('even', i => 80 + i + (i % 2 === 0 ? 40 : -40))),
    );
    await writeFile(join(folder, 'longer.jsonl'), lines(answer('longer', i => 240 + i)));
    type Scores = [number, number];
    const review = (i: number, first: string, second: string, score: Scores) => ({
      ...{ review_id: `${first}-${second}-${i}`, question_id: i },
      ...{ answer1_id: `${first}-${i}`, answer2_id: `${second}-${i}`, text: '', score },
    });
    // The longer answer wins three times in four.
    const swapped = ([a, b]: Scores): Scores => [b, a];
    const reviews = PROMPTS_RATED.flatMap(i => {
      const won: Scores = i % 4 === 0 ? [2, 9] : [9, 2];
      const even: Scores = i % 2 === 0 ? [9, 2] : [2, 9];
      const decided = i % 8 < 2 ? swapped(even) : even;
      return [
        review(i, 'longer', 'teacher', won),
        review(i, 'teacher', 'longer', swapped(won)),
        review(i, 'even', 'teacher', decided),
        review(i, 'teacher', 'even', swapped(decided)),
      ];
    });
    await writeFile(join(folder, 'styled.jsonl'), lines(reviews));
    return ['--reviews', 'styled.jsonl', '--answers', 'teacher.jsonl', 'even.jsonl', 'longer.jsonl'];
  };

  test('prints one line of JSON: shares as judged and at equal style, and what style adds', async () => {
    const { code, out, err } = await run(...(await files()), '--style-control', '--json');
    expect([code, err, out.split('\n').length]).toEqual([0, '', 2]);
    const { reference, models, effects } = JSON.parse(out);
    expect(reference).toBe('teacher');
    const interval = { value: expect.any(Number), low: expect.any(Number), high: expect.any(Number) };
    expect(models).toEqual([
      { model: 'longer', n: 80, raw: interval, controlled: interval, identified: false },
      { model: 'even', n: 80, raw: interval, controlled: interval, identified: true },
    ]);
    // Three in four, against its penalty.
    expect(models[0].raw.value).toBeCloseTo(0.75, 2);
    expect(models[1].raw.value).toBeCloseTo(0.5, 1);
    expect(Object.keys(effects)).toEqual(['position', 'words', 'lists', 'headers', 'bold']);
    expect(effects.words.value).toBeGreaterThan(0.3);
    expect(effects.bold).toEqual({ value: null, low: null, high: null });
  });

  test('prints both shares side by side, and does not print one that is not identified', async () => {
    const { out } = await run(...(await files()), '--style-control');
    expect(out).toMatch(/^Preferred to teacher in 160 judgements; a tie counts half\n/);
    expect(out).toMatch(
      /\nlonger +80 +75\.\d % \[.*\] +not identified: its answers are nearly always longer/,
    );
    expect(out).toMatch(/\neven +80 +5\d\.\d % \[.*\] +\d\d\.\d % \[/);
    expect(out).toContain('per standard deviation of words +');
  });

  test('requires the texts of the answers, and counts judgements that lack them', async () => {
    await files();
    expect(await run('--reviews', 'styled.jsonl', '--style-control')).toMatchObject({
      code: 2,
      err: 'error: --style-control requires judgements with the texts of both answers (--answers), got 160 without\n',
    });
    const some = ['--reviews', 'styled.jsonl', '--answers', 'teacher.jsonl', 'even.jsonl'];
    expect((await run(...some, '--style-control')).err).toBe(
      '80 judgements left out: the text of an answer is missing\n',
    );
  });

  test('a reference that is in no review is refused', async () => {
    const { code, err } = await run(...(await files()), '--style-control', '--teacher', 'gpt-4');
    expect([code, err]).toEqual([2, 'error: --teacher must be one of teacher, even, longer, got "gpt-4"\n']);
  });

  test('the answers of public records are found without naming them', WITH_RECORDS, async () => {
    const { code, out } = await run(
      '--reviews',
      'fastchat/reviews/gpt35-vicuna-13b',
      '--style-control',
      '--json',
    );
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({
      reference: 'gpt-3.5-turbo:20230327',
      models: [{ model: 'vicuna-13b:20230322-clean-lang', n: 80, identified: true }],
      // One order.
      effects: { position: { value: null } },
    });
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
  // A sidecar is known by its lines, too.
  await writeFile(join(folder, 'votes.jsonl'), rows.map(row => `${JSON.stringify(row)}\n`).join(''));
  expect((await run('--ratings', 'votes.jsonl', '--teacher', 't', '--json')).out).toBe(out);
  // Coincidences: 2 off the diagonal of 3, and (2 · 1 + 1 · 2) / (3 − 1) expected: α = 0.
  expect((await run('--ratings', 'x.annotations.jsonl')).out).toMatch(
    /^s beside t: 1 wins, 0 ties, 0 losses, 0 unscored; .*, n = 1\n {2}3 ratings by 3 annotators; 100\.0 ± 0\.0 % over 3 annotators; Fleiss’ κ -0\.50 .*; Krippendorff’s α 0\.00 /,
  );
});

test('votes of any file that holds choices between answers are summed up, with its own answers', async () => {
  const battle = (id: number, winner: string) => ({
    ...{ question_id: id, model_a: 'x', model_b: 'y', winner },
    conversation_a: [
      { role: 'user', content: `Question ${id}?` },
      { role: 'assistant', content: 'A much longer answer.' },
    ],
    conversation_b: [
      { role: 'user', content: `Question ${id}?` },
      { role: 'assistant', content: 'Short.' },
    ],
  });
  await writeFile(
    join(folder, 'battles.json'),
    JSON.stringify([battle(1, 'model_a'), battle(2, 'model_a'), battle(3, 'tie (bothbad)')]),
  );
  const { code, out, err } = await run('--ratings', 'battles.json', '--teacher', 'y', '--json');
  expect([code, err]).toEqual([0, 'battles.json: arena, 3 prompts, answers of x and y.\n']);
  expect(lastLine(out).preference).toMatchObject([{ model: 'x', others: ['y'], wins: 2, bad: 1 }]);
  expect((await run('--ratings', 'battles.json', '--style-control')).out).toMatch(
    /^Preferred to x in 3 judgements/,
  );
  await writeFile(join(folder, 'plain.csv'), 'prompt,x,y\na,b,c\n');
  expect((await run('--ratings', 'plain.csv')).err).toContain(
    'error: Cannot read plain.csv: NAME.annotations.jsonl, or choices between answers, is required, found table without any\n',
  );
});

test('without anything to judge it says what is required', async () => {
  expect(await run()).toMatchObject({
    code: 2,
    err: 'error: --judge, --reviews or --ratings is required, got none\n',
  });
});
