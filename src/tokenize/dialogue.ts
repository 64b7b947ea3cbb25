import { renderChat } from '../chat/index.ts';
import type { Dialogue } from '../schema.ts';
import { addSpecial } from './add-special.ts';
import type { Tokenizer } from './tokenizer.ts';

/** A dialogue as a model reads it. */
export interface EncodedDialogue {
  id: string;
  ids: number[];
  /** 1 for each token that the model is to learn to write, as long as `ids`. */
  loss: (0 | 1)[];
}

/** The special tokens that mark who speaks. */
export interface TurnTokens {
  system: string;
  user: string;
  assistant: string;
  /** Ends each answer, and is learned with it. */
  end: string;
}

/**
 * Demarcate the beginning of each user query and model output (§4.1); the paper does not say how they are
 * written.
 */
export const TURN_TOKENS: Readonly<TurnTokens> = {
  system: '<|system|>',
  user: '<|user|>',
  assistant: '<|assistant|>',
  end: '<|end|>',
};

/** A model's own way to write a conversation. */
export interface DialogueTemplate {
  /** The Jinja template. */
  chat: string;
  bos?: string | undefined;
  eos?: string | undefined;
}

/** The tokenizer with the turn tokens that it lacks, after its vocabulary. */
export function withTurns(tokenizer: Tokenizer, tokens: TurnTokens = TURN_TOKENS): Tokenizer {
  return addSpecial(tokenizer, Object.values(tokens));
}

/**
 * A dialogue in special turn tokens: `<|user|>question<|assistant|>answer<|end|>…`. The loss is on the answers
 * and the token that ends each, and on nothing else. Text that looks like a turn token stays text.
 *
 * @param tokenizer one that has the turn tokens: see {@link withTurns}.
 * @throws {Error} if no assistant speaks, a role is unknown, or the tokenizer lacks a turn token.
 * @see Gudibande et al. 2023, §4.1
 */
export function encodeDialogue(
  dialogue: Dialogue,
  tokenizer: Tokenizer,
  tokens: TurnTokens = TURN_TOKENS,
): EncodedDialogue {
  requireAnswer(dialogue);
  const idOf = (name: string) => {
    const id = tokenizer.special[name];
    if (id !== undefined) return id;
    throw new Error(`Cannot pack dialogue "${dialogue.id}": the tokenizer must have the turn token ${name}`);
  };
  const parts = dialogue.turns.map(({ role, content }) => {
    const start = { ids: [idOf(tokens[role])], learned: false };
    const text = { ids: tokenizer.encode(content), learned: role === 'assistant' };
    return role === 'assistant' ? [start, text, { ids: [idOf(tokens.end)], learned: true }] : [start, text];
  });
  return joinParts(dialogue.id, parts.flat());
}

/**
 * A dialogue as a model's own chat template writes it. The loss is on what the template writes for each
 * answer, from where its generation prompt ends to the last special token.
 *
 * The template's text is one string, in which special tokens are recognised: a turn that holds the text of
 * one is not told from it, as in Transformers.
 *
 * @throws {Error} if no assistant speaks, a role is unknown, or the template writes earlier turns differently
 *   once later ones follow, so that an answer cannot be found.
 */
export function encodeTemplated(
  dialogue: Dialogue,
  tokenizer: Tokenizer,
  { chat, bos, eos }: DialogueTemplate,
): EncodedDialogue {
  requireAnswer(dialogue);
  const { id, turns } = dialogue;
  const write = (count: number, addGenerationPrompt: boolean) =>
    renderChat(chat, turns.slice(0, count), { bos, eos, addGenerationPrompt });
  let written = '';
  const parts: Part[] = [];
  const extend = (text: string, learned: boolean, turn: number) => {
    if (!text.startsWith(written)) {
      throw new Error(
        `Cannot pack dialogue "${id}": the template must write the turns before turn ${turn} as it did without it`,
      );
    }
    parts.push({ ids: tokenizer.encode(text.slice(written.length), { allowSpecial: true }), learned });
    written = text;
  };
  const specialIds = new Set(Object.values(tokenizer.special));
  for (const [i, { role }] of turns.entries()) {
    if (role !== 'assistant') continue;
    extend(write(i, true), false, i + 1);
    extend(write(i + 1, false), true, i + 1);
    const answer = parts.pop()?.ids ?? [];
    const end = answer.findLastIndex(token => specialIds.has(token)) + 1 || answer.length;
    parts.push({ ids: answer.slice(0, end), learned: true }, { ids: answer.slice(end), learned: false });
  }
  extend(write(turns.length, false), false, turns.length);
  return joinParts(id, parts);
}

interface Part {
  ids: readonly number[];
  learned: boolean;
}

function joinParts(id: string, parts: readonly Part[]): EncodedDialogue {
  return {
    id,
    ids: parts.flatMap(({ ids }) => ids),
    loss: parts.flatMap(({ ids, learned }) => ids.map((): 0 | 1 => (learned ? 1 : 0))),
  };
}

function requireAnswer({ id, turns }: Dialogue): void {
  const roles = turns.map(({ role }) => role);
  const unknown = roles.find(role => !['system', 'user', 'assistant'].includes(role));
  if (unknown !== undefined) {
    throw new Error(
      `Cannot pack dialogue "${id}": a role must be system, user or assistant, its roles are ${roles.join(', ')}`,
    );
  }
  if (!roles.includes('assistant')) {
    const found = roles.length === 0 ? 'it has no turns' : `its roles are ${roles.join(', ')}`;
    throw new Error(`Cannot pack dialogue "${id}": it must hold an assistant turn, ${found}`);
  }
}
