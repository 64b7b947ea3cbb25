import { cp, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import * as tf from '@tensorflow/tfjs';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import type { GenerateConfig } from '../../../src/cli/commands/generate.ts';
import type { ScoreConfig } from '../../../src/cli/commands/score.ts';
import { run as generate } from '../../../src/cli/run/generate.ts';
import { run as score } from '../../../src/cli/run/score.ts';
import { resolveBackend } from '../../../src/compute/index.ts';
import { addLora, loadModel, saveLora } from '../../../src/model/index.ts';
import { type OpenAiServer, openAiServer } from '../../fixtures/openai-server.ts';
import { tinyModel } from '../../fixtures/tiny-model.ts';

const root = await mkdtemp(join(tmpdir(), 'identity-'));
let tiny = '';
let made = 0;

beforeAll(async () => {
  // Calls to servers are kept apart from those of other tests.
  vi.stubEnv('IMITATION_LAB_CACHE', join(root, 'cache'));
  await resolveBackend({ prefer: 'cpu' });
  tiny = await tinyModel();
});
afterEach(() => {
  process.exitCode = undefined;
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await rm(root, { recursive: true });
  await rm(tiny, { recursive: true });
});

/** A row of a file of prompts, or of continuations. */
interface InputRow {
  id: string;
  prompt: string;
  continuation?: string;
}

/** A model, a file of rows and the options of a command, as a case finds them and changes them. */
class Bench {
  readonly folder = join(root, `${++made}`);
  model = join(this.folder, 'runs/a/model');
  rows: InputRow[] = [
    { id: 'a', prompt: 'hello', continuation: 'x' },
    { id: 'b', prompt: 'why?', continuation: 'y' },
    { id: 'c', prompt: 'x', continuation: 'z' },
  ];
  options: Partial<GenerateConfig> = {};
  out = join(this.folder, 'out.jsonl');

  async copyModel(to: string): Promise<string> {
    const folder = join(this.folder, to);
    await cp(tiny, folder, { recursive: true });
    return folder;
  }

  /** Changes one bit of a file of the model. */
  async changeBit(name: string, model = this.model): Promise<void> {
    const bytes = await readFile(join(model, name));
    bytes[bytes.length - 1] = (bytes.at(-1) ?? 0) ^ 1;
    await writeFile(join(model, name), bytes);
  }

  async changeJson(name: string, change: object): Promise<void> {
    const path = join(this.model, name);
    await writeFile(path, JSON.stringify({ ...JSON.parse(await readFile(path, 'utf8')), ...change }));
  }

  /** Saves adapters whose second matrices are filled with a value. */
  async saveAdapter(name: string, value: number): Promise<string> {
    const folder = join(this.folder, name);
    const base = await loadModel(this.model);
    const adapted = addLora(base, { rank: 1, alpha: 2, seed: 1 });
    const weights = Object.fromEntries(
      Object.entries(adapted.weights).map(([map, weight]) => [
        map,
        map.includes('lora_B') ? tf.fill(weight.shape, value) : weight,
      ]),
    );
    await saveLora(folder, { ...adapted, weights });
    tf.dispose([base.weights, adapted.weights, weights]);
    return folder;
  }

  setPrompt(id: string, prompt: string): void {
    this.rows = this.rows.map(row => (row.id === id ? { ...row, prompt } : row));
  }

  /** Runs the command, and returns the numbers of its outcome. */
  async run(command: 'generate' | 'score'): Promise<Record<string, number>> {
    const input = join(this.folder, 'input.jsonl');
    await writeFile(input, this.rows.map(row => `${JSON.stringify(row)}\n`).join(''));
    const { model, out, options } = this;
    const printed: string[] = [];
    const log = vi.spyOn(console, 'log').mockImplementation(line => printed.push(line));
    const error = vi.spyOn(console, 'error').mockImplementation(() => {});
    const print = { json: true, quiet: true };
    try {
      if (command === 'score') {
        const { adapter, modelName } = options;
        const config: ScoreConfig = { model, input, out };
        await score(
          {
            ...config,
            ...(adapter !== undefined && { adapter }),
            ...(modelName !== undefined && { modelName }),
          },
          print,
        );
      } else
        await generate(
          {
            model,
            prompts: input,
            out,
            maxTokens: 4,
            temperature: 0,
            topP: 1,
            seed: 0,
            samples: 1,
            ...options,
          },
          print,
        );
      return JSON.parse(printed.at(-1) ?? '{}');
    } finally {
      log.mockRestore();
      error.mockRestore();
    }
  }
}

/** A change between two runs, and the number of answers of three that the second one asks for. */
type Case = [
  change: string,
  asked: number,
  change: (bench: Bench) => unknown,
  first?: (bench: Bench) => unknown,
];

const chat = (bench: Bench) => {
  bench.options.chat = true;
};
const TEMPLATE = "<user>{{ messages[0]['content'] }}<bot>";

const LOCAL: readonly Case[] = [
  ['nothing', 0, () => {}],
  ['one bit of the weights', 3, bench => bench.changeBit('model.safetensors')],
  [
    'the path of the same weights',
    0,
    async bench => {
      bench.model = await bench.copyModel('elsewhere/other-name');
    },
  ],
  [
    'a folder of the same name with other weights',
    3,
    async bench => {
      bench.model = await bench.copyModel('runs/b/model');
      await bench.changeBit('model.safetensors');
      expect(basename(bench.model)).toBe('model');
    },
  ],
  [
    'weights that are moved to the place of others',
    3,
    async bench => {
      const other = await bench.copyModel('runs/b/model');
      await bench.changeBit('model.safetensors', other);
      await rename(bench.model, join(bench.folder, 'old'));
      await rename(other, bench.model);
    },
  ],
  [
    'what the model is called',
    0,
    bench => {
      bench.options.modelName = 'mine';
    },
  ],
  [
    'an adapter that is added',
    3,
    async bench => {
      bench.options.adapter = await bench.saveAdapter('adapter', 0.3);
    },
  ],
  [
    'the adapter',
    3,
    async bench => {
      bench.options.adapter = await bench.saveAdapter('adapter', 0.4);
    },
    async bench => {
      bench.options.adapter = await bench.saveAdapter('adapter', 0.3);
    },
  ],
  [
    'the path of the same adapter',
    0,
    async bench => {
      bench.options.adapter = await bench.saveAdapter('moved', 0.3);
    },
    async bench => {
      bench.options.adapter = await bench.saveAdapter('adapter', 0.3);
    },
  ],
  ['the tokenizer', 3, bench => bench.changeJson('tokenizer.json', { decoder: null })],
  ['the config', 3, bench => bench.changeJson('config.json', { rms_norm_eps: 1e-3 })],
  [
    'the tokens that end an answer',
    3,
    bench => writeFile(join(bench.model, 'generation_config.json'), '{"eos_token_id": [9]}'),
  ],
  ['a file that decides nothing', 0, bench => writeFile(join(bench.model, 'README.md'), 'Ours.')],
  [
    'the chat template, of raw prompts',
    0,
    bench => bench.changeJson('tokenizer_config.json', { chat_template: TEMPLATE }),
  ],
  [
    'the chat template, of a chat',
    3,
    bench => bench.changeJson('tokenizer_config.json', { chat_template: TEMPLATE }),
    chat,
  ],
  [
    'the chat template, to one that writes the same',
    0,
    bench =>
      bench.changeJson('tokenizer_config.json', { chat_template: `{{ bos_token }}{# ours #}${TEMPLATE}` }),
    chat,
  ],
  ['the prompt format', 3, chat],
  ['one prompt', 1, bench => bench.setPrompt('b', 'when?')],
  ['the prompts of two rows, which change places', 0, bench => bench.rows.reverse()],
  ['one prompt more', 1, bench => bench.rows.push({ id: 'd', prompt: 'how?' })],
  ['one prompt more, equal to another', 1, bench => bench.rows.push({ id: 'd', prompt: 'hello' })],
  ['one prompt less', 0, bench => bench.rows.shift()],
  [
    'the ids of all prompts',
    0,
    bench => {
      bench.rows = bench.rows.map(row => ({ ...row, id: `${row.id}2` }));
    },
  ],
  [
    'the prompt of one of two equal rows',
    1,
    bench => bench.setPrompt('b', 'when?'),
    bench => bench.setPrompt('b', 'hello'),
  ],
  [
    'the temperature',
    3,
    bench => {
      bench.options.temperature = 1;
    },
  ],
  [
    'the seed',
    3,
    bench => {
      bench.options.seed = 1;
    },
  ],
  [
    'the share of top-p',
    3,
    bench => {
      bench.options.topP = 0.9;
    },
  ],
  [
    'the most tokens',
    3,
    bench => {
      bench.options.maxTokens = 5;
    },
  ],
  [
    'the stop texts',
    3,
    bench => {
      bench.options.stop = ['q'];
    },
  ],
  [
    'the samples, from one to three',
    6,
    bench => {
      bench.options.samples = 3;
    },
  ],
  [
    'the samples, from three to two',
    0,
    bench => {
      bench.options.samples = 2;
    },
    bench => {
      bench.options.samples = 3;
    },
  ],
  [
    'the number of prompts side by side',
    0,
    bench => {
      bench.options.concurrency = 1;
    },
  ],
  [
    'the file of the answers',
    3,
    bench => {
      bench.out = join(bench.folder, 'other.jsonl');
    },
  ],
  [
    'the settings, and back',
    0,
    async bench => {
      bench.options.seed = 1;
      await bench.run('generate');
      bench.options.seed = 0;
    },
  ],
  [
    'the answers, of which one is cut off',
    1,
    async bench => {
      const text = await readFile(bench.out, 'utf8');
      await writeFile(bench.out, text.slice(0, -20));
    },
  ],
];

describe('generate, after a change of', () => {
  test.each(LOCAL)('%s, asks for %i of three answers again', async (_, asked, change, first) => {
    const bench = new Bench();
    await bench.copyModel('runs/a/model');
    await first?.(bench);
    const { answered = 0 } = await bench.run('generate');
    expect(answered).toBe(bench.rows.length * (bench.options.samples ?? 1));
    await change(bench);
    const outcome = await bench.run('generate');
    const total = bench.rows.length * (bench.options.samples ?? 1);
    expect(outcome).toMatchObject({ answered: asked, before: total - asked, failed: 0, left: 0 });
    // The file holds the answers of this run and no others, each under its id and sample.
    const rows = (await readFile(bench.out, 'utf8')).trim().split('\n');
    const names = rows.map(row => JSON.parse(row)).map(({ id, sample = 0 }) => `${id} ${sample}`);
    const wanted = bench.rows.flatMap(({ id }) =>
      Array.from({ length: bench.options.samples ?? 1 }, (_, sample) => `${id} ${sample}`),
    );
    expect(names.sort()).toEqual(wanted.sort());
  });
});

describe('score, after a change of', () => {
  const SCORED: readonly Case[] = [
    ['nothing', 0, () => {}],
    ['one bit of the weights', 3, bench => bench.changeBit('model.safetensors')],
    [
      'the path of the same weights',
      0,
      async bench => {
        bench.model = await bench.copyModel('elsewhere');
      },
    ],
    [
      'an adapter that is added',
      3,
      async bench => {
        bench.options.adapter = await bench.saveAdapter('adapter', 0.3);
      },
    ],
    ['one prompt', 1, bench => bench.setPrompt('b', 'when?')],
    [
      'one continuation',
      1,
      bench => {
        bench.rows = bench.rows.map(row => (row.id === 'c' ? { ...row, continuation: 'q' } : row));
      },
    ],
    ['one row more', 1, bench => bench.rows.push({ id: 'd', prompt: 'hello', continuation: 'q' })],
    ['the chat template', 0, bench => bench.changeJson('tokenizer_config.json', { chat_template: TEMPLATE })],
  ];

  test.each(SCORED)('%s, asks for %i of three scores again', async (_, asked, change) => {
    const bench = new Bench();
    await bench.copyModel('runs/a/model');
    expect(await bench.run('score')).toMatchObject({ scored: 3, before: 0 });
    await change(bench);
    expect(await bench.run('score')).toMatchObject({
      scored: asked,
      before: bench.rows.length - asked,
      failed: 0,
    });
  });
});

/** A change between two runs at a server, and the number of answers of three that the second one asks for. */
type ServerCase = [
  change: string,
  asked: number,
  change: (bench: Bench, server: OpenAiServer) => unknown,
  first?: (bench: Bench, server: OpenAiServer) => unknown,
];

describe('generate at a server, after a change of', () => {
  const CASES: readonly ServerCase[] = [
    ['nothing', 0, () => {}],
    [
      'the process of the server, in one run',
      0,
      (_, server) => {
        server.options.reply = () => 'Another model, by the same name.';
      },
    ],
    [
      'the name of the model',
      3,
      bench => {
        bench.options.modelName = 'other';
      },
    ],
    [
      'patience, budget and calls at a time',
      0,
      bench => {
        Object.assign(bench.options, { timeout: 7, maxTotalTokens: 10_000, concurrency: 2 });
      },
    ],
    ['one prompt', 1, bench => bench.setPrompt('b', 'when?')],
    ['one prompt more, equal to another', 1, bench => bench.rows.push({ id: 'd', prompt: 'hello' })],
    [
      'the seed',
      3,
      bench => {
        bench.options.seed = 1;
      },
    ],
    [
      'a call that failed, to one that does not',
      1,
      (_, server) => {
        server.options.handle = () => false;
      },
      (_, server) => {
        server.options.handle = ({ prompt }, response) => {
          if (prompt !== 'why?') return false;
          response.writeHead(400).end('too long');
          return true;
        };
      },
    ],
    ['the run, whose record is lost', 3, bench => rm(`${bench.out}.manifest.json`)],
  ];

  test.each(CASES)('%s, asks for %i of three answers again', async (_, asked, change, first) => {
    await using server = await openAiServer();
    const bench = new Bench();
    await cp(tiny, join(bench.folder, 'model'), { recursive: true });
    bench.model = server.base;
    bench.options.modelName = 'm';
    await first?.(bench, server);
    await bench.run('generate');
    await change(bench, server);
    const outcome = await bench.run('generate');
    expect(outcome).toMatchObject({ answered: asked, before: bench.rows.length - asked, failed: 0 });
  });

  test('the address, asks for all of them again', async () => {
    await using one = await openAiServer();
    await using other = await openAiServer();
    const bench = new Bench();
    bench.options.modelName = 'm';
    bench.model = one.base;
    await cp(tiny, dirname(bench.out), { recursive: true });
    await bench.run('generate');
    bench.model = other.base;
    expect(await bench.run('generate')).toMatchObject({ answered: 3, before: 0 });
    expect([one.asked.length, other.asked.length]).toEqual([3, 3]);
  });
});
