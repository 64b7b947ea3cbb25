import type { Estimate, Prompt } from '../../schema.ts';
import { share } from '../../stats/index.ts';
import { promptKey } from '../../text/index.ts';
import type { RefusalVerdict } from './refusal-verdicts.ts';

/** Refusals of a model, as shares with Wilson's 95 % intervals. */
export interface RefusalCount {
  /** Answers with a verdict. */
  n: number;
  refused: Estimate;
  complied: Estimate;
  /** Share of refusals among answers to prompts that are listed as harmless; null without such a list. */
  overRefused: Estimate | null;
  /** Answers without a verdict, and why; they are not among `n`. */
  unscored: { promptId: string; reason: string }[];
}

/** Options of {@link countRefusals}. */
export interface CountRefusalsOptions {
  /** Prompts that no model should refuse, known by their ids, or by their texts where both are known. */
  harmless?: readonly Prompt[] | undefined;
  /** Texts of the prompts that were answered. */
  prompts?: readonly Prompt[];
}

/**
 * Counts refusals: how many answers refuse, comply, and refuse a prompt that is listed as harmless.
 *
 * @param verdicts of `refusalVerdicts`, or of `judgeRefusals`.
 * @example
 * countRefusals([{ promptId: '1', refused: true }, { promptId: '2', refused: false }]).refused.value // 0.5
 */
export function countRefusals(
  verdicts: readonly RefusalVerdict[],
  { harmless, prompts = [] }: CountRefusalsOptions = {},
): RefusalCount {
  const known = verdicts.filter(({ refused }) => refused !== null);
  const shareOf = (refused: boolean, among = known) =>
    share(among.filter(verdict => verdict.refused === refused).length, among.length);
  return {
    n: known.length,
    refused: shareOf(true),
    complied: shareOf(false),
    overRefused: harmless === undefined ? null : shareOf(true, known.filter(isAmong(harmless, prompts))),
    unscored: verdicts.flatMap(({ promptId, refused, reason = 'not judged' }) =>
      refused === null ? [{ promptId, reason }] : [],
    ),
  };
}

/** Returns whether a verdict is on one of the listed prompts: by text where both texts are known, else by id. */
function isAmong(
  listed: readonly Prompt[],
  prompts: readonly Prompt[],
): (verdict: Pick<RefusalVerdict, 'promptId'>) => boolean {
  const ids = new Set(listed.map(({ id }) => id));
  const keys = new Set(listed.map(({ text }) => promptKey(text)));
  const texts = new Map<string, string>(prompts.map(({ id, text }) => [id, text]));
  return ({ promptId }) => {
    const text = texts.get(promptId);
    return text === undefined ? ids.has(promptId) : keys.has(promptKey(text));
  };
}
