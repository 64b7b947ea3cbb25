import { mkdtempSync, readFileSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { beforeAll, describe, expect, test } from 'vitest';
import type { LanguageModel } from '../../../src/chat/index.ts';
import { compare } from '../../../src/compare/index.ts';
import {
  failuresOf,
  loadReport,
  parseFailRule,
  type Report,
  report,
  reportHtml,
  reportText,
} from '../../../src/report/index.ts';
import { pairHash } from '../../../src/text/index.ts';
import { madeAnswers } from './made-answers.ts';

const folder = mkdtempSync(join(tmpdir(), 'report-'));
const at = (name: string) => join(folder, name);
const made = madeAnswers(40);
const schema = JSON.parse(readFileSync(new URL('../../../data/report.schema.json', import.meta.url), 'utf8'));
const valid = new Ajv2020({ strict: true }).compile(schema);

/** A text that would run, close its element and load something, were it not escaped. */
const HOSTILE =
  '</p></script><script>alert(1)</script><img src=http://example.org/x onerror=alert(1)> & "quoted"';

/** Prompts that have no word in common. */
const promptOf = (i: number) => `ask${i} why${i} how${i} when${i} where${i}?`;

async function saveAnswers(name: string, texts: readonly string[], more: object = {}): Promise<string> {
  const rows = texts.map((output, i) => ({
    id: `p${i}`,
    prompt: promptOf(i),
    model: name,
    output,
    ...more,
  }));
  await writeFile(at(`${name}.jsonl`), rows.map(row => `${JSON.stringify(row)}\n`).join(''));
  return at(`${name}.jsonl`);
}

/** A folder of results in which every item below `right` (of 100) is answered right. */
async function saveResults(name: string, right: number, promptFormat = 'raw'): Promise<string> {
  await mkdir(at(name), { recursive: true });
  const result = {
    results: { nq: { 'exact_match,none': right / 100 } },
    'n-shot': { nq: 3 },
    'n-samples': { nq: { effective: 100 } },
    config: { model: name, promptFormat, parameters: 7e9, price: { input: 3, output: 6 } },
  };
  const items = Array.from({ length: 100 }, (_, i) => ({
    id: `q${i}`,
    prompt: 'Q',
    text: 'A',
    tokens: 4,
    latency: 0.5,
    at: '2026-11-30T12:00:00.000Z',
    scores: { exact_match: (i * 37) % 100 < right ? 1 : 0 },
  }));
  await writeFile(join(at(name), 'results.json'), JSON.stringify(result));
  await writeFile(join(at(name), 'items.jsonl'), items.map(item => `${JSON.stringify(item)}\n`).join(''));
  return at(name);
}

/** A judge that says yes to every question of one answer, and prefers the first of two. */
const judge: LanguageModel = {
  name: 'judge',
  identity: 'judge',
  async *generate(prompts) {
    for (const { id, text } of prompts)
      yield {
        promptId: id,
        model: 'judge',
        text: text.includes('[[1]]') ? '[[1]]' : text.includes('REFUSED') ? 'COMPLIED' : '9 7\nGood.',
        finish: 'stop',
        evidence: 'live',
      };
  },
};

let whole: Report;
const sources = { teacher: '', base: '', secondTeacher: '', student: '' };

beforeAll(async () => {
  sources.teacher = await saveAnswers('teacher', made.teacher, { tokens: 60, latency: 2 });
  sources.base = await saveAnswers('base', made.base);
  sources.secondTeacher = await saveAnswers('second', made.secondTeacher);
  const student = made.secondTeacher.map((text, i) => (i === 0 ? HOSTILE : text));
  sources.student = await saveAnswers('student', student);
  await writeFile(
    `${sources.student}.manifest.json`,
    JSON.stringify({ config: { parameters: 135e6, price: { input: 1, output: 2 } } }),
  );
  const ratings = made.teacher.map((text, i) => ({
    kind: 'rating',
    id: `r${i}`,
    promptId: `p${i}`,
    annotator: 'ann',
    left: 'teacher',
    right: 'student',
    choice: i % 3 === 0 ? 'right' : 'left',
    contentHash: pairHash(text, student[i] ?? ''),
    at: '2026-11-30T12:00:00.000Z',
  }));
  await writeFile(at('rated.annotations.jsonl'), ratings.map(row => `${JSON.stringify(row)}\n`).join(''));
  await writeFile(
    at('training.txt'),
    `${promptOf(3)}\nSomething else entirely, about the sea and its fish.\n`,
  );
  whole = await report({
    teacher: sources.teacher,
    base: sources.base,
    secondTeacher: sources.secondTeacher,
    students: [sources.student],
    training: [at('training.txt')],
    ratings: [at('rated.annotations.jsonl')],
    judge,
    judgePrompts: [
      {
        category: 'general',
        system: '',
        template: '{question} {answer_1} {answer_2} {prompt}',
        instruction: '',
      },
    ],
    benchmarks: {
      teacher: [await saveResults('nq-teacher', 80)],
      base: [await saveResults('nq-base', 20)],
      students: { student: [await saveResults('nq-student', 20)] },
    },
    resamples: 200,
    out: at('out'),
  });
});

describe('report()', () => {
  test('concludes from every kind of evidence, and its JSON is as the schema says', () => {
    expect(whole.students[0]?.conclusion).toMatchObject({
      style: 'like-teacher',
      content: 'like-teacher',
      knowledge: 'like-base',
      sentence: 'student sounds like its teacher, says what its teacher says and knows like its base.',
    });
    expect(valid(JSON.parse(JSON.stringify(whole))), JSON.stringify(valid.errors)).toBe(true);
    const broken = { ...whole, students: [{ ...whole.students[0], n: 'many' }] };
    expect(valid(JSON.parse(JSON.stringify(broken)))).toBe(false);
  });

  test('leaves out prompts that the training data hold, and says so', () => {
    const { dropped = [], trainingQueries } = whole.trainingOverlap ?? {};
    expect(trainingQueries).toBe(2);
    expect(dropped).toContainEqual({ promptId: 'p3', bleu: expect.closeTo(100, 9), verbatim: true });
    expect(whole.compared.prompts).toBe(40 - dropped.length);
    expect(
      whole.compared.leftOut.find(({ reason }) => reason === 'word for word in the training data'),
    ).toMatchObject({
      count: 1,
      promptIds: ['p3'],
    });
  });

  test('shows preferences of people and of a judge, raw beside controlled, and position bias', () => {
    const {
      people,
      judge: judged,
      styleControl,
      positionBias,
      agreement,
    } = whole.students[0]?.preference ?? {};
    expect(people).toMatchObject({ model: 'student', n: whole.compared.prompts });
    expect((people?.wins ?? 0) + (people?.losses ?? 0)).toBe(whole.compared.prompts);
    // The judge prefers whatever comes first, so that its orders never agree.
    expect(judged).toMatchObject({ ties: whole.compared.prompts, wins: 0, losses: 0 });
    expect(positionBias?.first.value).toBe(1);
    expect(styleControl?.raw.value).toBeGreaterThan(0.3);
    expect(agreement).toMatchObject({ annotators: 1, ratings: whole.compared.prompts });
  });

  test('counts adherence and refusals, and takes up what runs recorded', () => {
    const { adherence, refusals } = whole.conduct;
    expect(adherence?.student).toMatchObject({ value: 1, n: whole.compared.prompts });
    expect(refusals.judge?.student?.value).toBe(0);
    expect(refusals.lexicon.teacher?.value).toBe(0);
    const [teacher] = whole.compared.sides;
    // Size and price are those of the benchmark results, where the answers record none.
    expect(teacher?.cost).toEqual({
      parameters: 7e9,
      tokensPerAnswer: 60,
      tokensPerSecond: 30,
      costPerThousand: 0.006,
    });
    expect(whole.compared.sides.at(-1)?.cost).toMatchObject({
      parameters: 135e6,
      tokensPerSecond: 8,
      costPerThousand: 0.002,
    });
  });

  test('writes files that open: the answers as a comparison, a notebook, and the report itself', async () => {
    const comparison = await compare(at('out/report.compare.jsonl'), { print: () => {} });
    expect(comparison.items).toHaveLength(whole.compared.prompts);
    expect(comparison.answers.map(({ role }) => role)).toEqual(['teacher', 'other', 'other', 'imitation']);
    const notebook = JSON.parse(await readFile(at('out/report.ipynb'), 'utf8'));
    expect(notebook).toMatchObject({ nbformat: 4, metadata: { kernelspec: { name: 'imitation-lab' } } });
    expect(await loadReport(at('out/report.json'))).toEqual(JSON.parse(JSON.stringify(whole)));
    await writeFile(at('old.json'), JSON.stringify({ ...whole, version: 0 }));
    await expect(loadReport(at('old.json'))).rejects.toThrow(/Cannot read old\.json\/version: .*\(1\)/);
  });

  test('takes no difference between benchmarks of different forms', async () => {
    const { students } = await report({
      teacher: sources.teacher,
      base: sources.base,
      students: [sources.student],
      benchmarks: {
        teacher: [at('nq-teacher')],
        base: [await saveResults('nq-base-chat', 20, 'chat')],
        students: { student: [at('nq-student')] },
      },
      resamples: 100,
    });
    expect(students[0]?.conclusion.knowledge).toBe('not-measured');
    expect(students[0]?.knowledge.refused).toEqual([
      {
        benchmark: 'nq',
        role: 'base',
        reason: 'prompt format must be equal, found raw of the student and chat-few-shot',
      },
    ]);
  });

  test('refuses unknown students of benchmarks, several teachers, and options that there are not', async () => {
    const given = { teacher: sources.teacher, students: [sources.student], resamples: 100 };
    await expect(
      report({ ...given, benchmarks: { students: { studnet: [at('nq-base')] } } }),
    ).rejects.toThrow(
      'Cannot report benchmarks of student studnet: one of student is required; did you mean "student"?',
    );
    await writeFile(at('two.csv'), 'prompt,a,b\nQ?,A.,B.\n');
    await expect(report({ ...given, teacher: at('two.csv') })).rejects.toThrow(
      'Cannot report: answers of one teacher are required, found a, b',
    );
    await expect(report({ ...given, ...{ tacher: 1 } })).rejects.toThrow('tacher');
    await expect(report({ ...given, base: at('missing.jsonl') })).rejects.toThrow('missing.jsonl');
  });
});

describe('report.html', () => {
  test('holds every text of a model escaped, loads nothing and runs nothing', () => {
    const html = reportHtml({ ...whole, title: HOSTILE });
    expect(html).toContain('&#60;script&#62;alert(1)');
    expect(html).not.toMatch(/<(?:script|img|link|iframe|object)\b/i);
    // No attribute of an element leads elsewhere or runs something.
    const tags = html.match(/<[a-z][^>]*>/gi) ?? [];
    expect(tags.filter(tag => /\s(?:src|href|on\w+)=/i.test(tag))).toEqual([]);
    expect(html).toContain("default-src 'none'");
    expect(html).not.toContain('url(');
  });

  test('shows the sections that the report is made of', () => {
    const html = reportHtml(whole);
    for (const title of [
      'What was compared',
      'Style',
      'Content without a judge',
      'Knowledge',
      'Preference',
      'Adherence and refusals',
      'Where answers differ most',
      'What more prompts would decide',
      'How it was concluded',
    ])
      expect(html).toMatch(new RegExp(`<h2 id="[a-z]+">${title}</h2>`));
  });
});

test('the report in lines states each conclusion and the numbers behind it', () => {
  const text = reportText(whole);
  expect(text).toContain(
    'student sounds like its teacher, says what its teacher says and knows like its base.',
  );
  expect(text).toMatch(/knowledge {3}nq exact_match 0\.2 \[.*\], like-base, 0\.00 \[/);
  expect(text).toContain('Overlap with 2 training queries: ');
});

describe('a rule of failing', () => {
  test.each([
    ['knowledge<.8', [0]],
    ['style < 0.5', []],
    ['refusal>.1', []],
    ['overlap<101', [expect.any(Number)]],
  ])('%s', (rule, values) => {
    expect(failuresOf(whole, parseFailRule(rule)).map(({ value }) => value)).toEqual(values);
  });

  test('is broken by what was not measured', async () => {
    const bare = await report({ teacher: sources.teacher, students: [sources.student], resamples: 100 });
    for (const rule of ['knowledge<.8', 'style<.1', 'content<.1', 'preference<.1', 'adherence<.1'])
      expect(failuresOf(bare, parseFailRule(rule))).toMatchObject([{ student: 'student', value: null }]);
  });

  test.each([
    ['knowledge', 'must be ESTIMATE<NUMBER or ESTIMATE>NUMBER, got "knowledge"'],
    ['knowledge=.8', 'must be ESTIMATE<NUMBER or ESTIMATE>NUMBER, got "knowledge=.8"'],
    ['knowlege<.8', 'did you mean "knowledge"?'],
    ['knowledge<x', 'must be'],
  ])('%s is refused', (rule, message) => {
    expect(() => parseFailRule(rule)).toThrow(message);
  });
});
