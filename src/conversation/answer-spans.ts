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
  const header = generationPrompt(template, messages, options);
  const answers = messages.flatMap(({ role, content }, index) =>
    role === 'assistant' ? answerOf(rendered, index, content, header, specialTokens) : [],
  );
  return { text, answers };
}

function unmasked(reason: string): Error {
  return new Error(`The answers cannot be found in what the chat template writes: ${reason}`);
}

/** Returns what the template writes for the model to begin an answer. */
function generationPrompt(template: string, messages: readonly ChatMessage[], options: ChatOptions): string {
  const first = messages.findIndex(({ role }, index) => role === 'assistant' && index > 0);
  const before: readonly ChatMessage[] =
    first > 0 ? messages.slice(0, first) : [{ role: 'user', content: 'a' }];
  const [without, prompt] = [false, true].map(addGenerationPrompt =>
    renderChat(template, before, { ...options, addGenerationPrompt }),
  );
  if (without !== undefined && prompt?.startsWith(without)) return prompt.slice(without.length);
  throw unmasked('its generation prompt must follow the messages, it changes them');
}

/** Finds the answer of one message. */
function answerOf(
  { text, messages }: Rendered,
  index: number,
  content: string,
  header: string,
  specialTokens: readonly string[],
): TextSpan {
  const written = messages.filter(({ message }) => message === index);
  const [turn] = written;
  if (!turn || written.length > 1) {
    const found = turn ? `message ${index + 1} in ${written.length} parts` : `no message ${index + 1} there`;
    throw unmasked(`it must write each message in a loop over the messages, it writes ${found}`);
  }
  const said = text.slice(turn.start, turn.end);
  const start = turn.start + headerLength(said, header, specialTokens);
  return { start, end: answerEnd(text, { ...turn, start }, content, specialTokens) };
}

/**
 * Returns the length of what is before an answer: the generation prompt; or its first part, up to a special token or a
 * line break, where it continues in a way that not every answer does, such as the beginning of reasoning.
 */
function headerLength(said: string, header: string, specialTokens: readonly string[]): number {
  if (said.startsWith(header)) return header.length;
  let common = 0;
  while (common < header.length && said[common] === header[common]) common += 1;
  const shared = header.slice(0, common);
  const ends = ['\n', ...specialTokens].map(mark => {
    const at = mark === '' ? -1 : shared.lastIndexOf(mark);
    return at < 0 ? 0 : at + mark.length;
  });
  const length = Math.max(...ends);
  if (length > 0) return length;
  throw unmasked(
    `an answer must begin with the generation prompt ${JSON.stringify(header)}, found ${JSON.stringify(said.slice(0, 40))}`,
  );
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
