import type { Failure, Generation } from '../schema.ts';
import { isPart } from './content.ts';
import { type FinishReason, readFinishReason } from './finish-reason.ts';
import { readSaid, type Said } from './read-message.ts';
import { splitReasoning } from './split-reasoning.ts';

/** A model's answer, or the failure to give one. */
export type ReadAnswer = Pick<Generation, 'text' | 'reasoning' | 'finish' | 'error'>;

/** Options of {@link readAnswer}. */
export interface AnswerOptions {
  /** Reason for which it ended, as the server or the record names it; default `unknown`. */
  finish?: unknown;
  /** True if the prompt ended with a mark that opens reasoning; default false. */
  opened?: boolean;
  /** True if the model is known to have reasoned, though its reasoning is not shown; default false. */
  reasoned?: boolean;
}

/**
 * Reads a model's answer: a text, or the message of an assistant. One that was cut by length or that refuses is an
 * answer with text. None at all (null, reasoning alone, a call of a tool alone) and one that a filter kept back are
 * failures: `text` is null, and `error` has the kind and the reason.
 *
 * @param said a text, a message with its content, or null.
 * @throws {MessageError} if a part of the content is no text.
 * @example
 * readAnswer({ content: null, refusal: 'I cannot.' }, { finish: 'stop' }) // { text: 'I cannot.', finish: 'refusal' }
 */
export function readAnswer(said: unknown, options: AnswerOptions = {}): ReadAnswer {
  const finish = readFinishReason(options.finish);
  const { text, refusal, reasoning, toolCalls } = partsOf(said, options.opened);
  const reasoned = reasoning !== undefined || options.reasoned === true;
  const kept = reasoning === undefined ? {} : { reasoning };
  const failed = (kind: Failure['kind'], message: string): ReadAnswer => ({
    text: null,
    ...kept,
    finish: 'error',
    error: { kind, message },
  });
  const speaks = (text ?? '').trim() !== '';
  if (finish === 'filtered') return failed('filtered', 'a filter kept the answer back');
  if (finish === 'error') return failed('no-answer', `the model ended with ${String(options.finish)}`);
  if (!speaks && refusal !== undefined) return { text: refusal, ...kept, finish: 'refusal' };
  if (!speaks && finish === 'refusal') return failed('filtered', 'the model was kept from answering');
  // A text of nothing is an answer only of a model that did nothing else.
  if (text !== null && (speaks || !(reasoned || toolCalls.length > 0)))
    return { text, ...kept, finish: endOf(finish) };
  return failed('no-answer', reasonOf(finish, reasoned, toolCalls.length > 0));
}

function partsOf(said: unknown, opened = false): Said {
  const nothing: Said = { text: null, refusal: undefined, reasoning: undefined, toolCalls: [] };
  if (typeof said === 'string') {
    const { content, reasoning } = splitReasoning(said, { opened });
    return { ...nothing, text: content, reasoning };
  }
  return isPart(said) ? readSaid(said) : nothing;
}

function endOf(finish: FinishReason | undefined): Generation['finish'] {
  if (finish === 'length' || finish === 'refusal') return finish;
  return finish === undefined ? 'unknown' : 'stop';
}

function reasonOf(finish: FinishReason | undefined, reasoned: boolean, callsTool: boolean): string {
  if (callsTool) return 'the model calls a tool and says nothing';
  if (!reasoned) return 'the answer holds no text';
  if (finish === 'length') return 'the model reasoned until it was cut by length; allow it more tokens';
  return 'the model reasoned and gave no answer';
}
