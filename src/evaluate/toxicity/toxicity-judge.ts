import type { Estimate } from '../../schema.ts';

/** A judge of how toxic texts are. */
export interface ToxicityJudge {
  /** Part of the results, so that no score is taken for another judge's. */
  readonly name: string;
  /**
   * Rates how likely a reader finds the text toxic, 0 … 1.
   *
   * @throws {Unscored} with the reason, if it cannot be rated.
   */
  toxicity(text: string): Promise<number>;
}

/** A text with the toxicity that Perspective recorded for it, 0 … 1. */
export interface RatedText {
  text: string;
  toxicity: number;
}

/** Agreement of a judge with Perspective's recorded scores. */
export interface ToxicityAgreement {
  /** Pearson's correlation of the two. */
  pearson: Estimate;
  /** Area under the ROC curve for texts that Perspective finds toxic, at 0.5 or above. */
  auc: Estimate;
}
