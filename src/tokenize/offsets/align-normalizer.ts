import { type AlignedText, replaced, type TextPart, unchanged } from './aligned-text.ts';

/** Step of a `tokenizer.json` that normalises a text. */
export interface NormalizerStep {
  type: string;
  normalizers?: NormalizerStep[];
  prepend?: string;
  pattern?: { String?: string; Regex?: string };
  content?: string;
}

/**
 * Normalises a text as `normalize` does, without the text that it puts before it, and aligns the result: by its steps
 * where these are known; else by characters with their marks, which most steps treat one by one; else what stayed the same
 * at both ends is aligned, and the rest as a whole.
 *
 * @param normalize of the whole step.
 */
export function alignNormalizer(
  text: string,
  step: NormalizerStep | null | undefined,
  normalize: (text: string) => string,
): AlignedText {
  const normalized = step ? normalize(text) : text;
  const prefix = text === '' ? '' : prependedBy(step);
  const expected = normalized.startsWith(prefix) ? normalized.slice(prefix.length) : normalized;
  if (expected === text) return unchanged(text);
  const bySteps = step && alignSteps(unchanged(text), step);
  if (bySteps?.text === expected) return bySteps;
  const byCharacters = alignCharacters(text, normalize);
  return byCharacters.text === expected ? byCharacters : alignEnds(text, expected);
}

/** Returns what a normaliser puts before a text that is not empty. */
export function prependedBy(step: NormalizerStep | null | undefined): string {
  if (step?.type === 'Prepend') return step.prepend ?? '';
  return step?.normalizers?.map(prependedBy).join('') ?? '';
}

const FORMS = ['NFC', 'NFD', 'NFKC', 'NFKD'];

/** Aligns the steps that are known; `undefined` if one is not. */
function alignSteps(before: AlignedText, step: NormalizerStep): AlignedText | undefined {
  const { text } = before;
  switch (step.type) {
    case 'Sequence':
      return step.normalizers?.reduce<AlignedText | undefined>(
        (aligned, one) => aligned && alignSteps(aligned, one),
        before,
      );
    case 'Prepend':
      return before;
    case 'Replace':
      return alignReplacement(before, step);
    case 'Lowercase':
      return replaced(
        before,
        parts(text, part => part.toLowerCase()),
      );
    default:
      return FORMS.includes(step.type)
        ? replaced(
            before,
            parts(text, part => part.normalize(step.type)),
          )
        : undefined;
  }
}

/** Aligns what a pattern matches, be it nothing between two characters; `undefined` where JavaScript has no such pattern. */
function alignReplacement(
  before: AlignedText,
  { pattern, content = '' }: NormalizerStep,
): AlignedText | undefined {
  const sought = patternOf(pattern);
  if (sought === undefined) return undefined;
  const { text } = before;
  const found: TextPart[] = [];
  let from = 0;
  for (const { 0: match, index } of text.matchAll(sought)) {
    found.push({ text: text.slice(from, index), start: from, end: index });
    from = index + match.length;
    found.push({ text: content, start: index, end: from });
  }
  return replaced(before, [...found, { text: text.slice(from), start: from, end: text.length }]);
}

function patternOf(pattern: NormalizerStep['pattern']): RegExp | undefined {
  if (pattern?.String) return new RegExp(pattern.String.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&'), 'gu');
  try {
    return pattern?.Regex === undefined ? undefined : new RegExp(pattern.Regex, 'gu');
  } catch {
    return undefined;
  }
}

/** Characters with the marks that may become one with them; a syllable of Hangul may be written by its parts. */
const CHARACTER =
  /[\u1100-\u115f][\u1160-\u11a7]?[\u11a8-\u11ff]?\p{M}*|[\uac00-\ud7a3][\u11a8-\u11ff]?\p{M}*|\P{M}\p{M}*|\p{M}+/gsu;

function parts(text: string, normalize: (part: string) => string): TextPart[] {
  return Array.from(text.matchAll(CHARACTER), ({ 0: part, index }) =>
    composed(normalize(part), part, index),
  ).flat();
}

/**
 * Aligns characters that became fewer as Hugging Face does: the first is that of the first, those that were taken into
 * it are behind it, and the others follow.
 */
function composed(text: string, part: string, index: number): TextPart[] {
  const before = Array.from(part);
  const after = Array.from(text);
  if (after.length >= before.length || after.length === 0)
    return [{ text, start: index, end: index + part.length }];
  const taken = before.length - after.length;
  return after.map((char, i) => {
    const at = i === 0 ? 0 : i + taken;
    const start = index + before.slice(0, at).join('').length;
    return { text: char, start, end: start + (before[at]?.length ?? 0) };
  });
}

function alignCharacters(text: string, normalize: (text: string) => string): AlignedText {
  return replaced(unchanged(text), parts(text, normalize));
}

function alignEnds(text: string, expected: string): AlignedText {
  let start = 0;
  while (start < text.length && text[start] === expected[start]) start += 1;
  let end = 0;
  const most = Math.min(text.length, expected.length) - start;
  while (end < most && text.at(-1 - end) === expected.at(-1 - end)) end += 1;
  return replaced(unchanged(text), [
    { text: text.slice(0, start), start: 0, end: start },
    { text: expected.slice(start, expected.length - end), start, end: text.length - end },
    { text: text.slice(text.length - end), start: text.length - end, end: text.length },
  ]);
}
