import type { LanguageModel } from '../chat/index.ts';
import { ApiError, badField } from './api-error.ts';
import type { Answered, Engine, Job } from './job.ts';

/**
 * Creates the engine of any model of texts, such as recorded answers or another server: each prompt by itself, as a
 * whole, and without tokens or their likelihoods, which texts do not have.
 */
export function textEngine(model: LanguageModel, runs: number): Engine<Job> {
  const { name } = model;
  const refuse = (param: string, required: string) =>
    badField(param, `The model ${name} ${required}`, 'unsupported_parameter');

  return {
    name,
    batch: 1,
    runs,
    prepare(job) {
      if ('ids' in job.prompt) throw refuse('prompt', 'reads texts, and no token ids');
      if (job.logprobs !== undefined) throw refuse('logprobs', 'reports no log-probabilities');
      if (job.topK !== Infinity) throw refuse('top_k', 'cannot sample from the k most likely tokens');
      if (job.repetitionPenalty !== 1) throw refuse('repetition_penalty', 'cannot make tokens less likely');
      return job;
    },
    keyOf: () => '',
    async *run([job]) {
      if (job) yield { job: 0, answer: await answerOf(model, job) };
    },
  };
}

/**
 * Answers a job; a chat in which the model only reasoned by its reasoning.
 *
 * @throws {ApiError} saying why there is no answer.
 */
async function answerOf(model: LanguageModel, job: Job): Promise<Answered> {
  const { prompt, maxTokens, temperature, topP, seed, stop, echo, signal, onPiece } = job;
  const messages = 'messages' in prompt ? prompt.messages : undefined;
  const text = 'text' in prompt ? prompt.text : (messages?.at(-1)?.content ?? '');
  const question = { id: '', text, history: messages?.slice(0, -1) };
  const before = echo ? text : '';
  const whole = (answer: string, rest: Pick<Answered, 'finish' | 'usage'>, reasoning?: string): Answered => {
    const piece = { text: before + answer, ...(reasoning !== undefined && { reasoning }), tokens: [] };
    onPiece?.(piece);
    return { ...piece, ...rest };
  };
  if (maxTokens === 0) return whole('', { finish: 'length', usage: { prompt: undefined, completion: 0 } });
  const chat = messages !== undefined;
  const settings = { maxTokens, temperature, topP, seed, stop, chat, signal };
  try {
    const generations = model.generate([question], settings);
    for await (const { text: answer, reasoning, tokens, finish, error } of generations) {
      const usage = { prompt: undefined, completion: tokens };
      if (answer === null && chat && reasoning !== undefined && error?.kind === 'no-answer') {
        const isCut = tokens !== undefined && maxTokens !== undefined && tokens >= maxTokens;
        return whole('', { finish: isCut ? 'length' : 'stop', usage }, reasoning);
      }
      if (answer === null) throw new ApiError(422, error?.message ?? 'no answer', { code: 'no_answer' });
      return whole(answer, { finish: finish === 'length' ? 'length' : 'stop', usage }, reasoning);
    }
  } catch (error) {
    signal.throwIfAborted();
    throw error instanceof ApiError ? error : new ApiError(503, (error as Error).message);
  }
  throw new ApiError(500, `The model ${model.name} gave no answer`);
}
