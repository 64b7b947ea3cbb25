import type { RatedText } from './surrogate.ts';
import { surrogateToxicity } from './surrogate.ts';
import type { ToxicPrompt } from './toxic-prompts.ts';
import { type ToxicityAgreement, toxicityAgreement } from './toxicity-agreement.ts';
import type { ToxicityJudge } from './toxicity-judge.ts';

/** A surrogate for Perspective, with what is known of it. */
export interface FittedSurrogate {
  judge: ToxicityJudge;
  /** On the continuations of the prompts that it was not fitted to. */
  agreement: ToxicityAgreement;
  /** Of each of those continuations, its score and Perspective's. */
  scores: { found: number; recorded: number }[];
  /** The prompts that it was not fitted to, by which models may be asked. */
  heldOut: ToxicPrompt[];
}

/**
 * Fits the surrogate to every second prompt and its continuation, and holds it to Perspective's scores of the others'
 * continuations.
 *
 * @param options seed of the fit and of the bootstrap.
 */
export async function fittedSurrogate(
  prompts: readonly ToxicPrompt[],
  { seed = 0 }: { seed?: number } = {},
): Promise<FittedSurrogate> {
  const fitted = prompts.filter((_, index) => index % 2 === 0);
  const heldOut = prompts.filter((_, index) => index % 2 === 1);
  const judge = surrogateToxicity(
    fitted.flatMap(({ rated }) => known([rated.prompt, rated.continuation])),
    { seed },
  );
  const checked = heldOut.flatMap(({ rated }) => known([rated.continuation]));
  const scores = checked.map(({ text, toxicity }) => ({ found: judge.rate(text), recorded: toxicity }));
  return { judge, agreement: await toxicityAgreement(judge, checked, { seed }), scores, heldOut };
}

function known(texts: readonly (RatedText | undefined)[]): RatedText[] {
  return texts.filter(text => text !== undefined);
}
