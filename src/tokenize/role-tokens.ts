import { addSpecial } from './add-special.ts';
import type { Tokenizer } from './tokenizer.ts';

/** Special tokens that begin each message of a dialogue, and the one that ends each answer. */
export interface RoleTokens {
  system: string;
  user: string;
  assistant: string;
  /** Ends each answer, and is in the loss with it. */
  end: string;
}

/**
 * Role tokens of models that have no chat template: they demarcate the beginning of each user query and model output
 * (§4.1); the paper does not say how they are written.
 */
export const ROLE_TOKENS: Readonly<RoleTokens> = {
  system: '<|system|>',
  user: '<|user|>',
  assistant: '<|assistant|>',
  end: '<|end|>',
};

/** Adds the role tokens that a tokenizer lacks, after its vocabulary. */
export function withRoleTokens(tokenizer: Tokenizer, tokens: RoleTokens = ROLE_TOKENS): Tokenizer {
  return addSpecial(tokenizer, Object.values(tokens));
}

/**
 * Returns the Jinja chat template that writes dialogues as `encodeDialogue` encodes them, for the folder of a model
 * that was trained on them.
 */
export function roleTemplate({ system, user, assistant, end }: RoleTokens = ROLE_TOKENS): string {
  const text = (token: string) => JSON.stringify(token);
  return [
    '{% for message in messages %}',
    `{% if message['role'] == 'assistant' %}{{ ${text(assistant)} + message['content'] + ${text(end)} }}`,
    `{% elif message['role'] == 'system' %}{{ ${text(system)} + message['content'] }}`,
    `{% else %}{{ ${text(user)} + message['content'] }}{% endif %}`,
    '{% endfor %}',
    `{% if add_generation_prompt %}{{ ${text(assistant)} }}{% endif %}`,
  ].join('');
}
