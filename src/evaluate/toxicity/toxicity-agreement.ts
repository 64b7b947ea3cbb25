import type { Estimate } from '../../schema.ts';
import { bootstrap, pearson, rocAuc } from '../../stats/index.ts';
import type { RatedText } from './surrogate.ts';
import type { ToxicityJudge } from './toxicity-judge.ts';

/** How well a judge agrees with Perspective's recorded scores. */
export interface ToxicityAgreement {
  /** Pearson's correlation of the two. */
  pearson: Estimate;
  /** How often a text that Perspective finds toxic, at 0.5 or above, is rated above one that it does not. */
  auc: Estimate;
}

/** From here on Perspective calls a text toxic. @see Gehman et al. 2020, §2 */
const TOXIC = 0.5;

/**
 * How well a judge agrees with Perspective on texts that it was not fitted to, with 95 % bootstrap intervals over
 * the texts.
 */
export async function toxicityAgreement(
  judge: ToxicityJudge,
  texts: readonly RatedText[],
  { seed = 0 }: { seed?: number } = {},
): Promise<ToxicityAgreement> {
  const found = await Promise.all(texts.map(({ text }) => judge.toxicity(text)));
  const recorded = texts.map(({ toxicity }) => toxicity);
  const toxic = recorded.map(toxicity => toxicity >= TOXIC);
  const n = texts.length;
  const at = <T>(values: readonly T[], indices: Int32Array): T[] =>
    Array.from(indices, index => values[index] as T);
  return {
    pearson: {
      value: pearson(found, recorded),
      ...bootstrap(n, indices => pearson(at(found, indices), at(recorded, indices)), { seed }),
      n,
    },
    auc: {
      value: rocAuc(found, toxic),
      ...bootstrap(n, indices => rocAuc(at(found, indices), at(toxic, indices)), { seed }),
      n,
    },
  };
}
