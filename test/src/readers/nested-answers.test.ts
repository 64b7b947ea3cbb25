import { describe, expect, test } from 'vitest';
import { parseAnswers, parseDialogues, parseSource } from '../../../src/readers/index.ts';

const lines = (...rows: object[]) => rows.map(row => `${JSON.stringify(row)}\n`).join('');

/** Model, text and sample of each answer, and the texts of the prompts. */
function read(...rows: object[]) {
  const { prompts, generations, format } = parseAnswers(lines(...rows), { name: 'mine.jsonl' });
  return {
    format,
    prompts: prompts.map(({ text }) => text),
    answers: generations.map(({ model, text, sample }) => [
      model,
      text,
      ...(sample === undefined ? [] : [sample]),
    ]),
  };
}

describe('answers under one field of a row', () => {
  const prompt = 'Is it?';
  const both = [
    ['gpt-4', 'Yes.'],
    ['mine', 'Well.'],
  ];

  test.each([
    ['by model', { responses: { 'gpt-4': 'Yes.', mine: 'Well.' } }],
    ['by model, in objects', { answers: { 'gpt-4': { text: 'Yes.' }, mine: { content: 'Well.' } } }],
    [
      'as a list of objects that name their models',
      {
        responses: [
          { model: 'gpt-4', response: 'Yes.' },
          { model_name: 'mine', text: 'Well.' },
        ],
      },
    ],
    [
      'as messages',
      {
        outputs: [
          { model: 'gpt-4', message: { role: 'assistant', content: 'Yes.' } },
          { model: 'mine', message: { role: 'assistant', content: [{ type: 'text', text: 'Well.' }] } },
        ],
      },
    ],
  ])('%s', (_, held) => {
    expect(read({ prompt, ...held })).toEqual({ format: 'nested-answers', prompts: [prompt], answers: both });
  });

  test('as a list of texts, which are samples of one model', () => {
    const answers = [
      ['llama', 'Yes.', 0],
      ['llama', 'Well.', 1],
    ];
    expect(read({ prompt, model: 'llama', responses: ['Yes.', 'Well.'] }).answers).toEqual(answers);
  });

  test('that are truth values or numbers are their texts, and null is a failure', () => {
    expect(
      read({ prompt, responses: { yes: true, no: false, number: 42, none: null, text: 'Yes.' } }).answers,
    ).toEqual([
      ['yes', 'true'],
      ['no', 'false'],
      ['number', '42'],
      ['none', null],
      ['text', 'Yes.'],
    ]);
  });

  test.each([
    ['references', { question: 'Who?', answers: ['Ann', 'Ann B.'], response: 'Ann' }, 'Ann'],
    ['choices', { question: 'Who?', answers: { A: 'Ann', B: 'Bo' }, response: 'A' }, 'A'],
    ['measures', { prompt: 'Who?', outputs: { loss: 0.5, accuracy: 1 }, response: 'Ann' }, 'Ann'],
    ['spans', { question: 'Who?', answers: { text: ['Ann'], answer_start: [3] }, response: 'Ann' }, 'Ann'],
  ])('are not %s', (_, row, answer) => {
    expect(read(row)).toMatchObject({ format: 'table', answers: [['mine', answer]] });
  });
});

describe('truth values', () => {
  test('are answers in a column and in a message', () => {
    expect(read({ prompt: 'Is it?', response: true }).answers).toEqual([['mine', 'true']]);
    const messages = [
      { role: 'user', content: 'Is it?' },
      { role: 'assistant', content: false },
    ];
    expect(read({ messages }).answers).toEqual([['mine', 'false']]);
    const columns = { models: ['gpt', 'own'] };
    const rows = lines(
      { prompt: 'Is it?', gpt: true, own: false },
      { prompt: 'Is it not?', gpt: false, own: false },
    );
    const { generations } = parseAnswers(rows, { name: 'table.jsonl', columns });
    expect(generations.map(({ model, text }) => `${model} ${text}`)).toEqual([
      'gpt true',
      'own false',
      'gpt false',
      'own false',
    ]);
  });
});

describe('Gemini', () => {
  const system = { parts: [{ text: 'Be brief.' }] };
  const asked = { role: 'user', parts: [{ text: 'Is it ' }, { text: 'so?' }] };
  const said = { role: 'model', parts: [{ text: 'Hm.', thought: true }, { text: 'Yes.' }] };

  test('conversations of contents and parts are read, with the instruction of the system', () => {
    const row = { systemInstruction: system, contents: [asked, said] };
    const { generations, prompts } = parseAnswers(lines(row), { name: 'mine.jsonl' });
    expect(prompts[0]?.text).toBe('System: Be brief.\n\nUser: Is it so?');
    expect(generations[0]).toMatchObject({ text: 'Yes.', reasoning: 'Hm.' });
    expect(parseDialogues(lines(row), 'mine.jsonl')[0]?.turns).toEqual([
      { role: 'system', content: 'Be brief.' },
      { role: 'user', content: 'Is it so?' },
      { role: 'assistant', content: 'Yes.', reasoning: 'Hm.' },
    ]);
  });

  test('calls of functions and their results are no text of the answer', () => {
    const call = { functionCall: { name: 'look', args: { at: 'sky' } } };
    const result = { functionResponse: { name: 'look', response: { colour: 'blue' } } };
    const contents = [asked, { role: 'model', parts: [call] }, { role: 'function', parts: [result] }, said];
    expect(parseDialogues(lines({ contents }), 'mine.jsonl')[0]?.turns.slice(1, 3)).toEqual([
      { role: 'assistant', content: '', toolCalls: [{ name: 'look', arguments: '{"at":"sky"}' }] },
      { role: 'tool', content: '{"colour":"blue"}' },
    ]);
  });

  test('an image among the parts refuses the row, since the rest is another prompt', () => {
    const contents = [
      { parts: [{ inlineData: { mimeType: 'image/png', data: 'AA' } }, { text: 'What?' }] },
      said,
    ];
    const { report } = parseSource(lines({ contents }, { contents: [asked, said] }), { name: 'mine.jsonl' });
    expect(report).toMatchObject({ skipped: [{ at: 'mine.jsonl:1 turn 1' }] });
  });

  test('responses of a batch are read beside their requests: samples, blocked prompts and failures', () => {
    const request = { contents: [{ parts: [{ text: 'Is it?' }] }] };
    const second = { content: { parts: [{ text: 'No' }] }, finishReason: 'MAX_TOKENS' };
    const candidates = [{ content: said, finishReason: 'STOP' }, second];
    const { generations, prompts } = parseAnswers(
      lines(
        { key: '1', request, response: { candidates, modelVersion: 'gemini-2' } },
        {
          key: '2',
          request,
          response: { promptFeedback: { blockReason: 'SAFETY' }, modelVersion: 'gemini-2' },
        },
        { key: '3', request, error: { code: 429, message: 'no quota' } },
        { responseId: '4', candidates: candidates.slice(0, 1), modelVersion: 'gemini-2' },
      ),
      { name: 'batch.jsonl' },
    );
    expect(prompts.map(({ id, text }) => [id, text])).toEqual([
      ['1', 'Is it?'],
      ['2', 'Is it?'],
      ['3', 'Is it?'],
    ]);
    expect(
      generations.map(({ promptId, model, text, finish, error }) => [
        promptId,
        model,
        text,
        finish,
        error?.kind,
      ]),
    ).toEqual([
      ['1', 'gemini-2', 'Yes.', 'stop', undefined],
      ['1', 'gemini-2', 'No', 'length', undefined],
      ['2', 'gemini-2', null, 'error', 'filtered'],
      ['3', 'batch', null, 'error', 'no-answer'],
      ['4', 'gemini-2', 'Yes.', 'stop', undefined],
    ]);
    expect(generations[0]?.reasoning).toBe('Hm.');
  });
});
