import { renderChat } from '../conversation/index.ts';
import type { Dialogue } from '../schema.ts';
import { ROLE_TOKENS, type RoleTokens } from './role-tokens.ts';
import type { Tokenizer } from './tokenizer.ts';

/** Tokens of a dialogue, and which of them are in the loss. */
export interface EncodedDialogue {
  id: string;
  ids: number[];
  /** 1 for each token in the loss, as long as `ids`. */
  lossMask: (0 | 1)[];
}

/** A model's own chat template and the special tokens that it refers to. */
export interface DialogueTemplate {
  /** The Jinja template. */
  chat: string;
  bos?: string | undefined;
  eos?: string | undefined;
}

/**
 * Encodes a dialogue with role tokens: `<|user|>question<|assistant|>answer<|end|>…`. The loss is on the answers and
 * the token that ends each. Text that looks like a role token stays text.
 *
 * @param tokenizer one that has the role tokens: see {@link withRoleTokens}.
 * @throws {Error} if no assistant speaks, a role is unknown, or the tokenizer lacks a role token.
 * @see Gudibande et al. 2023, §4.1
 */
export function encodeDialogue(
  dialogue: Dialogue,
  tokenizer: Tokenizer,
  tokens: RoleTokens = ROLE_TOKENS,
): EncodedDialogue {
  const turns = spokenTurns(dialogue);
  const idOf = (name: string) => {
    const id = tokenizer.special[name];
    if (id !== undefined) return id;
    throw new Error(`Cannot pack dialogue "${dialogue.id}": the tokenizer must have the role token ${name}`);
  };
  const parts = turns.map(({ role, content }) => {
    const start = { ids: [idOf(tokens[role])], inLoss: false };
    const text = { ids: tokenizer.encode(content), inLoss: role === 'assistant' };
    return role === 'assistant' ? [start, text, { ids: [idOf(tokens.end)], inLoss: true }] : [start, text];
  });
  return joinParts(dialogue.id, parts.flat());
}

/**
 * Encodes a dialogue by a model's own chat template. The loss is on the text that the template writes for each
 * answer, from the end of its generation prompt to its last special token.
 *
 * The template's text is one string, in which special tokens are recognised: a message that holds the text of one
 * is taken for it, as in Transformers.
 *
 * @throws {Error} if no assistant speaks, a role is unknown, or the template writes earlier turns differently
 *   once later ones follow, so that an answer cannot be found.
 * @example
 * // Given dialogues, tokenizer.
 * const [dialogue = { id: '0', turns: [] }] = dialogues
 * const chat = "{% for message in messages %}{{ message['content'] }}\n{% endfor %}"
 * encodeTemplated(dialogue, tokenizer, { chat }).lossMask.length // 76
 */
export function encodeTemplated(
  dialogue: Dialogue,
  tokenizer: Tokenizer,
  { chat, bos, eos }: DialogueTemplate,
): EncodedDialogue {
  const { id } = dialogue;
  const turns = spokenTurns(dialogue);
  const write = (count: number, addGenerationPrompt: boolean) =>
    renderChat(chat, turns.slice(0, count), { bos, eos, addGenerationPrompt });
  let written = '';
  const parts: Part[] = [];
  const extend = (text: string, inLoss: boolean, turn: number) => {
    if (!text.startsWith(written)) {
      throw new Error(
        `Cannot pack dialogue "${id}": the template must write the turns before turn ${turn} as it did without it`,
      );
    }
    parts.push({ ids: tokenizer.encode(text.slice(written.length), { allowSpecial: true }), inLoss });
    written = text;
  };
  const specialIds = new Set(Object.values(tokenizer.special));
  for (const [i, { role }] of turns.entries()) {
    if (role !== 'assistant') continue;
    extend(write(i, true), false, i + 1);
    extend(write(i + 1, false), true, i + 1);
    const answer = parts.pop()?.ids ?? [];
    const end = answer.findLastIndex(token => specialIds.has(token)) + 1 || answer.length;
    parts.push({ ids: answer.slice(0, end), inLoss: true }, { ids: answer.slice(end), inLoss: false });
  }
  extend(write(turns.length, false), false, turns.length);
  return joinParts(id, parts);
}

interface Part {
  ids: readonly number[];
  inLoss: boolean;
}

function joinParts(id: string, parts: readonly Part[]): EncodedDialogue {
  return {
    id,
    ids: parts.flatMap(({ ids }) => ids),
    lossMask: parts.flatMap(({ ids, inLoss }) => ids.map((): 0 | 1 => (inLoss ? 1 : 0))),
  };
}

/** A turn without its reasoning, which no model is trained on here. */
interface SpokenTurn {
  role: 'system' | 'user' | 'assistant';
  content: string;
}

/** Returns a dialogue's turns. @throws {Error} if no assistant speaks, or a role is another, such as a tool's. */
function spokenTurns({ id, turns }: Dialogue): SpokenTurn[] {
  const roles = turns.map(({ role }) => role);
  const spoken = turns.flatMap(({ role, content }) => (isSpoken(role) ? [{ role, content }] : []));
  if (spoken.length < turns.length) {
    throw new Error(
      `Cannot pack dialogue "${id}": a role must be system, user or assistant, its roles are ${roles.join(', ')}`,
    );
  }
  if (!roles.includes('assistant')) {
    const found = roles.length === 0 ? 'it has no turns' : `its roles are ${roles.join(', ')}`;
    throw new Error(`Cannot pack dialogue "${id}": it must hold an assistant turn, ${found}`);
  }
  return spoken;
}

function isSpoken(role: string): role is SpokenTurn['role'] {
  return ['system', 'user', 'assistant'].includes(role);
}
