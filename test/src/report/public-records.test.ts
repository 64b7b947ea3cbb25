import { expect, test } from 'vitest';
import { assemble } from '../../../src/compare/index.ts';
import { loadAnswers, loadPrompts } from '../../../src/data/index.ts';
import { StudentMeter } from '../../../src/report/student-report.ts';
import { seededRandom } from '../../../src/stats/index.ts';
import { WITH_RECORDS } from '../../fixtures/public-records.ts';

/** Labels of public models beside ChatGPT; `shuffled` are its own answers, each to another prompt. */
test('the labels of FastChat’s models are those of an independent prototype', WITH_RECORDS, async () => {
  const teacher = await loadAnswers('fastchat/gpt35');
  const { generations } = teacher;
  const places = seededRandom(1).shuffle([...generations.keys()]);
  const next = new Map(places.map((place, i) => [place, places[(i + 1) % places.length] ?? 0]));
  const shuffled = {
    ...teacher,
    generations: generations.map((generation, i) => ({
      ...generation,
      text: generations[next.get(i) ?? 0]?.text ?? null,
    })),
  };
  const columns = [
    { label: 'teacher', answers: teacher },
    { label: 'base', answers: await loadAnswers('fastchat/llama-13b') },
    { label: 'vicuna', answers: await loadAnswers('fastchat/vicuna-13b') },
    { label: 'alpaca', answers: await loadAnswers('fastchat/alpaca-13b') },
    { label: 'shuffled', answers: shuffled },
  ];
  const prompts = await loadPrompts('fastchat/questions');
  const comparison = assemble(columns, { teacher: 'teacher', prompts });
  const students = ['vicuna', 'alpaca', 'shuffled'];
  const meter = new StudentMeter(comparison, { teacher: 'teacher', base: 'base', students });
  const [vicuna, alpaca, other] = students.map(id => meter.measure(id));
  // The prototype, with other folds, has Vicuna at [.88, 1.17], Alpaca at [.05, .47], shuffled above .75.
  expect(vicuna?.conclusion).toMatchObject({ style: 'like-teacher', content: 'like-teacher' });
  expect(vicuna?.style.placement?.position.value).toBeGreaterThan(0.85);
  expect(alpaca?.style.placement?.position.high).toBeLessThan(0.5);
  expect(alpaca?.style.placement?.position.low).toBeGreaterThan(-0.25);
  expect(other?.conclusion).toMatchObject({ style: 'like-teacher', content: 'other' });
});

test('ChatGPT’s second sample is like its teacher by style and content', WITH_RECORDS, async () => {
  const columns = await Promise.all(
    Object.entries({ teacher: 'gpt35', base: 'llama-13b', student: 'gpt35-lottery' }).map(
      async ([label, name]) => ({ label, answers: await loadAnswers(`oasst/${name}`) }),
    ),
  );
  const comparison = assemble(columns, { teacher: 'teacher', prompts: [] });
  const meter = new StudentMeter(comparison, { teacher: 'teacher', base: 'base', students: ['student'] });
  const { conclusion, style } = meter.measure('student');
  expect(conclusion).toMatchObject({ style: 'like-teacher', content: 'like-teacher' });
  // The prototype: [.94, 1.01].
  expect(style.placement?.position.low).toBeGreaterThan(0.85);
  expect(style.placement?.position.high).toBeLessThan(1.05);
});
