import { describe, expect, test } from 'vitest';
import {
  answersFromRows,
  detectFormat,
  modelsOf,
  parseAnswers,
  parseSource,
} from '../../../src/readers/index.ts';

const lines = (...rows: object[]) => rows.map(row => JSON.stringify(row)).join('\n');

describe('FastChat', () => {
  const answers = lines(
    { answer_id: 'x', model_id: 'gpt-3.5-turbo:20230327', question_id: 1, text: 'One.', metadata: {} },
    { answer_id: 'y', model_id: 'gpt-3.5-turbo:20230327', question_id: 2, text: '', metadata: {} },
  );
  const questions = lines({ question_id: 1, text: 'Why?', category: 'generic' });

  test('an answer file gives answers by question id, an empty one among them', () => {
    expect(parseAnswers(answers, { name: 'answer_gpt35.jsonl' })).toMatchObject({
      format: 'fastchat-answers',
      name: 'answer_gpt35.jsonl',
      prompts: [],
      generations: [
        {
          promptId: '1',
          model: 'gpt-3.5-turbo:20230327',
          text: 'One.',
          finish: 'unknown',
          evidence: 'public',
        },
        { promptId: '2', model: 'gpt-3.5-turbo:20230327', text: '', finish: 'unknown', evidence: 'public' },
      ],
    });
  });

  test('a question file gives prompts with their category', () => {
    const { format, prompts, generations } = parseSource(questions, { name: 'question.jsonl' });
    expect(format).toBe('fastchat-questions');
    expect(prompts).toEqual([{ id: '1', text: 'Why?', category: 'generic', source: 'question.jsonl' }]);
    expect(generations).toEqual([]);
  });

  test('a review file is recognised, and the error says what it is', () => {
    const reviews = lines({ review_id: 'r', question_id: 1, answer1_id: 'x', answer2_id: 'y', text: '9 8' });
    expect(detectFormat(reviews, 'review.jsonl')).toBe('fastchat-reviews');
    expect(() => parseAnswers(reviews, { name: 'review.jsonl' })).toThrow(/a judge’s reviews/);
  });

  test('a row without a question id is skipped and named by its line; strict refuses it', () => {
    const text = `${answers}\n{"text": "?"}`;
    const reason = 'an id under question_id is required, found {"text":"?"}';
    const { generations, report } = parseAnswers(text, { name: 'a.jsonl' });
    expect(generations).toHaveLength(2);
    expect(report?.skipped).toEqual([{ at: 'a.jsonl:3', reason }]);
    expect(() => parseAnswers(text, { name: 'a.jsonl', strict: true })).toThrow(
      `Cannot read a.jsonl:3: ${reason}`,
    );
  });
});

test('of a QLoRA generation the part before the invented next turn is read, and the model named by the file', () => {
  const text = lines({
    question_id: 6,
    text: 'Why?',
    category: 'generic',
    prompt: 'A chat. ### Human: Why? ### Assistant:',
    generation: 'Because.### Human: Thanks',
    generation_truncated: 'Because.',
  });
  const name = '65b-guanaco-vicuna-generations-topp0.9-temp0.7.jsonl';
  const { format, prompts, generations } = parseAnswers(text, { name });
  expect(format).toBe('qlora-generations');
  expect(prompts).toEqual([{ id: '6', text: 'Why?', category: 'generic', source: name }]);
  expect(generations[0]).toMatchObject({ promptId: '6', model: '65b-guanaco', text: 'Because.' });
});

test('of an Open Assistant report the first output of the first configuration is read', () => {
  const report = JSON.stringify({
    model_name: 'llama',
    prompts: [
      {
        prompt: 'Why?',
        results: [
          { sampling_config: 'nucleus9', outputs: ['first', 'second'] },
          { sampling_config: 'greedy', outputs: ['third'] },
        ],
      },
      { prompt: 'How?', results: [{ sampling_config: 'nucleus9', outputs: [] }] },
    ],
  });
  const { format, generations, prompts } = parseAnswers(report, { name: 'report.json' });
  expect(format).toBe('oasst-report');
  expect(prompts.map(({ text }) => text)).toEqual(['Why?', 'How?']);
  expect(generations.map(({ text, finish }) => [text, finish])).toEqual([
    ['first', 'unknown'],
    [null, 'error'],
  ]);
  expect(generations.map(({ promptId }) => promptId)).toEqual(prompts.map(({ id }) => id));
});

test('AlpacaEval outputs give prompts by their text, with the data set as category', () => {
  const outputs = JSON.stringify([
    { dataset: 'helpful_base', instruction: 'Why?', output: 'Because.', generator: 'vicuna-13b' },
  ]);
  const { format, prompts, generations } = parseAnswers(outputs, { name: 'outputs.json' });
  expect(format).toBe('alpaca-eval');
  expect(prompts).toMatchObject([{ text: 'Why?', category: 'helpful_base' }]);
  expect(generations).toMatchObject([{ promptId: prompts[0]?.id, model: 'vicuna-13b', text: 'Because.' }]);
});

describe('plain rows', () => {
  test.each([
    [{ id: 7, text: 'A.' }],
    [{ promptId: '7', output: 'A.' }],
    [{ question_id: 7, response: 'A.' }],
    [{ id: '7', prompt: 'Q?', answer: 'A.' }],
    [{ id: '7', instruction: 'Q?', output: 'A.' }],
    [{ id: '7', question: 'Q?', answer: 'A.' }],
  ])('%j is an answer to prompt 7, by the model that the file is named after', row => {
    expect(parseAnswers(lines(row), { name: 'dir/mine.jsonl' }).generations).toEqual([
      { promptId: '7', model: 'mine', text: 'A.', finish: 'unknown', evidence: 'public' },
    ]);
  });

  test('tokens is a count, finish and evidence are kept, and null is a failure with its reason', () => {
    const text = lines(
      { id: 'a', model: 'm', text: 'A.', tokens: 3, tokenIds: [1, 2, 3], finish: 'length', evidence: 'live' },
      { id: 'b', model: 'm', text: null, error: 'timeout' },
      { id: 'c', model: 'm', text: null },
    );
    expect(parseAnswers(text, { name: 'm.jsonl' }).generations).toEqual([
      { promptId: 'a', model: 'm', text: 'A.', tokens: 3, finish: 'length', evidence: 'live' },
      {
        promptId: 'b',
        model: 'm',
        text: null,
        finish: 'error',
        evidence: 'public',
        error: { kind: 'no-answer', message: 'timeout' },
      },
      {
        promptId: 'c',
        model: 'm',
        text: null,
        finish: 'error',
        evidence: 'public',
        error: { kind: 'no-answer', message: 'the record holds no answer' },
      },
    ]);
  });

  test('token ids under tokens are no count, and do no harm', () => {
    const { generations } = parseAnswers(lines({ id: 1, text: 'A.', tokens: [1, 2] }), { name: 'm.jsonl' });
    expect(generations).toMatchObject([{ text: 'A.' }]);
    expect(generations[0]).not.toHaveProperty('tokens');
  });

  test('an answer that belongs to no prompt is skipped and named by its line', () => {
    const text = '{"id": 1, "text": "A."}\n{"text": "B."}';
    const { generations, report } = parseAnswers(text, { name: 'm.jsonl' });
    expect(generations.map(({ promptId }) => promptId)).toEqual(['1']);
    expect(report?.skipped).toEqual([
      { at: 'm.jsonl:2', reason: 'an id or a prompt is required, found {"text":"B."}' },
    ]);
  });

  test('one id of two different prompts is reported, and the prompts are kept apart', () => {
    const text = lines({ id: 1, prompt: 'Why?', text: 'A.' }, { id: '1', prompt: 'How?', text: 'B.' });
    const { generations, prompts, report } = parseAnswers(text, { name: 'm.jsonl' });
    expect(generations.map(({ promptId, text }) => [promptId, text])).toEqual([
      ['1', 'A.'],
      ['1 (2)', 'B.'],
    ]);
    expect(prompts.map(({ id, text }) => [id, text])).toEqual([
      ['1', 'Why?'],
      ['1 (2)', 'How?'],
    ]);
    expect(report?.notes).toEqual(['the id 1 of several prompts, which are kept apart']);
  });

  test('two answers of one model to one prompt are samples, and counted', () => {
    const text = lines({ prompt: 'Why?', output: 'A.' }, { prompt: 'Why?', output: 'B.' });
    const { generations, prompts, report } = parseAnswers(text, { name: 'm.jsonl' });
    expect(new Set(generations.map(({ promptId }) => promptId)).size).toBe(1);
    expect(prompts).toHaveLength(1);
    expect(report?.notes).toEqual(['1 further sample of the same model and prompt']);
  });

  test('Alpaca’s input belongs to the prompt', () => {
    const text = JSON.stringify([{ instruction: 'Translate.', input: 'Hello', output: 'Hallo' }]);
    expect(parseAnswers(text, { name: 'alpaca.json' }).prompts[0]?.text).toBe('Translate.\n\nHello');
  });

  test('a .json file with an object on every line is read line by line', () => {
    const text = '{"id": 1, "text": "A."}\n{"id": 2, "text": "B."}\n';
    expect(parseAnswers(text, { name: 'data.json' }).generations.map(({ text }) => text)).toEqual([
      'A.',
      'B.',
    ]);
  });
});

describe('a wide table', () => {
  test('has one model a column; an empty cell is a failure, numbers are no answers', () => {
    const csv = 'prompt,gpt-4,vicuna,score\nWhy?,Because.,,0.5\nHow?,So.,Thus.,0.7\n';
    const answers = parseAnswers(csv, { name: 'mine.csv' });
    expect(answers.format).toBe('table');
    expect(modelsOf(answers)).toEqual(['gpt-4', 'vicuna']);
    expect(answers.generations.map(({ text }) => text)).toEqual(['Because.', null, 'So.', 'Thus.']);
  });

  test('columns name the models where their own names mislead', () => {
    const answers = parseAnswers('question,answer,notes,b\nQ?,A.,fine,B.\n', {
      name: 'mine.csv',
      columns: { models: ['answer', 'B'] },
    });
    expect(modelsOf(answers)).toEqual(['answer', 'b']);
    expect(answers.report?.ignored).toEqual(['notes']);
  });

  test('a column that is not there is named, with those that are', () => {
    const read = (columns: object) => () => parseAnswers('prompt,a\nQ?,A.\n', { name: 'mine.csv', columns });
    expect(read({ models: ['b'] })).toThrow(
      'Cannot read mine.csv: a column "b" is required, found the columns prompt, a',
    );
    expect(read({ model: ['a'] })).toThrow(
      'Cannot read mine.csv: one of prompt, models, teacher, reference in the meaning of columns is required, found "model"; did you mean "models"?',
    );
  });

  test('columns without an id or prompt beside them are not taken for answers', () => {
    expect(detectFormat('motto,colour\nSo be it,red\n', 'x.csv')).toBeUndefined();
  });

  test('rows without id and prompt are known by their number where columns name the models', () => {
    const { generations } = answersFromRows([{ a: 'A.', b: 'B.' }], {
      name: 'rows',
      columns: { models: ['a', 'b'] },
    });
    expect(generations.map(({ promptId, model }) => [promptId, model])).toEqual([
      ['1', 'a'],
      ['1', 'b'],
    ]);
  });
});

test('when nothing fits, the error says in a line what would', () => {
  expect(() => parseAnswers('{"colour": 3}', { name: 'strange.json' })).toThrow(
    /^Cannot read strange\.json: one row a prompt \(.*\), one row an answer \(prompt, model, output\), conversations, or .{1,80} is required, found {"colour":3}$/,
  );
});

test('a table without rows is refused', () => {
  const message = 'at least one row is required, found none';
  expect(() => parseAnswers('prompt,a,b\n', { name: 'head.csv' })).toThrow(
    `Cannot read head.csv: ${message}`,
  );
  expect(() => answersFromRows([], { name: 'rows' })).toThrow(`Cannot read rows: ${message}`);
});

test('an empty file is refused', () => {
  expect(() => parseAnswers(' \n', { name: 'empty.jsonl' })).toThrow(
    'Cannot read empty.jsonl: a text is required, found an empty file',
  );
});

test('an unknown format is refused with the names of the known ones', () => {
  expect(() => parseAnswers('{"id": 1, "text": "a"}', { name: 'a.jsonl', format: 'xml' })).toThrow(
    /a format named comparison, .*table is required, found "xml"/,
  );
});

test('a strange record in a file of any format is skipped and listed', () => {
  const turns = [
    { role: 'user', content: 'Why?' },
    { role: 'assistant', content: 'So.' },
  ];
  const skippedOf = (value: unknown, name = 'x.json') =>
    parseSource(typeof value === 'string' ? value : JSON.stringify(value), { name }).report;
  expect(
    skippedOf({ model_name: 'm', prompts: [null, { prompt: 'Why?', results: [{ outputs: ['So.'] }] }] }),
  ).toMatchObject({
    models: ['m'],
    skipped: [{ at: 'x.json prompts[0]', reason: 'a JSON object is required, found null' }],
  });
  expect(
    skippedOf({ eval: { model: 'm' }, samples: [7, { id: 1, input: 'Why?', output: { choices: [] } }] }),
  ).toMatchObject({ prompts: 1, skipped: [{ at: 'x.json samples[0]' }] });
  expect(
    skippedOf([{ messages: turns }, { id: 3 }, { messages: [{ role: 'clippy', content: 'Hi' }] }]),
  ).toMatchObject({
    prompts: 1,
    skipped: [{ at: 'x.json[1]' }, { at: 'x.json[2] turn 1' }],
  });
});

test('a system’s message in a field of its own belongs to the prompt', () => {
  const row = {
    system: 'Be brief.',
    conversations: [
      { from: 'human', value: 'Why?' },
      { from: 'gpt', value: 'So.' },
    ],
  };
  expect(parseSource(JSON.stringify(row), { name: 'x.json' }).prompts[0]?.text).toBe(
    'System: Be brief.\n\nUser: Why?',
  );
});

describe('responses of OpenAI’s API as they come', () => {
  test('are answers by their own ids, several choices samples, one without any a failure', () => {
    const choice = (content: string | null) => ({
      message: { role: 'assistant', content },
      finish_reason: 'stop',
    });
    const text = lines(
      { id: 'c1', object: 'chat.completion', model: 'gpt', choices: [choice('One.'), choice('Two.')] },
      { id: 'c2', object: 'chat.completion', model: 'gpt', choices: [], error: { message: 'overloaded' } },
      {
        ...{ id: 'r1', object: 'response', model: 'gpt', status: 'completed' },
        output: [
          { type: 'reasoning', summary: [] },
          { type: 'message', role: 'assistant', content: [{ type: 'output_text', text: 'Three.' }] },
        ],
      },
    );
    const { generations, report } = parseSource(text, { name: 'log.jsonl' });
    expect(report).toMatchObject({ format: 'openai-responses', models: ['gpt'], skipped: [] });
    expect(generations.map(({ promptId, text, error }) => [promptId, text ?? error?.message])).toEqual([
      ['c1', 'One.'],
      ['c1', 'Two.'],
      ['c2', 'overloaded'],
      ['r1', 'Three.'],
    ]);
  });
});

test('a row whose model is blank is of the model that the file is named after', () => {
  const text = lines(
    { prompt: 'Why?', output: 'So.', model: '' },
    { prompt: 'How?', output: 'As.', model: null },
  );
  expect(parseSource(text, { name: 'mine.jsonl' }).report.models).toEqual(['mine']);
});
