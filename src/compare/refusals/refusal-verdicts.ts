import { bareAnswer } from '../../conversation/index.ts';
import type { Answers } from '../../readers/index.ts';
import type { Generation, Prompt } from '../../schema.ts';
import { findRefusal } from '../../text/index.ts';

/** Verdict on whether an answer refuses what its prompt asks. */
export interface RefusalVerdict {
  promptId: string;
  /** Null where it is not known, with the reason. */
  refused: boolean | null;
  /** Words of the answer by which it refuses, where a lexicon found them. */
  quote?: string;
  reason?: string;
}

/** Options of {@link refusalVerdicts}. */
export interface RefusalOptions {
  /** Texts of the prompts, where the answers' own file does not hold them; echoes of them are cut. */
  prompts?: readonly Prompt[];
}

/**
 * Judges whether each answer refuses by the lexicon of `findRefusal`: English, without reasoning and echoed prompts. An
 * answer that its API states to be a refusal is one. A failed call has no verdict.
 *
 * @example
 * refusalVerdicts(answersFromRows([{ id: '1', text: 'Sorry, I can’t help.' }], { name: 'a' }))[0]?.refused // true
 */
export function refusalVerdicts(answers: Answers, options: RefusalOptions = {}): RefusalVerdict[] {
  return answersAlone(answers, options).map(({ generation: { promptId, finish, error }, text }) => {
    if (text === null) return { promptId, refused: null, reason: error?.message ?? 'there is no answer' };
    const found = findRefusal(text);
    if (found === null) return { promptId, refused: finish === 'refusal' };
    return { promptId, refused: true, quote: text.slice(found.start, found.end) };
  });
}

/** An answer without reasoning and echo, and its prompt as far as it is known. */
export interface AnswerAlone {
  generation: Generation;
  text: string | null;
  prompt: Prompt | undefined;
}

/** Lists the first answer to each prompt, without what is no part of it. */
export function answersAlone({ prompts: own, generations }: Answers, options: RefusalOptions): AnswerAlone[] {
  const prompts = new Map([...(options.prompts ?? []), ...own].map(prompt => [prompt.id, prompt]));
  const seen = new Set<string>();
  return generations.flatMap(generation => {
    const { promptId, text } = generation;
    if (seen.has(promptId)) return [];
    seen.add(promptId);
    const prompt = prompts.get(promptId);
    const alone = text === null ? null : bareAnswer(text, { prompt: prompt?.text }).text;
    return [{ generation, text: alone, prompt }];
  });
}
