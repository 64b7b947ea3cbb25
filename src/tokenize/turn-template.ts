import { TURN_TOKENS, type TurnTokens } from './dialogue.ts';

/**
 * The Jinja template of dialogues in turn tokens, for the folder of a model that was trained on them: it writes what
 * `encodeDialogue` encodes.
 */
export function turnTemplate({ system, user, assistant, end }: TurnTokens = TURN_TOKENS): string {
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
