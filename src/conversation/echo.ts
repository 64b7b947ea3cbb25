import { splitWords } from '../text/index.ts';
import { speakerOf } from './roles.ts';

/** Shorter prompts, such as “Hi”, are also how answers begin: they count as echoed only on a line of their own. */
const MIN_WORDS = 3;
/** Characters before an echoed prompt that a template may take, such as Alpaca's. */
const MAX_PREAMBLE = 2000;

/** Other names of the two sides than those of speakers, as templates write them. */
const LABELS: Readonly<Record<'user' | 'assistant', readonly string[]>> = {
  user: ['question', 'q', 'instruction', 'input', 'query'],
  assistant: ['answer', 'a', 'response', 'output', 'completion'],
};

/** `User:`, `### Response:`, `**Answer:**`, `<|im_start|>assistant`, `<|user|>`, or a name on a line of its own. */
const LABEL =
  /^(?:#{1,6}[ \t]*|\*\*|<\|(?:im_start\|>|start_header_id\|>)?)?([A-Za-z][\w-]{0,15})(?::\*\*|\*\*:|:|\|>|<\|end_header_id\|>|(?=[ \t]*[\r\n]))\s*/;
/** Tokens that begin a text or a turn without naming a side. */
const BEGIN = /^(?:\s*(?:<s>|<bos>|<\|begin_of_text\|>|\[INST\]))+\s*/;
/** Tokens that end a turn. */
const END = /^(?:\s*(?:<\|(?:im_end|eot_id|end)\|>|<\/s>|\[\/INST\]))+/;

/**
 * Finds where an answer begins in a text that repeats its prompt, as generation scripts that return the whole text
 * write it. The prompt is found at the start, in any white space, after the user's label where there is one, or after
 * a template's preamble where the assistant's label follows. Prompts of one or two words count only on a line of their
 * own.
 *
 * @returns the offset of the answer; 0 where the prompt is not echoed.
 */
export function endOfEcho(text: string, prompt: string): number {
  const asked = prompt.trim();
  if (asked === '') return 0;
  for (const line of lineStarts(text)) {
    const label = labelAt(text, line + (BEGIN.exec(text.slice(line, line + 100))?.[0].length ?? 0), 'user');
    for (const start of label === line ? [line] : [label, line]) {
      const end = endOfPrompt(text, start, asked);
      if (end === undefined) continue;
      const turn = end + (END.exec(text.slice(end))?.[0].length ?? 0);
      const next = skipSpace(text, turn);
      const answer = labelAt(text, next, 'assistant');
      if (answer > next) return answer;
      const leads = text.slice(0, line).trim() === '';
      if (leads && (start > line || turn > end || standsAlone(text, end, asked))) return next;
    }
  }
  return 0;
}

/** Offsets of the lines that begin within the preamble, white space skipped. */
function lineStarts(text: string): number[] {
  const starts = text.slice(0, MAX_PREAMBLE).matchAll(/^[ \t]*(?=\S)/gm);
  return Array.from(starts, ({ 0: space, index }) => index + space.length);
}

/** Returns the offset after the label of a side; the offset itself where there is none. */
function labelAt(text: string, offset: number, side: 'user' | 'assistant'): number {
  const [label = '', name = ''] = LABEL.exec(text.slice(offset, offset + 100)) ?? [];
  const names = LABELS[side].includes(name.toLowerCase()) || speakerOf(name)?.role === side;
  return names ? offset + label.length : offset;
}

/** Returns the offset after the prompt, in any white space; undefined where the text holds something else. */
function endOfPrompt(text: string, start: number, prompt: string): number | undefined {
  let at = start;
  for (let i = 0; i < prompt.length; ) {
    const space = isSpace(prompt, i);
    if (space !== isSpace(text, at)) return undefined;
    if (space) {
      i = skipSpace(prompt, i);
      at = skipSpace(text, at);
    } else if (prompt[i++] !== text[at++]) return undefined;
  }
  return at;
}

/** Reports whether the prompt ends there, and does not merely begin the answer. */
function standsAlone(text: string, end: number, prompt: string): boolean {
  const rest = text.slice(end, end + 200);
  if (splitWords(prompt).length < MIN_WORDS) return /^[ \t]*[\r\n]\s*\S/.test(rest);
  return !(/[\p{L}\p{N}]$/u.test(prompt) && /^[\p{L}\p{N}'’-]/u.test(rest));
}

function isSpace(text: string, at: number): boolean {
  return at < text.length && /\s/.test(text.charAt(at));
}

function skipSpace(text: string, from: number): number {
  let at = from;
  while (isSpace(text, at)) at += 1;
  return at;
}
