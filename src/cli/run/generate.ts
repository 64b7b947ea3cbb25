import type { LanguageModel, Question } from '../../chat/index.ts';
import type { KeyedItem } from '../../files/index.ts';
import type { Lease } from '../../runs/index.ts';
import type { Prompt } from '../../schema.ts';
import type { GenerateConfig, generateCommand } from '../commands/generate.ts';
import type { OptionsOf } from '../declare/command.ts';
import { FAILED, INTERRUPTED } from '../exit.ts';
import { type FailureCount, FailureTally, failureLines } from './failure-tally.ts';
import { openModel } from './open-model.ts';
import { priceOf } from './price-of.ts';
import { printJson, progressPrinter } from './progress.ts';
import { earlierResults, openResultFile } from './result-file.ts';
import { writeUntilInterrupted } from './until-interrupted.ts';

type Output = OptionsOf<typeof generateCommand>;

/** Answers a file of prompts. */
export async function run(options: GenerateConfig, output: Output): Promise<void> {
  const { loadPrompts } = await import('../../data/index.ts');
  const { fileLease } = await import('../../runs/index.ts');
  const { out, samples } = options;
  const price = priceOf(options.price);
  const prompts = await loadPrompts(options.prompts, output.quiet ? {} : { print: console.error });
  const questions = samplesOf(prompts, samples);
  const outcome: Outcome = { out, before: 0, answered: 0, failed: 0, tokens: 0, left: questions.length };
  await writeUntilInterrupted(fileLease(out), 'generate', async lease => {
    const { model, close } = await openModel(options, {
      price,
      signal: lease.signal,
      onProgress: await progressPrinter(output),
    });
    try {
      await answer({ model, questions, outcome, lease }, options, output);
    } finally {
      await close();
    }
  });
  if (output.json) printJson(outcome);
  else console.error([outcomeText(outcome), ...failureLines(outcome.failures ?? [])].join('\n'));
  if (outcome.left > 0) process.exitCode = INTERRUPTED;
  else if (outcome.failed > 0) process.exitCode = FAILED;
}

interface Asking {
  model: LanguageModel;
  questions: readonly Question[];
  /** Counts, kept as the questions are answered. */
  outcome: Outcome;
  lease: Lease;
}

/** Asks a model for the answers that the file of results lacks. */
async function answer(
  { model, questions, outcome, lease: { signal, confirm } }: Asking,
  options: GenerateConfig,
  output: Output,
): Promise<void> {
  const { generationKey, generationSettings } = await import('../../chat/index.ts');
  const { itemName } = await import('../../files/index.ts');
  const { runManifest } = await import('./run-manifest.ts');
  const { maxTokens, temperature, topP, seed, stop, chat, samples, out } = options;
  const settings = generationSettings({ maxTokens, temperature, topP, seed, stop, chat });

  const { extra, modelName } = options;
  const { parameters, price } = model;
  const config = { ...settings, samples, model: options.model, modelName, extra, parameters, price };
  const manifest = await runManifest(out, { model, config, seed, inputs: [options.prompts] }, confirm);
  const items = questions.map((question): KeyedItem => {
    const { id, sample } = question;
    return { id, sample, key: generationKey({ model, run: manifest.run }, question, settings) };
  });
  const keys = new Map(items.map(item => [itemName(item), item.key]));
  const file = await openResultFile(out, {
    items,
    field: 'text',
    isResult: text => typeof text === 'string',
    confirm,
  });
  const asked = questions.filter(question => !file.found.has(itemName(question)));
  outcome.before = questions.length - asked.length;
  outcome.left = asked.length;
  if (file.moved > 0) outcome.moved = file.moved;
  await manifest.save();
  if (asked.length === 0) return;
  const onProgress = await progressPrinter(output);
  const failures = new FailureTally();
  try {
    for await (const generation of model.generate(asked, { ...settings, signal, onProgress })) {
      const { promptId: id, sample, text, reasoning, tokens, finish, error, latency, batch } = generation;
      const key = keys.get(itemName({ id, sample })) ?? '';
      const item = { id, ...(sample !== undefined && { sample }) };
      await file.add({ ...item, text, reasoning, tokens, finish, error, latency, batch, key });
      outcome[text === null ? 'failed' : 'answered']++;
      if (error) failures.add(id, error);
      outcome.tokens += tokens ?? 0;
      outcome.left--;
    }
  } finally {
    if (outcome.failed > 0) outcome.failures = failures.list();
    await manifest.save();
  }
}

/** Lists the questions of prompts, each as often as it is to be sampled. */
function samplesOf(prompts: readonly Prompt[], samples: number): Question[] {
  return prompts.flatMap(({ id, text }) =>
    samples === 1 ? [{ id, text }] : Array.from({ length: samples }, (_, sample) => ({ id, text, sample })),
  );
}

interface Outcome {
  out: string;
  /** Answers that an earlier run gave. */
  before: number;
  answered: number;
  failed: number;
  /** Tokens generated in this run. */
  tokens: number;
  /** Calls that gave no answer, by kind. */
  failures?: FailureCount[];
  /** Answers that were not asked for, since the run was stopped. */
  left: number;
  /** Answers to other prompts, by other models or with other settings, that were moved out of the file. */
  moved?: number;
}

function outcomeText({ out, before, answered, failed, tokens, left, moved = 0 }: Outcome): string {
  const parts = [`${answered} answered (${tokens} tokens)`];
  if (before > 0) parts.push(`${before} were answered before`);
  if (moved > 0) parts.push(`${moved} of other prompts or settings moved to ${earlierResults(out)}`);
  if (failed > 0) parts.push(`${failed} failed; re-run the command to retry them`);
  if (left > 0) parts.push(`stopped with ${left} left; re-run the command to resume`);
  return `${out}: ${parts.join('; ')}`;
}
