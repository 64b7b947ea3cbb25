import {
  cutAtStop,
  type GenerateOptions,
  generationSettings,
  type Question,
  sampleSeed,
} from '../chat/index.ts';
import { endsInReasoning, readAnswer } from '../conversation/index.ts';
import { runningSignal } from '../notebook/index.ts';
import { messageOf, secondsSince } from '../runs/index.ts';
import type { Failure, Generation } from '../schema.ts';
import { generateTokens } from './generate-tokens.ts';
import type { Inference } from './inference.ts';
import type { PromptEncoder } from './prompt-encoder.ts';
import type { Vocabulary } from './read-vocabulary.ts';

/** Model in memory, and the parts by which it reads and writes text. */
export interface TextModel {
  name: string;
  model: Inference;
  vocabulary: Vocabulary;
  encoder: PromptEncoder;
}

/** A prompt as tokens. */
interface EncodedPrompt extends Pick<Question, 'id' | 'sample'> {
  ids: number[];
  /** True if it ends inside reasoning, where some chat templates begin an answer. */
  opened: boolean;
}

/**
 * Answers prompts, so many side by side. A prompt that cannot be encoded has a failure in place of an answer.
 *
 * @param options.concurrency most prompts side by side.
 */
export async function* answerPrompts(
  answering: TextModel,
  prompts: readonly Question[],
  { concurrency, ...options }: GenerateOptions & { concurrency: number },
): AsyncGenerator<Generation, void, undefined> {
  const { name, encoder } = answering;
  const { chat } = generationSettings(options);
  const { onProgress } = options;
  let done = 0;
  const report = () =>
    onProgress?.({ task: `generate with ${name}`, done, total: prompts.length, unit: 'prompts' });
  report();
  for (let first = 0; first < prompts.length; first += concurrency) {
    const batch: EncodedPrompt[] = [];
    for (const { id, sample, text, history } of prompts.slice(first, first + concurrency)) {
      try {
        const prompt = chat ? encoder.encodeChat(text, history) : { text, ids: encoder.encode(text) };
        encoder.requireRoom(prompt.ids);
        batch.push({ id, sample, ids: prompt.ids, opened: endsInReasoning(prompt.text) });
      } catch (error) {
        done++;
        report();
        const refused: Failure = { kind: 'rejected', message: messageOf(error) };
        const failure = { text: null, finish: 'error', error: refused } as const;
        yield { ...ownerOf({ id, sample }), model: name, ...failure, evidence: 'live' };
      }
    }
    for await (const answer of answerBatch(answering, batch, options)) {
      done++;
      report();
      yield answer;
    }
  }
}

async function* answerBatch(
  { name, model, vocabulary }: TextModel,
  batch: readonly EncodedPrompt[],
  options: GenerateOptions,
): AsyncGenerator<Generation, void, undefined> {
  const { chat: _, stop, seed, ...settings } = generationSettings(options);
  const { signal = runningSignal() } = options;
  const textOf = (ids: readonly number[]) => vocabulary.tokenizer.decode(ids, { skipSpecial: true });
  const stopAfter = (answer: readonly number[]) => cutAtStop(textOf(answer), stop) !== undefined;
  let start = performance.now();
  const answers = generateTokens(
    model,
    batch.map(({ ids }) => ids),
    {
      ...settings,
      seed: batch.map(prompt => sampleSeed(seed, prompt)),
      stopTokens: vocabulary.ends,
      signal,
      ...(stop.length > 0 ? { stopAfter } : {}),
    },
  );
  for await (const { prompt, ids, finish } of answers) {
    const asked = batch[prompt];
    const whole = textOf(ids);
    const answer = readAnswer(cutAtStop(whole, stop) ?? whole, { finish, opened: asked?.opened ?? false });
    const latency = secondsSince(start);
    const yielded = performance.now();
    yield {
      ...ownerOf(asked ?? { id: '' }),
      model: name,
      ...answer,
      tokens: ids.length,
      evidence: 'live',
      latency,
      batch: batch.length,
    };
    // The time that the reader takes for an answer is not the model's.
    start += performance.now() - yielded;
  }
}

/** Returns the fields of a generation that say which prompt and sample it answers. */
function ownerOf({ id, sample }: Pick<Question, 'id' | 'sample'>): Pick<Generation, 'promptId' | 'sample'> {
  return { promptId: id, ...(sample !== undefined && { sample }) };
}
