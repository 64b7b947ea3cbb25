/** A model's text without its reasoning, and the reasoning, where there is any. */
export interface SplitText {
  content: string;
  reasoning?: string;
}

/** Marks around reasoning, as sources of regular expressions. */
export interface Marks {
  readonly open: string;
  readonly close: string;
  /** Set for words that answers use as tags of their own: the marks count at the start of the text alone. */
  readonly leading?: true;
}

const MARKS: readonly Marks[] = [
  { open: '<think(?:ing)?(?:\\s[^<>]*)?>', close: '</think(?:ing)?>' },
  { open: '<seed:think>', close: '</seed:think>' },
  { open: '\\[THINK\\]', close: '\\[/THINK\\]' },
  { open: '◁think▷', close: '◁/think▷' },
  { open: '<\\|START_THINKING\\|>', close: '<\\|END_THINKING\\|>' },
  { open: '<thoughts?>', close: '</thoughts?>', leading: true },
  { open: '<reasoning>', close: '</reasoning>', leading: true },
];

const ANY = new RegExp(MARKS.map(({ open, close }) => `(${open})|(${close})`).join('|'), 'gi');

/** An opening or closing mark in a text. */
export interface FoundMark {
  marks: Marks;
  opens: boolean;
  start: number;
  end: number;
}

/** Finds the marks in a text, in order. */
export function findMarks(text: string): FoundMark[] {
  return [...text.matchAll(ANY)].flatMap(match => {
    const group = match.slice(1).findIndex(found => found !== undefined);
    const marks = MARKS[Math.floor(group / 2)];
    if (!marks) return [];
    return [{ marks, opens: group % 2 === 0, start: match.index, end: match.index + match[0].length }];
  });
}

/** Reports whether a prompt ends with a mark that opens reasoning, so that the answer begins inside it. */
export function endsInReasoning(prompt: string): boolean {
  return openMark(prompt) !== undefined;
}

/**
 * Ends the reasoning that a prompt opens, where it does, so that the answer itself comes next.
 *
 * @example
 * closeReasoning('<|assistant|><think>\n') // '<|assistant|><think>\n\n</think>\n\n'
 */
export function closeReasoning(prompt: string): string {
  const open = openMark(prompt);
  if (open === undefined) return prompt;
  return `${prompt.trimEnd()}\n\n${closingOf(open)}\n\n`;
}

/** Returns the closing mark of an opening one, such as `</think>`; attributes of the opening one are left out. */
function closingOf(open: string): string {
  if (/START_/i.test(open)) return open.replace(/START_/i, 'END_');
  return open.replace(/^[<[◁]/, '$&/').replace(/\s.*(?=>$)/s, '');
}

/** Finds the mark that opens reasoning at the end of a prompt. */
function openMark(prompt: string): string | undefined {
  const end = prompt.slice(-100).trimEnd();
  const last = findMarks(end).at(-1);
  return last?.opens === true && last.end === end.length ? end.slice(last.start, last.end) : undefined;
}
