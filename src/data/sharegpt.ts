import { idOf, parseDocument, ReadError, type Row, rowOf, shown, textOf } from '../readers/index.ts';
import type { Dialogue } from '../schema.ts';
import { cleanText } from './clean-text.ts';
import { dedupe } from './dedupe.ts';
import { applySteps, eachDialogue, type ImitationSet, type Step } from './imitation-set.ts';
import { dialogueLanguage } from './language.ts';
import { withoutWords } from './without-words.ts';

/** Speaker of a turn: a user, ChatGPT, the setting before them, or another, such as another model or a tool. */
export type Speaker = 'user' | 'assistant' | 'system' | 'other';

/** A dialogue as it was shared, before anything is cleaned. */
export interface SharedDialogue {
  id: string;
  turns: readonly { speaker: Speaker; text: string }[];
}

/** Options of {@link buildShareGpt}. */
export interface ShareGptOptions {
  /** The language that dialogues must be in, ISO 639-1; null keeps all. Default `en`. */
  language?: string | null;
  /** Words that no answer may hold, such as {@link IDENTITY_WORDS}; default none. */
  without?: readonly string[];
}

/** Speakers of ChatGPT's conversations, as `from` names them; every other one is `other`. */
const SPEAKERS: Readonly<Record<string, Speaker>> = {
  human: 'user',
  user: 'user',
  gpt: 'assistant',
  chatgpt: 'assistant',
  assistant: 'assistant',
  system: 'system',
};

/**
 * Reads dialogues as ShareGPT's are published: an object of `id` and `conversations`, each turn `from` and `value`;
 * one in a JSON file, an array of them, or one a line.
 *
 * @param name the file's name, for errors.
 * @throws {ReadError} naming the place, if a dialogue has no turns.
 * @example
 * const text = '{"id": "a", "conversations": [{"from": "human", "value": "Hi"}, {"from": "gpt", "value": "Hello."}]}'
 * parseShareGpt(text, 'sg_90k_part1.json')[0]?.turns[1] // { speaker: 'assistant', text: 'Hello.' }
 */
export function parseShareGpt(text: string, name: string): SharedDialogue[] {
  const { rows, whole } = parseDocument(text, name);
  return (whole ? [{ at: name, value: whole }] : rows).map(sharedDialogue);
}

function sharedDialogue(row: Row): SharedDialogue {
  const { conversations } = row.value;
  if (!Array.isArray(conversations))
    throw new ReadError({ at: row.at, required: 'turns under "conversations"', found: shown(conversations) });
  const turns = conversations.map((turn, index) => {
    const at = rowOf(turn, `${row.at} turn ${index + 1}`);
    const from = at.value.from ?? at.value.role;
    const speaker = (typeof from === 'string' ? SPEAKERS[from.toLowerCase()] : undefined) ?? 'other';
    // What others say is not read: their dialogues are left out.
    return { speaker, text: speaker === 'other' ? '' : (textOf(at, ['value', 'content']) ?? '') };
  });
  return { id: idOf(row, ['id']) ?? row.at, turns };
}

/**
 * Builds the ShareGPT part of the paper's mix: dialogues with ChatGPT in Markdown that begin with the user and end
 * with an answer, in turns, in one language, each first query once.
 *
 * @see Gudibande et al. 2023, §3
 * @example
 * const turns = [{ speaker: 'user', text: 'Hi' }, { speaker: 'assistant', text: '<p>Hello.</p>' }] as const
 * const { counts } = await buildShareGpt([{ id: 'a', turns }])
 */
export async function buildShareGpt(
  shared: readonly SharedDialogue[],
  { language = 'en', without = [] }: ShareGptOptions = {},
): Promise<ImitationSet> {
  const cleaned = applySteps(shared, [
    eachDialogue('answers by ChatGPT alone', dialogue =>
      dialogue.turns.some(({ speaker }) => speaker === 'other') ? undefined : dialogue,
    ),
    eachDialogue('Markdown without "Copy code"; empty turns taken out', withCleanText),
    eachDialogue('from a user’s turn to an answer', fromUserToAnswer),
    eachDialogue('user and answer in turns', dialogue => (alternates(dialogue) ? dialogue : undefined)),
  ]);
  const steps: Step<Dialogue>[] = [{ name: 'each first query once', apply: dedupe }];
  if (language !== null) {
    const languageOf = await dialogueLanguage();
    // Where there is too little prose, such as in a dialogue of code, the language is not known and it stays.
    const fits = (dialogue: Dialogue) => [undefined, language].includes(languageOf(dialogue));
    steps.push(
      eachDialogue(`in the language ${language}`, dialogue => (fits(dialogue) ? dialogue : undefined)),
    );
  }
  if (without.length > 0) steps.push(withoutWords(without));
  const kept = applySteps(cleaned.dialogues.map(asDialogue), steps);
  return { name: 'sharegpt', dialogues: kept.dialogues, counts: [...cleaned.counts, ...kept.counts] };
}

function withCleanText({ id, turns }: SharedDialogue): SharedDialogue | undefined {
  const cleaned = turns.map(({ speaker, text }) => ({ speaker, text: cleanText(text) }));
  const spoken = cleaned.filter(({ text }) => text !== '');
  return spoken.length > 0 ? { id, turns: spoken } : undefined;
}

function fromUserToAnswer({ id, turns }: SharedDialogue): SharedDialogue | undefined {
  const first = turns.findIndex(({ speaker }) => speaker === 'user');
  const last = turns.findLastIndex(({ speaker }) => speaker === 'assistant');
  return first >= 0 && first < last ? { id, turns: turns.slice(first, last + 1) } : undefined;
}

function alternates({ turns }: SharedDialogue): boolean {
  return turns.every(({ speaker }, index) => speaker === (index % 2 === 0 ? 'user' : 'assistant'));
}

function asDialogue({ id, turns }: SharedDialogue): Dialogue {
  return {
    id,
    turns: turns.flatMap(({ speaker, text }) =>
      speaker === 'other' ? [] : [{ role: speaker, content: text }],
    ),
  };
}
