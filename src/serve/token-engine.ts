import {
  type GeneratedTokens,
  generateTokens,
  type LocalModel,
  type TokenLikelihood,
  tokenLikelihoods,
} from '../generate/index.ts';
import { AnswerWriter } from './answer-writer.ts';
import { badField } from './api-error.ts';
import type { Answered, AnswerToken, Engine, Job, Piece } from './job.ts';
import { codePoints, TokenText, tokenTexts } from './token-text.ts';

/** A job and the tokens of its prompt. */
interface TokenJob {
  job: Job;
  ids: readonly number[];
  /** Most tokens of the answer that there is room for. */
  maxTokens: number;
}

/** What stands before an answer: the prompt where it is echoed, and the next token where reading told it. */
interface Beginning extends Piece {
  next?: TokenLikelihood | undefined;
}

/** Answers by a model in memory: prompts side by side, and how likely every token is. */
export function tokenEngine(local: LocalModel, batch: number): Engine<TokenJob> {
  const { model, vocabulary, name } = local;
  const { tokenizer, begin, ends } = vocabulary;
  const textOf = tokenTexts(tokenizer);

  function promptIds({ prompt }: Job): readonly number[] {
    if ('ids' in prompt) return prompt.ids;
    if ('text' in prompt) return local.encode(prompt.text);
    const { content = '' } = prompt.messages.at(-1) ?? {};
    try {
      return local.encode(local.chatText(content, prompt.messages.slice(0, -1)));
    } catch (error) {
      throw badField('messages', (error as Error).message);
    }
  }

  function prepare(job: Job): TokenJob {
    const { maxPositions, vocabSize: known } = model.config;
    const param = 'messages' in job.prompt ? 'messages' : 'prompt';
    const ids = promptIds(job);
    const unknown = ids.find(id => id >= known);
    if (unknown !== undefined)
      throw badField(param, `Token ids below ${known} are required, found ${unknown}`);
    if (ids.length === 0) throw badField(param, 'A prompt of at least one token is required, found none');
    // Nothing is read behind a prompt whose next token is told by reading it, or not asked for.
    const most = workOf(job) === 'generate' ? maxPositions - 1 : maxPositions;
    if (ids.length > most)
      throw badField(
        param,
        `This model's maximum context length is ${maxPositions} tokens: a prompt of at most ${most} is required, found ${ids.length}`,
        'context_length_exceeded',
      );
    return { job, ids, maxTokens: job.maxTokens ?? maxPositions };
  }

  function describe({ id, logprob, top }: TokenLikelihood): (offset: number) => AnswerToken {
    const texts = top.map(likely => ({ text: textOf(likely.id), logprob: likely.logprob }));
    return offset => ({ text: textOf(id), offset, logprob, top: texts });
  }

  /** A prompt as it is echoed. */
  function echoed({ job, ids }: TokenJob, likelihoods: readonly TokenLikelihood[]): Piece {
    const detokenized = new TokenText(tokenizer);
    const tokens: AnswerToken[] = [];
    let text = '';
    let offset = 0;
    for (const [at, id] of ids.entries()) {
      const likelihood = likelihoods[at - 1];
      const first = { text: textOf(id), offset, logprob: null, top: [] };
      tokens.push(likelihood ? describe(likelihood)(offset) : first);
      // The token that the model itself puts before a text is no part of it.
      const added = at === 0 && id === begin ? '' : detokenized.add(id);
      text += added;
      offset += codePoints(added);
    }
    text += detokenized.rest();
    return {
      text: 'text' in job.prompt ? job.prompt.text : text,
      tokens: job.logprobs === undefined ? [] : tokens,
    };
  }

  /** What stands before the answers of jobs of one key. */
  async function beginnings(jobs: readonly TokenJob[], signal: AbortSignal): Promise<Beginning[]> {
    const [{ job }] = jobs as [TokenJob];
    if (!job.echo) return jobs.map(() => ({ text: '', tokens: [] }));
    if (job.logprobs === undefined) return jobs.map(each => echoed(each, []));
    const next = workOf(job) === 'read';
    const sequences = jobs.map(({ ids }) => ({ ids, from: 1 }));
    const top = Math.max(job.logprobs, 1);
    const found = await tokenLikelihoods(model, sequences, { batch, top, next, signal });
    return jobs.map((each, index) => {
      const { tokens = [], next = [] } = found[index] ?? {};
      const [likeliest] = next;
      const shown = (top: TokenLikelihood['top']) => top.slice(0, job.logprobs);
      const told = tokens.map(token => ({ ...token, top: shown(token.top) }));
      return {
        ...echoed(each, told),
        ...(likeliest ? { next: { ...likeliest, top: shown(next) } } : {}),
      };
    });
  }

  async function* run(jobs: readonly TokenJob[]): AsyncGenerator<{ job: number; answer: Answered }> {
    const [{ job: any }] = jobs as [TokenJob];
    const signal = allAborted(jobs.map(({ job }) => job.signal));
    const before = await beginnings(jobs, signal);
    const writers = jobs.map(({ job, maxTokens }, index) => {
      const { text = '', tokens = [] } = before[index] ?? {};
      if (text || tokens.length > 0) job.onPiece?.({ text, tokens });
      const { stop, onPiece } = job;
      return new AnswerWriter(tokenizer, { maxTokens, stop, offset: codePoints(text), onPiece });
    });
    const answered = (index: number) => {
      const { text, tokens, finish, count } = (writers[index] as AnswerWriter).written();
      const { text: head = '', tokens: first = [] } = before[index] ?? {};
      const usage = { prompt: jobs[index]?.ids.length, completion: count };
      return { job: index, answer: { text: head + text, tokens: [...first, ...tokens], finish, usage } };
    };
    if (workOf(any) !== 'generate') {
      for (const [index, writer] of writers.entries()) {
        const next = before[index]?.next;
        if (next && ends.includes(next.id)) writer.end('stop', ending(next));
        else if (next) writer.add(next.id, describe(next));
        else writer.end('length');
        yield answered(index);
      }
      return;
    }
    for await (const { prompt, finish, likelihoods, ids } of generated(jobs, writers, signal)) {
      const last = likelihoods?.[ids.length];
      writers[prompt]?.end(finish, last && ending(last));
      yield answered(prompt);
    }
  }

  function generated(
    jobs: readonly TokenJob[],
    writers: readonly AnswerWriter[],
    signal: AbortSignal,
  ): AsyncIterable<GeneratedTokens> {
    const [{ job }] = jobs as [TokenJob];
    const { temperature, topP, topK, repetitionPenalty, logprobs: top } = job;
    const over = (index: number) => writers[index]?.ended || jobs[index]?.job.signal.aborted === true;
    return generateTokens(
      model,
      jobs.map(({ ids }) => ids),
      {
        ...{ temperature, topP, topK, repetitionPenalty, top, signal },
        maxTokens: Math.max(...jobs.map(({ maxTokens }) => maxTokens)),
        seed: jobs.map(({ job }) => job.seed),
        stopTokens: ends,
        stopAfter: (_, index) => over(index),
        onToken(id, index, likelihood) {
          if (!over(index)) writers[index]?.add(id, likelihood && describe(likelihood));
        },
      },
    );
  }

  /** The token that ends an answer, which is told where likelihoods are. */
  function ending(likelihood: TokenLikelihood): (offset: number) => AnswerToken {
    const at = describe(likelihood);
    return offset => ({ ...at(offset), ends: true });
  }

  return {
    name,
    batch,
    // One at a time: a second run would only take turns with the first.
    runs: 1,
    prepare,
    keyOf({ job }) {
      const { echo, logprobs = null, temperature, topP, topK, repetitionPenalty } = job;
      const reads = echo && logprobs !== null;
      return [workOf(job), reads, logprobs, temperature, topP, topK, repetitionPenalty].join('/');
    },
    run,
  };
}

/**
 * What there is to do after a prompt: nothing; or to tell the most likely token after it, which is found where its
 * own tokens' likelihoods are read; or to generate.
 */
function workOf({ maxTokens, temperature, repetitionPenalty, echo, logprobs }: Job) {
  if (maxTokens === 0) return 'nothing';
  const greedy = temperature === 0 && repetitionPenalty === 1;
  return maxTokens === 1 && greedy && echo && logprobs !== undefined ? 'read' : 'generate';
}

/** Aborted once all of these are. */
function allAborted(signals: readonly AbortSignal[]): AbortSignal {
  const all = new AbortController();
  const check = () => {
    if (signals.every(({ aborted }) => aborted)) all.abort(signals[0]?.reason);
  };
  for (const signal of signals) signal.addEventListener('abort', check, { once: true });
  check();
  return all.signal;
}
