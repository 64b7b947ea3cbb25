import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { encodeConversation, renderChat } from '../../src/conversation/index.ts';
import { templateMessage } from '../../src/conversation/template-message.ts';
import type { ChatMessage } from '../../src/schema.ts';
import { jsonTokenizer } from '../../src/tokenize/index.ts';
import { runPython } from './run-python.ts';

/** A template's rendering of a dialogue by Transformers. */
interface Row {
  source: 'TRL' | 'vLLM' | 'Transformers';
  name: string;
  template: string;
  dialogue: number;
  prompt: boolean;
  text?: string;
  ids?: number[];
  mask?: (0 | 1)[];
  error?: string;
}

const TOOLS = [
  {
    type: 'function',
    function: {
      name: 'weather',
      description: 'The <weather> & "more" café 🙂',
      parameters: {
        type: 'object',
        properties: {
          city: { type: 'string', description: 'City' },
          days: { type: 'integer', enum: [1, 2] },
        },
        required: ['city'],
      },
    },
  },
];

const DIALOGUES: readonly { messages: readonly ChatMessage[]; tools?: readonly object[] }[] = [
  {
    messages: [
      { role: 'user', content: 'Hello there' },
      { role: 'assistant', content: 'Hello! How are you?' },
      { role: 'user', content: '  Fine.\n' },
      { role: 'assistant', content: '\n Good to <hear> it\'s "so".  \n' },
    ],
  },
  {
    messages: [
      { role: 'system', content: 'Be brief.' },
      { role: 'user', content: 'What is 2+2? 🙂' },
      { role: 'assistant', content: '4' },
    ],
  },
  {
    messages: [
      { role: 'user', content: 'Why?' },
      { role: 'assistant', content: '<think>\nBecause\n</think>\n\nIt is so.' },
      { role: 'user', content: 'And?' },
      { role: 'assistant', content: 'Done', reasoning: 'Hmm\n' },
    ],
  },
  {
    messages: [
      { role: 'user', content: 'Weather in Zürich?' },
      {
        role: 'assistant',
        content: '',
        toolCalls: [
          {
            id: 'call12345',
            name: 'weather',
            arguments: '{"city": "Zürich", "days": 2, "x": 1.5, "ok": true, "none": null}',
          },
        ],
      },
      { role: 'tool', content: 'sunny' },
      { role: 'assistant', content: 'It is sunny.' },
    ],
    tools: TOOLS,
  },
  { messages: [{ role: 'user', content: ' Tell me a joke\n' }], tools: TOOLS },
];

const NOW = [2026, 1, 5, 13, 7, 9] as const;
const now = new Date(NOW[0], NOW[1] - 1, ...NOW.slice(2));
const golden = join(import.meta.dirname, '../golden/offsets/qwen.json');

let rows: Row[];
let content: unknown;

beforeAll(async () => {
  content = JSON.parse(await readFile(golden, 'utf8')).tokenizer;
  rows = await runPython<Row[]>('render-templates.py', {
    tokenizer: content,
    now: NOW,
    archives: resolve(import.meta.dirname, '../../build/archives'),
    dialogues: DIALOGUES.map(({ messages, tools = null }) => ({
      messages: messages.map(message => templateMessage(message, true)),
      tools,
    })),
  });
}, 600_000);

function optionsOf({ dialogue, prompt }: Row) {
  const { messages = [], tools } = DIALOGUES[dialogue] ?? {};
  const variables = { bos_token: '<|user|>', eos_token: '<|end|>' };
  return { messages, options: { tools, variables, now, reasoning: true, addGenerationPrompt: prompt } };
}

function textOf(row: Row): string | Error {
  const { messages, options } = optionsOf(row);
  try {
    return renderChat(row.template, messages, options);
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
}

describe.each(['TRL', 'vLLM', 'Transformers'] as const)('the templates of %s', source => {
  test('write the text of Transformers, and are refused where Transformers refuses', () => {
    const own = rows.filter(row => row.source === source);
    const counts = { templates: new Set(own.map(({ template }) => template)).size, equal: 0, refused: 0 };
    const others: object[] = [];
    for (const row of own) {
      const text = textOf(row);
      if (row.text === undefined && text instanceof Error) counts.refused += 1;
      else if (row.text === text) counts.equal += 1;
      else others.push({ ...row, template: undefined, ours: String(text) });
    }
    console.log(source, counts);
    expect(others).toEqual([]);
    expect(counts.equal).toBeGreaterThan(20);
  });

  test('give the tokens and the mask of Transformers', async () => {
    const tokenizer = await jsonTokenizer(content);
    const counts = { equal: 0 };
    const others: object[] = [];
    for (const row of rows) {
      if (row.source !== source || row.prompt || !/\{%-?\s*generation\s*-?%\}/.test(row.template)) continue;
      // A dialogue without an answer has no mask.
      if (!row.mask?.includes(1)) continue;
      const { messages, options } = optionsOf(row);
      const { ids, lossMask } = encodeConversation(messages, tokenizer, { chat: row.template, ...options });
      if (String(ids) === String(row.ids) && String(lossMask) === String(row.mask)) counts.equal += 1;
      else others.push({ ...row, template: undefined, ours: lossMask.join('') });
    }
    console.log(source, counts);
    expect(others).toEqual([]);
    if (source === 'TRL') expect(counts.equal).toBeGreaterThan(100);
  });
});
