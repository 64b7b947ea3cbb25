import { endsInReasoning, splitReasoning } from '../conversation/index.ts';
import {
  type GeneratedTokens,
  generateTokens,
  type LocalModel,
  type TokenLikelihood,
} from '../generate/index.ts';
import { contextLength } from '../model/index.ts';
import { AnswerWriter } from './answer-writer.ts';
import { badField } from './api-error.ts';
import type { Answered, Engine, Job, Piece } from './job.ts';
import { type Echo, PromptEchoes, type TokenJob, workOf } from './prompt-echo.ts';
import { ReasoningPieces } from './reasoning-pieces.ts';
import { TokenDescriber } from './token-describer.ts';
import { codePoints } from './token-text.ts';

/** Answer of one of the jobs of a run, by its index. */
interface JobAnswer {
  job: number;
  answer: Answered;
}

/** Engine of a model in memory: answers prompts side by side, with the likelihood of every token. */
export class TokenEngine implements Engine<TokenJob> {
  readonly name: string;
  readonly batch: number;
  /** One at a time: a second run would only take turns with the first. */
  readonly runs = 1;
  readonly #local: LocalModel;
  readonly #tokens: TokenDescriber;
  readonly #echoes: PromptEchoes;

  constructor(local: LocalModel, batch: number) {
    this.name = local.name;
    this.batch = batch;
    this.#local = local;
    this.#tokens = new TokenDescriber(local.vocabulary.tokenizer);
    this.#echoes = new PromptEchoes(local, this.#tokens, batch);
  }

  prepare(job: Job): TokenJob {
    const { config } = this.#local.model;
    const { vocabSize } = config;
    const context = contextLength(config);
    const param = 'messages' in job.prompt ? 'messages' : 'prompt';
    const { ids, ...chat } = this.#promptOf(job);
    const unknown = ids.find(id => id >= vocabSize);
    if (unknown !== undefined)
      throw badField(param, `Token ids below ${vocabSize} are required, found ${unknown}`);
    if (ids.length === 0) throw badField(param, 'A prompt of at least one token is required, found none');
    // Only generation reads a token after the prompt.
    const most = workOf(job) === 'generate' ? context - 1 : context;
    if (ids.length > most)
      throw badField(
        param,
        `This model's maximum context length is ${context} tokens: a prompt of at most ${most} is required, found ${ids.length}`,
        'context_length_exceeded',
      );
    return { job, ids, maxTokens: job.maxTokens ?? context, ...chat };
  }

  keyOf({ job }: TokenJob): string {
    const { echo, logprobs = null, temperature, topP, topK, repetitionPenalty } = job;
    const reads = echo && logprobs !== null;
    return [workOf(job), reads, logprobs, temperature, topP, topK, repetitionPenalty].join('/');
  }

  async *run(jobs: readonly TokenJob[]): AsyncGenerator<JobAnswer, void, undefined> {
    const [first] = jobs;
    if (!first) return;
    const signal = allAborted(jobs.map(({ job }) => job.signal));
    const echoes = await this.#echoes.read(jobs, first, signal);
    const writers = jobs.map((each, index) => this.#writerOf(each, echoes[index]));
    const answerOf = (index: number): JobAnswer =>
      answered(index, jobs[index], echoes[index], writers[index]);
    if (workOf(first.job) !== 'generate') {
      for (const [index, writer] of writers.entries()) {
        this.#endAfterReading(writer, echoes[index]?.next);
        yield answerOf(index);
      }
      return;
    }
    for await (const { prompt, finish, likelihoods, ids } of this.#generate(jobs, first, writers, signal)) {
      const end = likelihoods?.[ids.length];
      writers[prompt]?.end(finish, end && this.#tokens.describeEnd(end));
      yield answerOf(prompt);
    }
  }

  /** Returns the tokens of a prompt, and what splits the answer to a chat. */
  #promptOf({ prompt, onPiece }: Job): Pick<TokenJob, 'ids' | 'chat'> {
    if ('ids' in prompt) return { ids: prompt.ids };
    if ('text' in prompt) return { ids: this.#local.encode(prompt.text) };
    const { content = '' } = prompt.messages.at(-1) ?? {};
    try {
      const { text, ids } = this.#local.encodeChat(content, prompt.messages.slice(0, -1));
      const opened = endsInReasoning(text);
      const pieces = onPiece && new ReasoningPieces(opened, onPiece);
      return { ids, chat: { opened, pieces } };
    } catch (error) {
      throw badField('messages', (error as Error).message);
    }
  }

  /** Returns the writer of a job's answer, after sending its echo. */
  #writerOf(
    { job, maxTokens, chat }: TokenJob,
    { text = '', tokens = [] }: Partial<Echo> = {},
  ): AnswerWriter {
    const { stop } = job;
    const pieces = chat?.pieces;
    const onPiece = pieces ? (piece: Piece) => pieces.add(piece) : job.onPiece;
    if (text || tokens.length > 0) onPiece?.({ text, tokens });
    const { tokenizer } = this.#local.vocabulary;
    return new AnswerWriter(tokenizer, { maxTokens, stop, offset: codePoints(text), onPiece });
  }

  /** Ends an answer that needs no generation: with the most likely token after the prompt, or with none. */
  #endAfterReading(writer: AnswerWriter, next: TokenLikelihood | undefined): void {
    if (!next) writer.end('length');
    else if (this.#local.vocabulary.ends.includes(next.id))
      writer.end('stop', this.#tokens.describeEnd(next));
    else writer.add(next.id, this.#tokens.describe(next));
  }

  #generate(
    jobs: readonly TokenJob[],
    { job: { temperature, topP, topK, repetitionPenalty, logprobs } }: TokenJob,
    writers: readonly AnswerWriter[],
    signal: AbortSignal,
  ): AsyncIterable<GeneratedTokens> {
    const over = (index: number) => writers[index]?.ended || jobs[index]?.job.signal.aborted === true;
    return generateTokens(
      this.#local.model,
      jobs.map(({ ids }) => ids),
      {
        temperature,
        topP,
        topK,
        repetitionPenalty,
        top: logprobs,
        signal,
        maxTokens: Math.max(...jobs.map(({ maxTokens }) => maxTokens)),
        seed: jobs.map(({ job }) => job.seed),
        stopTokens: this.#local.vocabulary.ends,
        stopAfter: (_, index) => over(index),
        onToken: (id, index, likelihood) => {
          if (!over(index)) writers[index]?.add(id, likelihood && this.#tokens.describe(likelihood));
        },
      },
    );
  }
}

/** Joins a job's echo and its answer. */
function answered(
  job: number,
  prepared: TokenJob | undefined,
  echo: Echo | undefined,
  writer: AnswerWriter | undefined,
): JobAnswer {
  if (!prepared || !echo || !writer)
    throw new RangeError(`Cannot answer job ${job}: the run has no such job`);
  const { text, tokens, finish, count } = writer.written();
  const usage = { prompt: prepared.ids.length, completion: count };
  const { chat } = prepared;
  chat?.pieces?.end();
  const { content, ...reasoning } = chat ? splitReasoning(text, chat) : { content: text };
  const answer = {
    text: echo.text + content,
    ...reasoning,
    tokens: [...echo.tokens, ...tokens],
    finish,
    usage,
  };
  return { job, answer };
}

/** Returns a signal that is aborted once all of these are. */
function allAborted(signals: readonly AbortSignal[]): AbortSignal {
  const all = new AbortController();
  const check = () => {
    if (signals.every(({ aborted }) => aborted)) all.abort(signals[0]?.reason);
  };
  for (const signal of signals) signal.addEventListener('abort', check, { once: true });
  check();
  return all.signal;
}
