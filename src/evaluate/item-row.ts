import type { Scoring } from '../chat/index.ts';
import type { ChatMessage, FailureKind } from '../schema.ts';
import type { Scores } from './benchmark.ts';
import type { PromptForm } from './prompt-form.ts';

/** Row of one item: its request, the output and the score. */
export interface ItemRow {
  id: string;
  /** Prompt of the benchmark, before role tokens are added; in a chat the user's last turn. */
  prompt: string;
  /** Messages before it, in a chat that has some. */
  history?: readonly ChatMessage[];
  /** Form of the prompt; see {@link PromptForm}. */
  promptFormat: PromptForm['promptFormat'];
  promptDigest?: string;
  /** Continuations that were to be scored, if any. */
  continuations?: readonly string[];
  /** Text that the model wrote; null where the call failed. */
  text?: string | null;
  /** Reasoning before the text, where the model gave it; it is never scored. */
  reasoning?: string;
  /** Log-likelihood of each continuation, in nats; null where one could not be scored. */
  logprobs?: readonly number[] | null;
  /** Method of their scoring: as a `sequence`, or by the list of the most likely next tokens. */
  scoring?: Scoring;
  /** Log-likelihood that counted for a continuation that such a list lacks. */
  missingLogprob?: number;
  /** Tokens that the model wrote, or those of all continuations together. */
  tokens?: number;
  finish?: string;
  /** None where the call failed, or its output could not be scored. */
  scores: Scores;
  /** Reason why there is no score. */
  reason?: string;
  /** Kind of the failure, where the model gave nothing to score. */
  failure?: FailureKind;
  /**
   * Seconds from asking to the output, as it was when the model was asked: of the try that was answered; of
   * continuations the slowest one's. Null where no model was asked or none answered.
   */
  latency: number | null;
  /** Prompts or continuations that the model took as one batch, where it did: the latency is the batch's. */
  batch?: number;
  /** ISO 8601 time at which the output was there. */
  at: string;
}
