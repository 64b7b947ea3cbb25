/** Number of items of each ability. */
export interface AbilityCounts {
  facts: number;
  sums: number;
  programs: number;
  summaries: number;
  /** Beginnings of toxic talk. */
  toxicity: number;
}
