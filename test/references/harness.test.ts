import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ensureTensorflow, resolveBackend } from '../../src/compute/index.ts';
import {
  benchmark,
  buildRequest,
  evaluate,
  type GenerateRequest,
  gsm8k,
  type LoglikelihoodRequest,
  loadMmlu,
  type MultipleChoice,
  mmlu,
  naturalQuestions,
} from '../../src/evaluate/index.ts';
import { convertModel, type LocalModel, localModel } from '../../src/generate/index.ts';
import { parseJsonl } from '../../src/readers/index.ts';
import { type ModelServer, serveModel } from '../../src/serve/index.ts';
import { WITH_RECORDS } from '../fixtures/public-records.ts';
import { smollm2 } from '../fixtures/smollm2.ts';
import { tinyModel } from '../fixtures/tiny-model.ts';
import { referencesPython } from './run-python.ts';

/** The harness's task files and their items. */
const TASKS = join(import.meta.dirname, 'harness');

interface Item {
  question: string;
  choices: string[];
  answer: number;
}

/** Item as the harness sent it, and the model's answers. */
interface Sample {
  filtered_resps: unknown[];
  acc?: number;
  arguments: { gen_args_0: { arg_0: string; arg_1: unknown } };
}

/** What the harness found: metrics of each task, and of each item what the model answered, in their order. */
interface Found {
  results: Record<string, Record<string, number>>;
  samples: Record<string, Sample[]>;
}

/** What Transformers requires to open a folder's `tokenizer.json`. */
const NAMED = { tokenizer_class: 'PreTrainedTokenizerFast', eos_token: '</s>' };

const folders: string[] = [];
const running: { model: LocalModel; server: ModelServer }[] = [];

beforeAll(async () => {
  await ensureTensorflow();
  await resolveBackend({ prefer: 'tensorflow' });
});

afterAll(async () => {
  for (const { model, server } of running) {
    await server.close();
    model.dispose();
  }
  await Promise.all(folders.map(folder => rm(folder, { recursive: true })));
});

async function newFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'harness-'));
  folders.push(folder);
  return folder;
}

async function served(folder: string): Promise<{ model: LocalModel; server: ModelServer }> {
  const model = await localModel(folder, { name: 'lab' });
  const server = await serveModel(model, { port: 0 });
  running.push({ model, server });
  return { model, server };
}

let smollm2Served: Promise<{ folder: string; model: LocalModel; server: ModelServer }> | undefined;

/** SmolLM2 as a folder in Hugging Face's layout, behind one server for all tests. */
function servedSmollm2() {
  smollm2Served ??= (async () => {
    const folder = await newFolder();
    await convertModel((await smollm2()) ?? expect.fail('SmolLM2 is out of reach'), folder);
    return { folder, ...(await served(folder)) };
  })();
  return smollm2Served;
}

/** Runs lm-evaluation-harness on tasks, with a model behind a server. */
async function harness(
  { base }: ModelServer,
  tokenizer: string,
  tasks: readonly string[],
  from = TASKS,
  chat: readonly string[] = [],
): Promise<Found> {
  const out = await newFolder();
  const model = `model=lab,base_url=${base}/completions,num_concurrent=4,${tokenizer}`;
  const flags = ['--model', 'local-completions', '--model_args', model, '--include_path', from];
  const output = ['--tasks', tasks.join(','), '--log_samples', '--output_path', out, ...chat];
  const env = {
    ...process.env,
    ...{ HF_HUB_OFFLINE: '1', HF_DATASETS_OFFLINE: '1', HF_HOME: await newFolder(), PYTHONUTF8: '1' },
  };
  const options = { cwd: from, env, maxBuffer: 2 ** 26 };
  await promisify(execFile)(referencesPython(), ['-m', 'lm_eval', ...flags, ...output], options);
  const folder = join(out, 'lab');
  const found: Found = { results: {}, samples: {} };
  for (const name of await readdir(folder)) {
    const text = await readFile(join(folder, name), 'utf8');
    const task = /^samples_(\w+?)_\d{4}-/.exec(name)?.[1];
    if (task === undefined) found.results = JSON.parse(text).results;
    else found.samples[task] = parseJsonl(text, name).map(({ value }) => value as never);
  }
  return found;
}

async function itemsOf(name: string): Promise<Item[]> {
  const rows = parseJsonl(await readFile(join(TASKS, name), 'utf8'), name);
  return rows.map(({ value }) => value as never);
}

/** Log-likelihood of each choice of each item, and whether it is greedy, as the model itself scores them. */
async function scores(model: LocalModel, items: Item[], delimiter: string) {
  const rows = items.flatMap(({ question: prompt, choices }, item) =>
    choices.map((choice, index) => ({
      id: `${item}/${index}`,
      prompt,
      continuation: `${delimiter}${choice}`,
    })),
  );
  const found = new Map<string, { logprob: number; greedy: boolean }>();
  for await (const { id, logprob, greedy = false } of model.scoreEach(rows))
    found.set(id, { logprob: logprob ?? Number.NaN, greedy });
  return items.map(({ choices }, item) =>
    choices.map((_, index) => found.get(`${item}/${index}`) ?? expect.fail('no score')),
  );
}

/** The share of items whose right choice has the highest value. */
function accuracy(items: Item[], values: number[][]): number {
  const right = items.filter(({ answer }, item) => {
    const row = values[item] ?? [];
    return row.indexOf(Math.max(...row)) === answer;
  });
  return right.length / items.length;
}

/** The harness's scores of a multiple-choice task must be the model's own: each to 1e-4, and so the accuracy. */
async function expectScores(
  { results, samples }: Found,
  task: string,
  items: Item[],
  own: { logprob: number; greedy: boolean }[][],
): Promise<void> {
  const theirs = (samples[task] ?? []).map(({ filtered_resps }) => filtered_resps as [string, string][]);
  expect(theirs).toHaveLength(items.length);
  for (const [item, choices] of theirs.entries())
    expect(
      choices.map(([logprob, greedy]) => ({ logprob: Number(logprob), greedy: greedy === 'True' })),
    ).toEqual(own[item]?.map(({ logprob, greedy }) => ({ logprob: expect.closeTo(logprob, 4), greedy })));
  const logprobs = own.map(choices => choices.map(({ logprob }) => logprob));
  expect(results[task]?.['acc,none']).toBeCloseTo(accuracy(items, logprobs), 10);
}

describe('lm-evaluation-harness on SmolLM2 behind our server', () => {
  test.each(['huggingface', 'remote'])('scores and generates what we do, by the %s tokenizer', async way => {
    const { folder, model, server } = await servedSmollm2();
    const tokenizer = way === 'remote' ? 'remote' : `huggingface,tokenizer=${folder}`;
    const found = await harness(server, `tokenizer_backend=${tokenizer}`, ['lab_choices', 'lab_generate']);
    const items = await itemsOf('items.jsonl');
    const own = await scores(model, items, ' ');
    await expectScores(found, 'lab_choices', items, own);
    // The length in characters that `acc_norm` divides by is Python's.
    const normed = own.map((choices, item) =>
      choices.map(({ logprob }, index) => logprob / [...(items[item]?.choices[index] ?? '')].length),
    );
    expect(found.results.lab_choices?.['acc_norm,none']).toBeCloseTo(accuracy(items, normed), 10);
    // The task distinguishes right answers from wrong ones, and holds both greedy and other choices.
    expect(found.results.lab_choices?.['acc,none']).toBeGreaterThan(0.5);
    expect(own.flat().filter(({ greedy }) => greedy).length).toBeGreaterThan(1);

    const questions = items.map(({ question }, id) => ({ id: `${id}`, text: question }));
    const answers = new Map<string, string | null>();
    for await (const { promptId, text } of model.generate(questions, { maxTokens: 12, stop: ['.', '\n'] }))
      answers.set(promptId, text);
    expect(found.samples.lab_generate?.map(({ filtered_resps: [answer] }) => answer)).toEqual(
      questions.map(({ id }) => answers.get(id)),
    );
  });
});

/** MMLU as the harness itself would ask it: it draws the examples, and writes the prompt. */
function mmluTask(subject: string): string {
  return JSON.stringify({
    task: `lab_mmlu_${subject}`,
    dataset_path: 'json',
    dataset_kwargs: { data_files: { dev: `${subject}.dev.jsonl`, test: `${subject}.jsonl` } },
    test_split: 'test',
    fewshot_split: 'dev',
    fewshot_config: { sampler: 'first_n' },
    num_fewshot: 5,
    output_type: 'multiple_choice',
    description: `The following are multiple choice questions (with answers) about ${subject.replaceAll('_', ' ')}.\n\n`,
    doc_to_text:
      '{{question.strip()}}\nA. {{choices[0]}}\nB. {{choices[1]}}\nC. {{choices[2]}}\nD. {{choices[3]}}\nAnswer:',
    doc_to_choice: ['A', 'B', 'C', 'D'],
    doc_to_target: 'answer',
    metric_list: [{ metric: 'acc', aggregation: 'mean', higher_is_better: true }],
  });
}

/** NQ-open's rule as the harness has it, on the prompts of Table 8. */
const NQ_TASK = JSON.stringify({
  task: 'lab_nq',
  dataset_path: 'json',
  dataset_kwargs: { data_files: { test: 'nq.jsonl' } },
  test_split: 'test',
  output_type: 'generate_until',
  doc_to_text: '{{prompt}}',
  doc_to_target: '{{answers}}',
  generation_kwargs: { until: ['\n'], max_gen_toks: 32, do_sample: false, temperature: 0 },
  filter_list: [
    { name: 'remove_whitespace', filter: [{ function: 'remove_whitespace' }, { function: 'take_first' }] },
  ],
  metric_list: [
    {
      metric: 'exact_match',
      aggregation: 'mean',
      higher_is_better: true,
      ignore_case: true,
      ignore_punctuation: true,
      regexes_to_ignore: ['\\b(?:The |the |An |A |The |a |an )'],
    },
  ],
});

const jsonl = (rows: readonly object[]) => rows.map(row => `${JSON.stringify(row)}\n`).join('');

describe('lm-evaluation-harness gives the same numbers of MMLU and Natural Questions', WITH_RECORDS, () => {
  const SUBJECTS = ['marketing', 'high_school_geography', 'miscellaneous'];

  test('of MMLU: every log-likelihood, and the accuracy', async () => {
    const { folder, model, server } = await servedSmollm2();
    const tasks = await newFolder();
    const { dev, val } = await loadMmlu();
    const of = (items: MultipleChoice[], subject: string) => items.filter(item => item.subject === subject);
    for (const subject of SUBJECTS) {
      await writeFile(join(tasks, `${subject}.yaml`), mmluTask(subject));
      await writeFile(join(tasks, `${subject}.dev.jsonl`), jsonl(of(dev, subject)));
      await writeFile(join(tasks, `${subject}.jsonl`), jsonl(of(val, subject).slice(0, 8)));
    }
    const names = SUBJECTS.map(subject => `lab_mmlu_${subject}`);
    const { results, samples } = await harness(
      server,
      `tokenizer_backend=huggingface,tokenizer=${folder}`,
      names,
      tasks,
    );
    const correct: number[] = [];
    for (const [index, subject] of SUBJECTS.entries()) {
      const own = await evaluate(
        model,
        await mmlu({ split: 'val', subjects: [subject], interleave: false }),
        { limit: 8 },
      );
      const task = names[index] ?? '';
      const theirs = (samples[task] ?? []).map(({ filtered_resps }) =>
        (filtered_resps as [string, string][]).map(([logprob]) => Number(logprob)),
      );
      expect(own.items.map(({ logprobs }) => logprobs)).toEqual(
        theirs.map(row => row.map(logprob => expect.closeTo(logprob, 3))),
      );
      expect(own.metrics[0]?.value).toBeCloseTo(results[task]?.['acc,none'] ?? Number.NaN, 10);
      correct.push(own.metrics[0]?.value ?? 0);
    }
    // Neither all right nor all wrong, which any two programs might agree on.
    expect(Math.max(...correct)).toBeGreaterThan(0);
    expect(Math.min(...correct)).toBeLessThan(1);
  });

  test('of Natural Questions: every answer, and exact match', async () => {
    const { folder, model, server } = await servedSmollm2();
    const tasks = await newFolder();
    const nq = await naturalQuestions({ shots: 3 });
    const items = nq.items.slice(0, 60);
    const rows = items.map(item => ({
      ...item,
      prompt: buildRequest(nq, item, 'raw').prompt,
    }));
    await writeFile(join(tasks, 'nq.yaml'), NQ_TASK);
    await writeFile(join(tasks, 'nq.jsonl'), jsonl(rows));
    const tokenizer = `tokenizer_backend=huggingface,tokenizer=${folder}`;
    const { results, samples } = await harness(server, tokenizer, ['lab_nq'], tasks);
    const own = await evaluate(model, nq, { limit: 60 });
    expect(own.items.map(({ text }) => text?.trim())).toEqual(
      samples.lab_nq?.map(({ filtered_resps: [answer] }) => answer),
    );
    expect(own.metrics[0]?.value).toBeCloseTo(
      results.lab_nq?.['exact_match,remove_whitespace'] ?? Number.NaN,
      10,
    );
    expect(own.metrics[0]?.value).toBeGreaterThan(0);
  });
});

/** GSM8K's examples and questions as the harness itself would ask them. */
const GSM8K_TASK = JSON.stringify({
  task: 'lab_gsm8k',
  dataset_path: 'json',
  dataset_kwargs: { data_files: { dev: 'shots.jsonl', test: 'gsm8k.jsonl' } },
  test_split: 'test',
  fewshot_split: 'dev',
  fewshot_config: { sampler: 'first_n' },
  num_fewshot: 6,
  output_type: 'generate_until',
  doc_to_text: 'Q: {{question}}\nA:',
  doc_to_target: '{{answer}}',
  generation_kwargs: { until: [], max_gen_toks: 6, do_sample: false, temperature: 0 },
  metric_list: [{ metric: 'exact_match', aggregation: 'mean', higher_is_better: true }],
});

const IN_A_TURN = ['--apply_chat_template', '--fewshot_as_multiturn', 'False'];
const AS_TURNS = ['--apply_chat_template', '--fewshot_as_multiturn', 'True'];

describe('lm-evaluation-harness asks the same in a chat', WITH_RECORDS, () => {
  /** Text and tokens of a request, as the model reads it. */
  const asRead = (model: LocalModel, { prompt, history }: GenerateRequest | LoglikelihoodRequest) => ({
    text: model.chatText(prompt, history),
    ids: model.encodeChat(prompt, history).ids,
  });

  test.each([
    ['chat-few-shot', IN_A_TURN],
    ['chat-multiturn', AS_TURNS],
  ] as const)('GSM8K in the format %s: every prompt, token and answer', async (promptFormat, flags) => {
    const { folder, model, server } = await servedSmollm2();
    const tasks = await newFolder();
    const { items, ...rest } = await gsm8k();
    const short = benchmark({
      ...rest,
      items: items.slice(0, 2),
      buildPrompt: (item, format) => ({ ...rest.buildPrompt(item, format), maxTokens: 6 }),
    });
    const { prompt } = rest.buildPrompt(items[0] ?? expect.fail('no item'), 'raw');
    const shots = (typeof prompt === 'string' ? [] : (prompt.examples ?? [])).map(({ question, answer }) => ({
      question: question.slice('Q: '.length, -'\nA:'.length),
      answer,
    }));
    await writeFile(join(tasks, 'gsm8k.yaml'), GSM8K_TASK);
    await writeFile(join(tasks, 'shots.jsonl'), jsonl(shots));
    await writeFile(
      join(tasks, 'gsm8k.jsonl'),
      jsonl(short.items.map(({ question, answer }) => ({ question, answer }))),
    );
    const tokenizer = `tokenizer_backend=huggingface,tokenizer=${folder},max_length=4096`;
    const { samples } = await harness(server, tokenizer, ['lab_gsm8k'], tasks, flags);
    const asked = short.items.map(item => asRead(model, buildRequest(short, item, promptFormat)));
    const theirs = samples.lab_gsm8k?.map(({ arguments: { gen_args_0: sent } }) => sent.arg_0) ?? [];
    expect(theirs).toEqual(asked.map(({ text }) => text));
    expect(theirs.map(text => model.vocabulary.tokenizer.encode(text, { allowSpecial: true }))).toEqual(
      asked.map(({ ids }) => ids),
    );
    const own = await evaluate(model, short, { promptFormat });
    expect(own.items.map(({ text }) => text)).toEqual(
      samples.lab_gsm8k?.map(({ filtered_resps: [answer] }) => answer),
    );
  });

  test('MMLU with its examples as turns: every prompt and log-likelihood', async () => {
    const { folder, model, server } = await servedSmollm2();
    const tasks = await newFolder();
    const subject = 'marketing';
    const { dev, val } = await loadMmlu();
    const of = (items: MultipleChoice[]) => items.filter(item => item.subject === subject);
    await writeFile(join(tasks, `${subject}.yaml`), mmluTask(subject));
    await writeFile(join(tasks, `${subject}.dev.jsonl`), jsonl(of(dev)));
    await writeFile(join(tasks, `${subject}.jsonl`), jsonl(of(val).slice(0, 4)));
    const tokenizer = `tokenizer_backend=huggingface,tokenizer=${folder}`;
    const task = `lab_mmlu_${subject}`;
    const { samples } = await harness(server, tokenizer, [task], tasks, AS_TURNS);
    const opened = await mmlu({ split: 'val', subjects: [subject], interleave: false });
    const own = await evaluate(model, opened, { limit: 4, promptFormat: 'chat-multiturn' });
    const asked = opened.items.slice(0, 4).map(item => buildRequest(opened, item, 'chat-multiturn'));
    expect(samples[task]?.map(({ arguments: { gen_args_0: sent } }) => sent)).toEqual(
      asked.map(request => ({ arg_0: asRead(model, request).text, arg_1: 'A' })),
    );
    expect(own.items.map(({ logprobs }) => logprobs)).toEqual(
      samples[task]?.map(({ filtered_resps }) =>
        (filtered_resps as [string, string][]).map(([logprob]) => expect.closeTo(Number(logprob), 3)),
      ),
    );
  });
});

test('lm-evaluation-harness on a tiny model that puts a token before texts scores what we do', async () => {
  const folder = await tinyModel();
  folders.push(folder);
  const config = join(folder, 'tokenizer_config.json');
  const stated = JSON.parse(await readFile(config, 'utf8'));
  await writeFile(config, JSON.stringify({ ...stated, ...NAMED }));
  const { model, server } = await served(folder);
  const tokenizer = `tokenizer_backend=huggingface,tokenizer=${folder},add_bos_token=True,max_length=24`;
  const found = await harness(server, tokenizer, ['lab_letters']);
  const items = await itemsOf('letters.jsonl');
  await expectScores(found, 'lab_letters', items, await scores(model, items, ''));
});
