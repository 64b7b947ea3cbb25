import { lastExchange } from '../../conversation/index.ts';
import type { ChatMessage } from '../../schema.ts';
import { isMessages, messagesIn, promptOf, promptOfMessages } from '../conversation-messages.ts';
import { type FieldCheck, isText } from '../fields.ts';
import { type EntryPrompt, rowFormat } from '../file-format.ts';
import { generationOf } from '../generation.ts';
import { ReadError, shown } from '../read-error.ts';
import { categoryOf, idOf, type Row } from '../row.ts';

const PROMPT = ['prompt', 'instruction', 'question', 'input', 'query'];

/** Pairs of a chosen and a rejected answer: of HH, UltraFeedback, Argilla, as texts, transcripts or messages. */
export const preferencePairs = rowFormat({
  name: 'preferences',
  kind: 'preferences',
  sign: 'rows of chosen and rejected, each a text or messages',
  fits: ({ value: { chosen, rejected } }) => isAnswer(chosen) && isAnswer(rejected),
  read: (row, options) => {
    const chosen = sideOf(row, 'chosen');
    const rejected = sideOf(row, 'rejected');
    const id = idOf(row, ['id', 'prompt_id', 'question_id']);
    const prompt: EntryPrompt = {
      ...(id !== undefined && { id }),
      ...statedPrompt(row, chosen.prompt),
      ...categoryOf(row),
    };
    return {
      prompt,
      answers: [
        generationOf(row, { model: 'chosen', text: chosen.text }, options),
        generationOf(row, { model: 'rejected', text: rejected.text }, options),
      ],
    };
  },
});

const isAnswer: FieldCheck = value => isText(value) || isMessages(value);

/** One of the two answers, and the prompt before it where it is a whole conversation. */
interface Side {
  text: string;
  prompt?: string;
}

function sideOf({ at, value }: Row, key: 'chosen' | 'rejected'): Side {
  const side = value[key];
  if (typeof side === 'string') return transcriptSide(side, at) ?? { text: side };
  const messages = Array.isArray(side) ? messagesIn(side, at) : [];
  const found = conversationSide(messages);
  if (found) return found;
  throw new ReadError({ at, required: `an answer of the assistant under "${key}"`, found: shown(side) });
}

function conversationSide(messages: readonly ChatMessage[]): Side | undefined {
  const exchange = lastExchange(messages);
  if (exchange) return { text: exchange.answer.content, prompt: promptOf(exchange.history, exchange.prompt) };
  const only = messages.length === 1 ? messages[0] : undefined;
  return only?.role === 'assistant' ? { text: only.content } : undefined;
}

/** Reads HH's transcripts, whose turns begin with `Human:` and `Assistant:` behind an empty line. */
function transcriptSide(text: string, at: string): Side | undefined {
  const [before = '', ...turns] = text.split(/(?:^|\n\n)(?=(?:Human|Assistant): ?)/);
  if (before.trim() !== '' || turns.length < 2) return undefined;
  const messages = turns.map(turn => {
    const [, from, value = ''] = /^(Human|Assistant): ?([\s\S]*)$/.exec(turn) ?? [];
    return { from, value: value.trim() };
  });
  return conversationSide(messagesIn(messages, at));
}

function statedPrompt({ at, value }: Row, before: string | undefined): EntryPrompt {
  const key = PROMPT.find(name => isAnswer(value[name]));
  const stated = key === undefined ? undefined : value[key];
  if (typeof stated === 'string') return { text: stated };
  if (Array.isArray(stated)) {
    const messages = messagesIn(stated, at);
    return { text: promptOfMessages(messages) };
  }
  return before === undefined ? {} : { text: before };
}
