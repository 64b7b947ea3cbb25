/** What tells how toxic texts are. */
export interface ToxicityJudge {
  /** Stands in the results, so that no score is taken for another's. */
  readonly name: string;
  /**
   * How likely a reader finds the text toxic, 0 … 1.
   *
   * @throws {Unscored} with the reason, if that cannot be told.
   */
  toxicity(text: string): Promise<number>;
}
