import { generationSettings } from '../chat/index.ts';
import { contextLength, type Model } from '../model/index.ts';
import type { ChatMessage, Generation, TrainingSample } from '../schema.ts';
import type { Sampler } from '../train/index.ts';
import { answerPrompts } from './answer-prompts.ts';
import { type Inference, inference } from './inference.ts';
import { PromptEncoder } from './prompt-encoder.ts';
import type { Vocabulary } from './read-vocabulary.ts';

/** Prompt that is answered during training. */
export interface SampledPrompt {
  id: string;
  text: string;
  /** Earlier messages, the oldest first, for prompts as chats. */
  history?: readonly ChatMessage[];
  /** Answer to compare with, such as the teacher's; it is written beside the model's. */
  reference?: string;
}

/** Options of {@link answerSampler}. */
export interface AnswerSamplerOptions {
  /** Most tokens of an answer; default 128. */
  maxTokens?: number | undefined;
  /** Default 0: the most likely token in each place. */
  temperature?: number | undefined;
  /** Default 1: all of the distribution. */
  topP?: number | undefined;
  /** Seed of the sampling, the same at each step; default 0. */
  seed?: number | undefined;
  /** True if prompts are turns of the model's chat template, not texts to continue; default where it has a template. */
  chat?: boolean | undefined;
  /** Prompts answered side by side; default 8. */
  concurrency?: number | undefined;
}

/** Sampler of a training run, which keeps the steps that it compiles from one call to the next. */
export interface AnswerSampler extends Sampler {
  /** Frees the compiled steps. */
  dispose(): void;
}

/** Name of the model in errors. */
const NAME = 'the model in training';

/**
 * Makes the `sample` of `finetune`: it answers prompts by the model as it is after a step, as `generate` would answer
 * them by the model that is saved then. A prompt that cannot be answered has `text: null` and the reason.
 *
 * @param vocabulary of the model in training: `loadVocabulary(path)`, or `answerVocabulary` of `openTrainableModel`.
 * @throws {RangeError} if an option is out of range.
 * @example
 * // Given model, blocks, prompts.
 * const sample = answerSampler(prompts, await loadVocabulary('checkpoints/gpt2'), { maxTokens: 8 })
 * await finetune(model, blocks, { learningRate: 1e-4, steps: 2, sample, sampleEvery: 1, folder: 'runs/sampled' })
 * sample.dispose()
 */
export function answerSampler(
  prompts: readonly SampledPrompt[],
  vocabulary: Vocabulary,
  options: AnswerSamplerOptions = {},
): AnswerSampler {
  const { maxTokens = 128, temperature, topP, seed, concurrency = 8 } = options;
  const { chat = vocabulary.template !== undefined } = options;
  const settings = generationSettings({ maxTokens, temperature, topP, seed, chat });
  let used: { model: Model; run: Inference } | undefined;
  const runOf = (model: Model): Inference => {
    if (used?.model !== model) {
      used?.run.dispose();
      used = { model, run: inference(model) };
    }
    return used.run;
  };
  // Ids are places in the list: those of prompts need not differ.
  const questions = prompts.map(({ text, history = [] }, at) => ({ id: String(at), text, history }));
  const sample: Sampler = async (model, { signal }) => {
    const encoder = new PromptEncoder(NAME, vocabulary, contextLength(model.config));
    const answering = { name: NAME, model: runOf(model), vocabulary, encoder };
    const answers = new Map<string, Generation>();
    for await (const answer of answerPrompts(answering, questions, { ...settings, signal, concurrency }))
      answers.set(answer.promptId, answer);
    return prompts.flatMap((prompt, at) => {
      const answer = answers.get(String(at));
      return answer ? [sampleOf(prompt, answer)] : [];
    });
  };
  return Object.assign(sample, { dispose: () => used?.run.dispose() });
}

function sampleOf(
  { id, text: prompt, reference }: SampledPrompt,
  { text, reasoning, tokens, finish, error }: Generation,
): Omit<TrainingSample, 'step'> {
  return {
    promptId: id,
    prompt,
    text,
    ...(reasoning !== undefined && { reasoning }),
    ...(tokens !== undefined && { tokens }),
    finish,
    ...(error && { error }),
    ...(reference !== undefined && { reference }),
  };
}
