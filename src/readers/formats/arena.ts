import { lastExchange } from '../../conversation/index.ts';
import type { ChatMessage, Rating } from '../../schema.ts';
import type { ReadOptions } from '../answers.ts';
import { isMessages, messagesIn, promptOf, promptOfMessages } from '../conversation-messages.ts';
import { type FieldCheck, hasFields, isText, isTextOrNull } from '../fields.ts';
import { type Entry, rowFormat } from '../file-format.ts';
import { parseLooseJson } from '../json-values.ts';
import { ReadError, shown } from '../read-error.ts';
import { categoryOf, idOf, type Row, requireText, textOf } from '../row.ts';
import { pairContent } from './choice.ts';

const ID = ['question_id', 'id', 'conversation_id'];

/** Winners as the arena names them. */
const CHOICES: Readonly<Record<string, Rating['choice']>> = {
  model_a: 'left',
  model_b: 'right',
  tie: 'tie',
  'tie (bothbad)': 'bad',
  both_bad: 'bad',
};

/** Battles of Chatbot Arena: the conversations of two models, and which a user preferred. */
export const arenaBattles = rowFormat({
  name: 'arena',
  kind: 'answers',
  sign: 'rows of model_a, model_b, conversation_a and conversation_b',
  fits: ({ value }) =>
    hasFields(value, {
      model_a: isText,
      model_b: isText,
      conversation_a: isMessages,
      conversation_b: isMessages,
    }),
  read: (row, options) => {
    const [first, second] = [battleSide(row, 'conversation_a'), battleSide(row, 'conversation_b')];
    return battle(row, { prompt: first.prompt, texts: [first.text, second.text] }, options);
  },
});

/** Battles of the arena in the form of a table: the prompts and the two models' responses as lists of turns. */
export const arenaTable = rowFormat({
  name: 'arena-table',
  kind: 'answers',
  sign: 'rows of prompt, model_a, model_b, response_a and response_b',
  fits: ({ value }) =>
    hasFields(value, {
      prompt: isTurns,
      model_a: isText,
      model_b: isText,
      response_a: isTurns,
      response_b: isTurns,
    }),
  read: (row, options) => {
    const prompts = turnsOf(row.value.prompt);
    const texts = ['response_a', 'response_b'].map(key => turnsOf(row.value[key]).at(-1) ?? null);
    const messages = prompts.map((content): ChatMessage => ({ role: 'user', content: content ?? '' }));
    const prompt = promptOfMessages(messages);
    return battle(row, { prompt, texts: [texts[0] ?? null, texts[1] ?? null] }, options);
  },
});

const isTurns: FieldCheck = value =>
  isTextOrNull(value) || (Array.isArray(value) && value.every(isTextOrNull));

/** Returns the turns of a list, of a text that is such a list in JSON, or the one turn that a text is. */
function turnsOf(value: unknown): (string | null)[] {
  if (typeof value === 'string' && value.startsWith('[')) {
    try {
      return turnsOf(parseLooseJson(value));
    } catch {
      return [value];
    }
  }
  return [value].flat().map(turn => (typeof turn === 'string' ? turn : null));
}

function battleSide({ at, value }: Row, key: string): { prompt: string; text: string } {
  const list = value[key];
  const exchange = lastExchange(Array.isArray(list) ? messagesIn(list, at) : []);
  if (exchange) return { prompt: promptOf(exchange.history, exchange.prompt), text: exchange.answer.content };
  throw new ReadError({ at, required: `an answer of the assistant in "${key}"`, found: shown(list) });
}

function battle(
  row: Row,
  { prompt, texts: [first, second] }: { prompt: string; texts: [string | null, string | null] },
  options: ReadOptions,
): Entry {
  const id = idOf(row, ID);
  const pair = {
    left: { model: requireText(row, ['model_a']), text: first },
    right: { model: requireText(row, ['model_b']), text: second },
    choice: winnerOf(row),
    annotator: textOf(row, ['judge']) ?? 'arena user',
  };
  return {
    prompt: { ...(id !== undefined && { id }), text: prompt, ...categoryOf(row) },
    ...pairContent(row, pair, options),
  };
}

function winnerOf({ value }: Row): Rating['choice'] | undefined {
  const { winner } = value;
  if (typeof winner === 'string') return CHOICES[winner];
  const flags = [value.winner_model_a, value.winner_model_b, value.winner_tie].findIndex(
    flag => Number(flag) === 1,
  );
  return (['left', 'right', 'tie'] as const)[flags];
}
