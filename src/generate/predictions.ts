import * as tf from '@tensorflow/tfjs';
import { type Model, network } from '../model/index.ts';

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

/** Logits that are in memory at a time, 64 MiB of them: those of a batch of long sequences would not fit. */
const LOGITS = 2 ** 24;

/**
 * How likely tokens are to come next.
 *
 * @param x the residual stream behind the last block, float32 [P, D]; it stays the caller's.
 * @param asked tokens, and behind which of the P places; what is asked of one place is computed once.
 * @param top how many of the most likely tokens to tell in each place.
 */
export async function predictions(
  model: Model,
  x: tf.Tensor2D,
  asked: readonly { id: number; place: number }[],
  top: number,
): Promise<TokenLikelihood[]> {
  const places = [...new Set(asked.map(({ place }) => place))];
  const step = Math.max(1, Math.floor(LOGITS / model.config.vocabulary));
  const found = Array<TokenLikelihood>(asked.length);
  for (let start = 0; start < places.length; start += step) {
    const some = places.slice(start, start + step);
    const rowOf = new Map(some.map((place, row) => [place, row]));
    const tokens = [...asked.entries()].flatMap(([index, { id, place }]) => {
      const row = rowOf.get(place);
      return row === undefined ? [] : { index, id, row };
    });
    const { logprobs, tops } = await predict(model, x, some, tokens, top);
    for (const [i, { index, id, row }] of tokens.entries())
      found[index] = { id, logprob: logprobs[i] as number, top: tops[row] ?? [] };
  }
  return found;
}

/** Log-probabilities of tokens behind rows of `x`, and the most likely ones behind each row. */
async function predict(
  { config, weights }: Model,
  x: tf.Tensor2D,
  rows: number[],
  tokens: readonly { id: number; row: number }[],
  top: number,
): Promise<{ logprobs: ArrayLike<number>; tops: LikelyToken[][] }> {
  const { vocabulary } = config;
  const [own, best, ids] = tf.tidy(() => {
    const stream = tf.expandDims<tf.Tensor3D>(tf.gather(x, rows));
    const logits = tf.reshape(network(config).logits(weights, stream), [rows.length, vocabulary]);
    const total = tf.logSumExp(logits, 1, true);
    const places = tokens.map(({ id, row }) => row * vocabulary + id);
    const picked = tf.gather(tf.reshape(logits, [-1]), places);
    const totals = tf.gather(
      tf.reshape(total, [-1]),
      tokens.map(({ row }) => row),
    );
    const { values, indices } = tf.topk(logits, Math.max(1, top));
    return [tf.sub(picked, totals), tf.sub(values, total), indices];
  }) as [tf.Tensor, tf.Tensor, tf.Tensor];
  const [logprobs, scores, order] = await Promise.all([own.data(), best.data(), ids.data()]);
  tf.dispose([own, best, ids]);
  const width = Math.max(1, top);
  const tops = rows.map((_, row) =>
    Array.from({ length: top }, (_, rank) => ({
      id: order[row * width + rank] as number,
      logprob: scores[row * width + rank] as number,
    })),
  );
  return { logprobs, tops };
}

/** How likely a token is by the logits of all, [V]; beside it the most likely ones, the lower id first of equals. */
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
