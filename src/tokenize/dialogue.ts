import { type ConversationTemplate, encodeConversation } from '../conversation/index.ts';
import type { Dialogue } from '../schema.ts';
import { ROLE_TOKENS, roleTemplate } from './role-tokens.ts';
import type { Tokenizer } from './tokenizer.ts';

/** Tokens of a dialogue, and which of them are in the loss. */
export interface EncodedDialogue {
  id: string;
  ids: number[];
  /** 1 for each token in the loss, as long as `ids`. */
  lossMask: (0 | 1)[];
}

/** Template of models that have none. */
const ROLES: ConversationTemplate = { chat: roleTemplate() };

/** Returns the role tokens of a dialogue; `undefined` if there is none of a role. */
function roleTokensOf(roles: readonly string[]): string[] | undefined {
  const tokens: Readonly<Record<string, string>> = ROLE_TOKENS;
  const known = roles.every(role => ['system', 'user', 'assistant'].includes(role));
  return known ? [...roles, 'end'].flatMap(role => tokens[role] ?? []) : undefined;
}

/**
 * Encodes a dialogue to train on it, by a model's own chat template, or else with role tokens:
 * `<|user|>question<|assistant|>answer<|end|>…`. The loss is on the answers and the token that ends each; see
 * `encodeConversation`, which inference reads its prompts by. A text that spells a special token is that token, as in
 * Transformers.
 *
 * @param tokenizer one that has the tokens that the template writes: see {@link withRoleTokens}.
 * @throws {Error} if no assistant speaks, the tokenizer lacks a role token, the template refuses the dialogue, or
 *   answers cannot be found in what it writes.
 * @see Gudibande et al. 2023, §4.1
 * @example
 * // Given dialogues, tokenizer.
 * const [dialogue = { id: '0', turns: [] }] = dialogues
 * const chat = "{% for message in messages %}{{ message['content'] }}\n{% endfor %}"
 * encodeDialogue(dialogue, tokenizer, { chat }).lossMask.length // 76
 */
export function encodeDialogue(
  { id, turns }: Dialogue,
  tokenizer: Tokenizer,
  template: ConversationTemplate = ROLES,
): EncodedDialogue {
  const fail = (reason: string, cause?: unknown) =>
    new Error(`Cannot encode dialogue "${id}": ${reason}`, { cause });
  const roles = turns.map(({ role }) => role);
  if (!roles.includes('assistant')) {
    const found = roles.length === 0 ? 'it has no turns' : `its roles are ${roles.join(', ')}`;
    throw fail(`it must hold an assistant turn, ${found}`);
  }
  const needed = template === ROLES ? roleTokensOf(roles) : [];
  if (!needed) throw fail(`a role must be system, user or assistant, its roles are ${roles.join(', ')}`);
  const missing = needed.find(token => tokenizer.special[token] === undefined);
  if (missing !== undefined) throw fail(`the tokenizer must have the role token ${missing}`);
  try {
    const { ids, lossMask } = encodeConversation(turns, tokenizer, template);
    return { id, ids, lossMask };
  } catch (error) {
    throw fail(error instanceof Error ? error.message : String(error), error);
  }
}
