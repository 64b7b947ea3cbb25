import type { AnswerSampler, SampledPrompt, Vocabulary } from '../../generate/index.ts';
import type { TrainingRow, TrainingSample } from '../../schema.ts';
import type { TrainConfig } from '../commands/train.ts';
import { UsageError } from '../exit.ts';
import { readDialoguePrompts } from './train-data.ts';

/** Prompts that are answered during training by default. */
const COUNT = 4;

/**
 * Opens the sampler of a run, where an option of sampling is stated.
 *
 * @param chat whether the prompts of a file are turns of the chat template, or texts to continue.
 * @throws {UsageError} if there are no prompts.
 */
export async function openSampler(
  config: TrainConfig,
  vocabulary: Vocabulary,
  chat: boolean,
): Promise<AnswerSampler | undefined> {
  const { samplePrompts, sampleEvery, sampleCount, sampleMaxTokens, sampleTemperature, seed } = config;
  const stated = [samplePrompts, sampleEvery, sampleCount, sampleMaxTokens, sampleTemperature];
  if (stated.every(value => value === undefined)) return undefined;
  const { answerSampler } = await import('../../generate/index.ts');
  const prompts = (await readPrompts(config)).slice(0, sampleCount ?? COUNT);
  return answerSampler(prompts, vocabulary, {
    maxTokens: sampleMaxTokens,
    temperature: sampleTemperature,
    seed,
    chat: samplePrompts === undefined || chat,
  });
}

async function readPrompts({ samplePrompts, evalData = [] }: TrainConfig): Promise<SampledPrompt[]> {
  const { loadPrompts, loadTexts } = await import('../../data/index.ts');
  if (samplePrompts !== undefined) return loadPrompts(samplePrompts);
  const prompts = (await loadTexts(evalData)).flatMap(({ text, name }) => readDialoguePrompts(text, name));
  if (prompts.length > 0) return prompts;
  const found = evalData.length === 0 ? 'none' : evalData.join(', ');
  throw new UsageError(`--sample-prompts, or dialogues in --eval-data, is required to sample, got ${found}`);
}

/** Writes the samples of a step for readers, below its losses. */
export function samplesText(
  { step, loss, evalLoss }: TrainingRow,
  samples: readonly TrainingSample[],
): string {
  const evaluated = evalLoss === undefined ? '' : `, eval loss ${evalLoss.toFixed(3)}`;
  const lines = samples.flatMap(({ promptId, prompt, text, error, reference }) => [
    `  ${promptId}: ${indented(prompt)}`,
    `    answer: ${indented(text ?? `(${error?.message})`)}`,
    ...(reference === undefined ? [] : [`    reference: ${indented(reference)}`]),
  ]);
  // A terminal's line of progress is still open.
  const before = process.stderr.isTTY ? [''] : [];
  return [...before, `step ${step}: train loss ${loss.toFixed(3)}${evaluated}`, ...lines].join('\n');
}

function indented(text: string): string {
  return text.replaceAll('\n', '\n      ');
}
