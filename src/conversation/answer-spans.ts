import type { ChatMessage } from '../schema.ts';
import type { Rendered, TextSpan } from './jinja/index.ts';
import { type ChatOptions, marksGenerations, renderChat, renderConversation } from './render-chat.ts';

/** Rendered conversation, and the text that a model learns to write. */
export interface RenderedAnswers {
  text: string;
  /** In order; the token that ends each answer is within it. */
  answers: readonly TextSpan[];
}

/**
 * Renders a conversation, and finds what the assistant says in its text: the `{% generation %}` blocks of the template
 * where it has some; else, in what it writes for each message of the assistant, all from behind the generation prompt
 * to the last special token, or to the end where there is none.
 *
 * @param specialTokens texts of the tokenizer's special tokens.
 * @throws {Error} if the template refuses the conversation, or the answers cannot be found in its text.
 */
export function renderAnswers(
  template: string,
  messages: readonly ChatMessage[],
  specialTokens: readonly string[],
  options: ChatOptions,
): RenderedAnswers {
  const rendered = renderConversation(template, messages, { ...options, addGenerationPrompt: false });
  const speaks = messages.some(({ role }) => role === 'assistant');
  const { text } = rendered;
  if (!speaks) return { text, answers: [] };
  if (marksGenerations(template)) {
    if (rendered.generations.length > 0) return { text, answers: rendered.generations };
    throw unmasked('it must write an answer within {% generation %}, it writes none of these');
  }
  const prompts = generationPrompts(template, messages, options);
  const answers = messages.flatMap(({ role, content }, index) =>
    role === 'assistant' ? answerOf(rendered, index, content, prompts, specialTokens) : [],
  );
  return { text, answers };
}

function unmasked(reason: string): Error {
  return new Error(`The answers cannot be found in what the chat template writes: ${reason}`);
}

/**
 * Returns what the template writes for the model to begin an answer: all that it adds to the messages; or what is
 * behind the last message, where it ends this in another way before an answer.
 */
function generationPrompts(
  template: string,
  messages: readonly ChatMessage[],
  options: ChatOptions,
): readonly string[] {
  const first = messages.findIndex(({ role }, index) => role === 'assistant' && index > 0);
  const before: readonly ChatMessage[] =
    first > 0 ? messages.slice(0, first) : [{ role: 'user', content: 'a' }];
  const without = renderChat(template, before, { ...options, addGenerationPrompt: false });
  const prompt = renderConversation(template, before, { ...options, addGenerationPrompt: true });
  const last = prompt.messages.findLast(({ message }) => message === before.length - 1);
  const behind = last === undefined ? '' : prompt.text.slice(last.end);
  const added = prompt.text.startsWith(without) ? [prompt.text.slice(without.length)] : [];
  const prompts = [...added, ...(behind === '' ? [] : [behind])];
  if (prompts.length > 0) return prompts;
  throw unmasked('its generation prompt must follow the messages, it changes them');
}

/** Finds the answer of one message. */
function answerOf(
  { text, messages }: Rendered,
  index: number,
  content: string,
  prompts: readonly string[],
  specialTokens: readonly string[],
): TextSpan {
  const written = messages.filter(({ message }) => message === index);
  const [turn] = written;
  if (!turn || written.length > 1) {
    const found = turn ? `message ${index + 1} in ${written.length} parts` : `no message ${index + 1} there`;
    throw unmasked(`it must write each message in a loop over the messages, it writes ${found}`);
  }
  const said = text.slice(turn.start, turn.end);
  const start = turn.start + headerLength(said, prompts, specialTokens);
  const [line = ''] = content.trim().split('\n').slice(-1);
  if (!text.slice(start, turn.end).includes(line.trim()))
    throw unmasked(
      `it must write what the assistant says, it leaves out ${JSON.stringify(line.trim().slice(0, 40))}`,
    );
  return { start, end: answerEnd(text, { ...turn, start }, content, specialTokens) };
}

/**
 * Returns the length of what is before an answer: the generation prompt, with or without the white space at its start;
 * or its first part, up to a special token or a line break, where it continues in a way that not every answer does, such
 * as the beginning of reasoning.
 */
function headerLength(said: string, prompts: readonly string[], specialTokens: readonly string[]): number {
  const whole = prompts.flatMap(prompt => [prompt, prompt.trimStart()]);
  const found = whole.find(prompt => said.startsWith(prompt) && (prompt !== '' || prompts[0] === ''));
  if (found !== undefined) return found.length;
  const length = Math.max(...whole.map(prompt => sharedLength(said, prompt, specialTokens)));
  if (length > 0) return length;
  const [prompt] = prompts;
  throw unmasked(
    `an answer must begin with the generation prompt ${JSON.stringify(prompt)}, found ${JSON.stringify(said.slice(0, 40))}`,
  );
}

/** Returns how far a text begins as the prompt does, up to a special token or a line break. */
function sharedLength(said: string, prompt: string, specialTokens: readonly string[]): number {
  let common = 0;
  while (common < prompt.length && said[common] === prompt[common]) common += 1;
  const shared = prompt.slice(0, common);
  const ends = ['\n', ...specialTokens].map(mark => {
    const at = mark === '' ? -1 : shared.lastIndexOf(mark);
    return at < 0 ? 0 : at + mark.length;
  });
  return Math.max(...ends);
}

/** Finds the end of an answer: behind its last special token, which may follow the last message. */
function answerEnd(text: string, turn: TextSpan, content: string, specialTokens: readonly string[]): number {
  const said = text.slice(turn.start, turn.end);
  const ends = specialTokens.map(token => {
    const at = token === '' ? -1 : said.lastIndexOf(token);
    return at < 0 ? 0 : at + token.length;
  });
  const core = content.trim();
  const contentAt = said.lastIndexOf(core);
  const contentEnd = contentAt < 0 ? 0 : contentAt + core.length;
  const end = Math.max(0, ...ends);
  if (end > 0 && end >= contentEnd) return turn.start + end;
  const behind = specialTokens.find(token => token !== '' && text.startsWith(token, turn.end));
  return behind === undefined || turn.end === text.length
    ? turn.end
    : turn.end + endingToken(text, turn.end, behind);
}

/** A token behind the last message ends it; one behind another begins the next. */
function endingToken(text: string, at: number, token: string): number {
  return text.slice(at + token.length).trim() === '' ? token.length : 0;
}
