import { type LocalModel, type TokenLikelihood, tokenLikelihoods } from '../generate/index.ts';
import type { Job, Piece } from './job.ts';
import type { ReasoningPieces } from './reasoning-pieces.ts';
import type { TokenDescriber } from './token-describer.ts';

/** A job and the tokens of its prompt. */
export interface TokenJob {
  job: Job;
  ids: readonly number[];
  /** Most tokens of the answer that there is room for. */
  maxTokens: number;
  /** Splits the answer to a chat into reasoning and content. */
  chat?: { opened: boolean; pieces: ReasoningPieces | undefined };
}

/** Echo of a prompt, empty unless asked for, and the most likely token after it where reading found it. */
export interface Echo extends Piece {
  next?: TokenLikelihood | undefined;
}

/** Reader of prompts, for what a request wants of the prompt itself. */
export class PromptEchoes {
  readonly #local: LocalModel;
  readonly #tokens: TokenDescriber;
  /** Most prompts read side by side. */
  readonly #batch: number;

  constructor(local: LocalModel, tokens: TokenDescriber, batch: number) {
    this.#local = local;
    this.#tokens = tokens;
    this.#batch = batch;
  }

  /** Returns the echoes of jobs of one key, of which `first` is one. */
  async read(jobs: readonly TokenJob[], { job }: TokenJob, signal: AbortSignal): Promise<Echo[]> {
    const { echo, logprobs } = job;
    if (!echo) return jobs.map(() => ({ text: '', tokens: [] }));
    if (logprobs === undefined) return jobs.map(each => this.#echoOf(each, []));
    const batch = this.#batch;
    const next = workOf(job) === 'read';
    const sequences = jobs.map(({ ids }) => ({ ids, from: 1 }));
    const top = Math.max(logprobs, 1);
    const found = await tokenLikelihoods(this.#local.model, sequences, { batch, top, next, signal });
    return jobs.map((each, index) => {
      const { tokens = [], next = [] } = found[index] ?? {};
      const [likeliest] = next;
      const shown = (top: TokenLikelihood['top']) => top.slice(0, logprobs);
      const likelihoods = tokens.map(token => ({ ...token, top: shown(token.top) }));
      return {
        ...this.#echoOf(each, likelihoods),
        next: likeliest && { ...likeliest, top: shown(next) },
      };
    });
  }

  #echoOf({ job, ids }: TokenJob, likelihoods: readonly TokenLikelihood[]): Piece {
    const { text, tokens } = this.#tokens.describePrompt(ids, likelihoods, this.#local.vocabulary.begin);
    return {
      text: 'text' in job.prompt ? job.prompt.text : text,
      tokens: job.logprobs === undefined ? [] : tokens,
    };
  }
}

/**
 * Returns the work that a job needs after its prompt: nothing; to read the most likely token after it, which is found
 * with the likelihoods of its own tokens; or to generate.
 */
export function workOf({ maxTokens, temperature, repetitionPenalty, echo, logprobs }: Job) {
  if (maxTokens === 0) return 'nothing';
  const greedy = temperature === 0 && repetitionPenalty === 1;
  return maxTokens === 1 && greedy && echo && logprobs !== undefined ? 'read' : 'generate';
}
