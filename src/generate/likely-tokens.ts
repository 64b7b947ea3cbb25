/** A token and its log-probability in one place of a sequence, in nats: of all tokens, at temperature 1. */
export interface LikelyToken {
  id: number;
  logprob: number;
}

/** A token of a sequence. */
export interface TokenLikelihood extends LikelyToken {
  /** The most likely tokens in its place, most likely first. */
  top: readonly LikelyToken[];
}

/**
 * Computes the likelihood of a token by the logits of all, [V]; beside it the most likely ones, the lower id first of
 * equals.
 */
export function likelihoodOf(logits: Float32Array, id: number, top: number): TokenLikelihood {
  const best: number[] = [];
  const at = (id: number) => logits[id] as number;
  let highest = -Infinity;
  for (let id = 0; id < logits.length; id++) {
    highest = Math.max(highest, at(id));
    if (best.length === top && !(at(id) > at(best.at(-1) ?? 0))) continue;
    const rank = best.findIndex(other => at(id) > at(other));
    best.splice(rank < 0 ? best.length : rank, 0, id);
    best.length = Math.min(best.length, top);
  }
  let sum = 0;
  for (const logit of logits) sum += Math.exp(logit - highest);
  const total = highest + Math.log(sum);
  const likely = (id: number): LikelyToken => ({ id, logprob: at(id) - total });
  return { ...likely(id), top: best.map(likely) };
}
