import type { ChatMessage } from '../../schema.ts';
import { fillPlaces, type JudgedTurn, type PromptType, showsReference, turnsOf } from './judge-places.ts';
import { GENERAL, type JudgePrompt } from './judge-prompts.ts';

/** Question whose answers are judged. */
export interface JudgedQuestion {
  /** Category that selects the prompt; default the general one. */
  category?: string | undefined;
  /** The turns up to the one whose answers are judged. */
  turns: readonly JudgedTurn[];
}

/** Message to a judge, and the prompt that it fills. */
export interface AskedJudge {
  prompt: JudgePrompt;
  history: readonly ChatMessage[];
  text: string;
}

/**
 * Fills the judge's prompt for a question: of those that show as many turns, and no reference where there is none, the
 * one of the question's category, else one that shows the reference, else the general one.
 *
 * @returns undefined if no prompt of this type shows so many turns.
 */
export function judgeQuestion(
  prompts: readonly JudgePrompt[],
  type: PromptType,
  { category, turns }: JudgedQuestion,
): AskedJudge | undefined {
  const withReference = turns.every(({ reference }) => reference !== undefined);
  const fitting = prompts.filter(
    ({ type: own = 'pairwise', template }) =>
      own === type && turnsOf(template) === turns.length && (withReference || !showsReference(template)),
  );
  const ofCategory = fitting.filter(prompt => prompt.category === category);
  const informed = (of: readonly JudgePrompt[]) => of.find(({ template }) => showsReference(template));
  const prompt =
    informed(ofCategory) ??
    ofCategory[0] ??
    informed(fitting) ??
    fitting.find(one => one.category === GENERAL);
  if (prompt === undefined) return undefined;
  const { system, template, instruction } = prompt;
  return {
    prompt,
    history: system === '' ? [] : [{ role: 'system', content: system }],
    text: fillPlaces(template, turns, instruction),
  };
}
