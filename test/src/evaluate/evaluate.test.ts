import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { type LanguageModel, openAiModel } from '../../../src/chat/index.ts';
import { benchmark, evaluate, Unscored } from '../../../src/evaluate/index.ts';
import { hashOf } from '../../../src/files/index.ts';
import { openAiServer, send } from '../../fixtures/openai-server.ts';

const folder = () => mkdtemp(join(tmpdir(), 'evaluate-'));

const CAPITALS: Record<string, string> = { France: 'Paris', Peru: 'Lima', Chad: "N'Djamena", Fiji: 'Suva' };

const capitals = benchmark({
  name: 'capitals',
  items: Object.entries(CAPITALS).map(([country, capital]) => ({ id: country, country, capital })),
  buildPrompt: ({ country }) => ({ prompt: `The capital of ${country} is`, maxTokens: 5, stop: ['\n'] }),
  score: ({ capital }, { text }) => ({ accuracy: text.includes(capital) ? 1 : 0, length: text.length }),
});

/** A server whose model knows three of the four capitals. */
const knowing = () =>
  openAiServer({
    reply: ({ prompt }) => (/Fiji/.test(prompt) ? 'Nadi' : (CAPITALS[prompt.split(' ')[3] ?? ''] ?? '')),
  });

describe('a model that writes', () => {
  test('is asked what the benchmark says, and every metric has its mean, interval and n', async () => {
    await using server = await knowing();
    const model = openAiModel({ model: 'geographer', base: server.base, cache: null });
    const { metrics, items } = await evaluate(model, capitals);
    expect(server.asked.map(({ prompt }) => prompt).sort()[0]).toBe('The capital of Chad is');
    expect(server.asked[0]?.body).toMatchObject({ max_tokens: 5, stop: ['\n'], temperature: 0 });
    expect(items.map(({ id, text, scores }) => [id, text, scores.accuracy])).toEqual([
      ['France', 'Paris', 1],
      ['Peru', 'Lima', 1],
      ['Chad', "N'Djamena", 1],
      ['Fiji', 'Nadi', 0],
    ]);
    const [accuracy, length] = metrics;
    // Wilson's interval of 3 in 4.
    expect(accuracy).toMatchObject({ metric: 'accuracy', value: 0.75, n: 4, unscored: 0 });
    expect(accuracy?.low).toBeCloseTo(0.3006, 4);
    expect(accuracy?.high).toBeCloseTo(0.9544, 4);
    // (5 + 4 + 9 + 4) / 4
    expect(length).toMatchObject({ metric: 'length', value: 5.5, n: 4 });
  });

  test('has no interval of a mean of one value, and shows four digits', async () => {
    await using server = await knowing();
    const model = openAiModel({ model: 'geographer', base: server.base, cache: null });
    const one = await evaluate(model, capitals, { limit: 1 });
    expect(one.metrics[1]).toEqual({ metric: 'length', value: 5, low: null, high: null, n: 1, unscored: 0 });
    expect(one.text().split('\n')[1]).toBe(
      'capitals length of geographer: 5.0000 [–, –], n = 1 (raw, 0 shots)',
    );
    const all = await evaluate(model, capitals);
    const bundle = (all as unknown as Record<symbol, () => Record<string, string>>)[
      Symbol.for('Jupyter.display')
    ]?.();
    expect(bundle?.['text/html']).toContain('<td>0.7500</td><td>0.3006</td><td>0.9544</td>');
  });

  test('whose answers cannot be scored now is not asked again: they are scored when they can be', async () => {
    await using server = await knowing();
    const model = openAiModel({ model: 'geographer', base: server.base, cache: null });
    const run = await folder();
    let away = true;
    const judged = benchmark({
      ...capitals,
      score: ({ capital }, { text }) => {
        if (away && capital !== 'Paris') throw new Unscored('the judge is away');
        return { accuracy: text === capital ? 1 : 0 };
      },
    });
    const first = await evaluate(model, judged, { folder: run });
    expect(first.metrics).toMatchObject([{ metric: 'accuracy', value: 1, n: 1, unscored: 3 }]);
    expect(first.items[1]).toMatchObject({
      id: 'Peru',
      text: 'Lima',
      scores: {},
      reason: 'the judge is away',
    });
    away = false;
    const second = await evaluate(model, judged, { folder: run });
    expect(second.metrics).toMatchObject([{ metric: 'accuracy', value: 0.75, n: 4, unscored: 0 }]);
    expect(server.asked).toHaveLength(4);
    const rows = (await readFile(join(run, 'items.jsonl'), 'utf8')).trim().split('\n');
    expect(rows.map(row => JSON.parse(row).id).sort()).toEqual(['Chad', 'Fiji', 'France', 'Peru']);
  });

  test('is asked inside its role tokens where the prompt format is chat', async () => {
    await using server = await knowing();
    const model = openAiModel({ model: 'geographer', base: server.base, cache: null });
    const result = await evaluate(model, capitals, { promptFormat: 'chat', limit: 2 });
    expect(result).toMatchObject({ promptFormat: 'chat', items: [{ id: 'France' }, { id: 'Peru' }] });
    expect(server.asked.map(({ path }) => path)).toEqual(['/v1/chat/completions', '/v1/chat/completions']);
  });

  test('a failed call is no score of 0: it is unscored, says why, and is asked again by the next run alone', async () => {
    await using server = await knowing();
    server.options.fail = prompt => (/Peru/.test(prompt) ? 'broken' : undefined);
    const out = await folder();
    const model = () =>
      openAiModel({ model: 'geographer', base: server.base, cache: null, tries: 2, backOff: 1 });
    const first = await evaluate(model(), capitals, { folder: out });
    expect(first.metrics[0]).toMatchObject({ metric: 'accuracy', value: 2 / 3, n: 3, unscored: 1 });
    expect(first.items[1]).toMatchObject({
      id: 'Peru',
      text: null,
      scores: {},
      reason: expect.stringContaining('500'),
    });
    server.options = {};
    Object.assign(server.options, { reply: () => 'Lima' });
    const before = server.asked.length;
    const second = await evaluate(model(), capitals, { folder: out });
    expect(server.asked.slice(before).map(({ prompt }) => prompt)).toEqual(['The capital of Peru is']);
    expect(second.metrics[0]).toMatchObject({ n: 4, unscored: 0 });
    expect(second.items.map(({ id }) => id)).toEqual(['France', 'Peru', 'Chad', 'Fiji']);
  });
});

describe('a folder', () => {
  test('keeps each item exactly as asked, and results in the form of lm-evaluation-harness', async () => {
    await using server = await knowing();
    const out = await folder();
    const model = openAiModel({ model: 'geographer', base: server.base, cache: null });
    await evaluate(model, capitals, { folder: out });
    const rows = (await readFile(join(out, 'items.jsonl'), 'utf8'))
      .trim()
      .split('\n')
      .map(line => JSON.parse(line));
    expect(rows).toHaveLength(4);
    expect(rows.find(({ id }) => id === 'Fiji')).toMatchObject({
      prompt: 'The capital of Fiji is',
      text: 'Nadi',
      tokens: 1,
      latency: expect.any(Number),
      finish: 'stop',
      scores: { accuracy: 0, length: 4 },
    });
    const results = JSON.parse(await readFile(join(out, 'results.json'), 'utf8'));
    expect(results.results.capitals).toMatchObject({ 'accuracy,none': 0.75, 'accuracy_unscored,none': 0 });
    expect(results['n-samples'].capitals).toEqual({ effective: 4 });
    expect(JSON.parse(await readFile(join(out, 'manifest.json'), 'utf8'))).toMatchObject({
      config: { benchmark: 'capitals', model: 'geographer', promptFormat: 'raw' },
    });
  });

  test('of a killed run is resumed: nothing is asked twice, not even for a line that was cut', async () => {
    await using server = await knowing();
    const out = await folder();
    const model = openAiModel({ model: 'geographer', base: server.base, cache: null });
    const whole = await evaluate(model, capitals, { folder: out });
    const path = join(out, 'outputs.jsonl');
    const lines = (await readFile(path, 'utf8')).trim().split('\n');
    await writeFile(path, `${lines.slice(0, 2).join('\n')}\n${lines[2]?.slice(0, 20)}`);
    const before = server.asked.length;
    const again = await evaluate(model, capitals, { folder: out });
    expect(server.asked.length - before).toBe(2);
    expect(again.metrics).toEqual(whole.metrics);
    // What was answered before keeps its time.
    for (const { id, at, latency } of lines.slice(0, 2).map(line => JSON.parse(line)))
      expect(again.items.find(item => item.id === id)).toMatchObject({ at, latency });
  });

  test('of a run of fewer items is resumed: the others are asked', async () => {
    await using server = await knowing();
    const out = await folder();
    const model = openAiModel({ model: 'geographer', base: server.base, cache: null });
    await evaluate(model, capitals, { folder: out, limit: 3 });
    expect(await evaluate(model, capitals, { folder: out })).toMatchObject({ metrics: [{ n: 4 }, { n: 4 }] });
    expect(server.asked).toHaveLength(4);
    const { config } = JSON.parse(await readFile(join(out, 'manifest.json'), 'utf8'));
    // Hashes of the ids with what was asked, and of the items.
    expect(config).toMatchObject({
      limit: null,
      asked: hashOf(capitals.items.map(item => [item.id, capitals.buildPrompt(item, 'raw')])),
      data: hashOf(capitals.items),
    });
  });

  test('names the model by its identity, the run, and the version of the scorer', async () => {
    await using server = await knowing();
    const out = await folder();
    const model = openAiModel({ model: 'geographer', base: server.base, cache: null });
    await evaluate(model, { ...capitals, scorer: 'capitals 2' }, { folder: out });
    const manifest = async () => JSON.parse(await readFile(join(out, 'manifest.json'), 'utf8'));
    const { run, ...first } = await manifest();
    expect(first).toMatchObject({
      model: { name: 'geographer', identity: `server ${server.base} model geographer` },
      config: { benchmark: 'capitals', promptFormat: 'raw', scorer: 'capitals 2' },
    });
    await evaluate(model, capitals, { folder: out });
    expect((await manifest()).run).toBe(run);
  });

  test('requires a model with an identity', async () => {
    const nameless: LanguageModel = { name: 'nameless', identity: '', async *generate() {} };
    await expect(evaluate(nameless, capitals, { folder: await folder() })).rejects.toThrow(
      'Cannot keep the outputs of nameless: a model with an identity is required, got none',
    );
  });
});

describe('a model that chooses', () => {
  const choices = benchmark({
    name: 'choices',
    items: [
      { id: 'a', answer: 0 },
      { id: 'b', answer: 1 },
    ],
    buildPrompt: ({ id }) => ({ prompt: `Question ${id}:`, continuations: [' no', ' perhaps'] }),
    score: ({ answer }, { logprobs }) => ({
      acc: logprobs.indexOf(Math.max(...logprobs)) === answer ? 1 : 0,
    }),
  });

  test('reports the log-likelihood of each continuation', async () => {
    await using server = await openAiServer();
    const model = openAiModel({ model: 'm', base: server.base, cache: null });
    // The server's log-probability of a token is minus its length.
    expect(await evaluate(model, choices)).toMatchObject({
      metrics: [{ metric: 'acc', value: 0.5, n: 2 }],
      items: [
        {
          id: 'a',
          continuations: [' no', ' perhaps'],
          logprobs: [-2, -7],
          scoring: 'sequence',
          tokens: 2,
          latency: expect.any(Number),
          scores: { acc: 1 },
        },
        { id: 'b', logprobs: [-2, -7], scores: { acc: 0 } },
      ],
    });
  });

  test('at a server without echo is judged by its most likely next tokens, and the log says so', async () => {
    const top = { a: { ' no': -1, ' yes': -2 }, b: { ' yes': -0.5, ' perhaps': -3 } };
    await using server = await openAiServer({
      handle: ({ prompt, body }, response) => {
        const logprobs = { top_logprobs: [prompt.includes('a:') ? top.a : top.b] };
        if (body.echo) send(response, 400, { error: { message: 'echo is not supported' } });
        else send(response, 200, { choices: [{ text: ' yes', logprobs }] });
        return true;
      },
    });
    const model = openAiModel({ model: 'm', base: server.base, cache: null });
    const out = await folder();
    const listed = {
      ...choices,
      buildPrompt: (item: (typeof choices.items)[0]) => ({
        prompt: `Question ${item.id}:`,
        continuations: [' no', ' perhaps'],
        missingLogprob: -100,
      }),
    };
    const result = await evaluate(model, listed, { folder: out });
    expect(result.text()).toBe(
      'choices acc of m: 1.0000 [0.3424, 1.0000], n = 2 (raw, 0 shots)\n' +
        "choices: 2 of 2 items by the server's most likely next tokens alone",
    );
    expect(JSON.parse(await readFile(join(out, 'results.json'), 'utf8')).config).toEqual({
      model: 'm',
      promptFormat: 'raw',
      promptDigest: expect.stringMatching(/^[0-9a-f]{16}$/),
      data: hashOf(choices.items),
      scoring: 'next-token',
    });
    const rows = (await readFile(join(out, 'items.jsonl'), 'utf8')).trim().split('\n');
    const row = { scoring: 'next-token', missingLogprob: -100, scores: { acc: 1 } };
    expect(rows.map(each => JSON.parse(each)).sort((a, b) => a.id.localeCompare(b.id))).toMatchObject([
      { id: 'a', logprobs: [-1, -100], ...row },
      { id: 'b', logprobs: [-100, -3], ...row },
    ]);
    // Without a value for what is not listed, the items are not scored.
    expect((await evaluate(model, choices)).metrics).toEqual([]);
  });

  test('is required to, and to show its role tokens where it is asked inside them', async () => {
    const silent: LanguageModel = { name: 'silent', identity: 'silent', async *generate() {} };
    await expect(evaluate(silent, choices)).rejects.toThrow(
      'Cannot evaluate silent: a model that reports log-likelihoods is required',
    );
    await using server = await openAiServer();
    const model = openAiModel({ model: 'm', base: server.base, cache: null });
    await expect(evaluate(model, choices, { promptFormat: 'chat' })).rejects.toThrow(
      'a model that shows its role tokens',
    );
  });
});

test('a metric in percent that is 0 throughout is no share of none', async () => {
  await using server = await knowing();
  const model = openAiModel({ model: 'geographer', base: server.base, cache: null });
  const zero = { ...capitals, score: () => ({ rouge: 0, accuracy: 0 }) };
  const { metrics } = await evaluate(model, benchmark({ ...zero, percents: ['rouge'] }));
  expect(metrics).toMatchObject([
    { metric: 'rouge', value: 0, low: 0, high: 0, n: 4 },
    // Wilson's interval of 0 in 4.
    { metric: 'accuracy', value: 0, low: 0, high: expect.closeTo(0.4899, 4), n: 4 },
  ]);
});

test('a benchmark has items, each id once', () => {
  const define = (...ids: string[]) =>
    benchmark({
      name: 'mine',
      items: ids.map(id => ({ id })),
      buildPrompt: () => ({ prompt: '' }),
      score: () => ({}),
    });
  expect(() => define()).toThrow('Cannot define the benchmark mine: an item is required, found none');
  expect(() => define('a', 'b', 'a')).toThrow('each id must occur once, found a twice');
});
