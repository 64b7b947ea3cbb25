import { setImmediate } from 'node:timers/promises';
import { contextLength, type Model } from '../model/index.ts';
import { runningSignal } from '../notebook/index.ts';
import { ready } from './inference.ts';
import type { LikelyToken, TokenLikelihood } from './likely-tokens.ts';
import { offsetOf, prefixTrees, type Tree } from './prefix-trees.ts';
import type { Target } from './scoring.ts';

/** A sequence of which the end is scored. */
export interface ScoredSequence {
  /** The whole sequence. */
  ids: readonly number[];
  /** The first token that counts, at least 1: the first of a sequence has no probability. */
  from: number;
}

/** The end of a sequence. */
export interface SequenceLikelihoods {
  /** Each token that counts. */
  tokens: TokenLikelihood[];
  /** The most likely tokens behind the last, most likely first; empty unless asked for. */
  next: readonly LikelyToken[];
}

/** Options of {@link tokenLikelihoods}. */
export interface TokenLikelihoodsOptions {
  /** Sequences read side by side; default 8. */
  batch?: number | undefined;
  /** Number of the most likely tokens to report in each place; default 0. */
  top?: number | undefined;
  /** Reports as many of those that may follow the last token; default false. */
  next?: boolean | undefined;
  /** Stops everything; default the signal of the notebook cell that is running. */
  signal?: AbortSignal | undefined;
}

/**
 * Computes the likelihood of each token at the end of each sequence after those before it. What neighbours begin with
 * is read once for up to a batch of them; those of like length are read side by side.
 *
 * @param model what {@link inference} made of one keeps its compiled steps for the next call.
 * @returns a row a sequence, in their order.
 * @throws {RangeError} if a sequence is longer than the model's context, counts from its first token, holds an
 *   unknown id, or is empty where `next` is asked for; or if an option is out of range.
 * @throws the signal's reason, once it is aborted.
 * @example
 * // Given model, tokenizer.
 * const [row] = await tokenLikelihoods(model, [{ ids: tokenizer.encode('The dog barks'), from: 1 }], { top: 5 })
 */
export async function tokenLikelihoods(
  model: Model,
  sequences: readonly ScoredSequence[],
  options: TokenLikelihoodsOptions = {},
): Promise<SequenceLikelihoods[]> {
  const { batch = 8, top = 0, next = false, signal = runningSignal() } = options;
  const { vocabSize } = model.config;
  requireInteger('batch', batch, 1, Infinity);
  requireInteger('top', top, 0, vocabSize);
  for (const [number, sequence] of sequences.entries()) requireSequence(model, sequence, next, number);
  // The last token predicts nothing that counts, unless what follows it is asked for.
  const read = sequences.map(({ ids, from }) => {
    if (next) return ids;
    return from < ids.length ? ids.slice(0, -1) : [];
  });
  const found = sequences.map((): SequenceLikelihoods => ({ tokens: [], next: [] }));
  const { run, free } = ready(model);
  try {
    const all = prefixTrees(read, batch, contextLength(model.config), run.scoring.variantOf);
    for (const trees of batches(all, batch)) {
      signal?.throwIfAborted();
      const asked = targetsOf(trees, sequences, next);
      const targets = asked.flatMap(({ targets }) => targets);
      const likelihoods = await run.scoring.likelihoods(trees, targets, top);
      for (const { sequence, targets } of asked) {
        const tokens = likelihoods.splice(0, targets.length);
        found[sequence] = { next: next ? (tokens.pop()?.top ?? []) : [], tokens };
      }
      // An abort that waits in the event loop is heard between batches.
      await setImmediate();
    }
    return found;
  } finally {
    free();
  }
}

function requireInteger(name: string, value: number, least: number, most: number): void {
  if (Number.isInteger(value) && value >= least && value <= most) return;
  const range = most === Infinity ? `of at least ${least}` : `from ${least} to ${most}`;
  throw new RangeError(`Cannot score: ${name} must be an integer ${range}, found ${value}`);
}

function requireSequence(
  { config }: Model,
  { ids, from }: ScoredSequence,
  next: boolean,
  number: number,
): void {
  const fail = (required: string, found: unknown): never => {
    throw new RangeError(`Cannot score sequence ${number}: ${required}, found ${found}`);
  };
  const { vocabSize } = config;
  const context = contextLength(config);
  if (ids.length > context) fail(`at most ${context} tokens are allowed, the model’s context`, ids.length);
  if (next && ids.length === 0) fail('a token is required before the next', 'none');
  if (!(Number.isInteger(from) && from >= 1))
    fail('a token before those that count is required', `from ${from}`);
  const unknown = ids.find(id => !(Number.isInteger(id) && id >= 0 && id < vocabSize));
  if (unknown !== undefined) fail(`ids below ${vocabSize} are required`, unknown);
}

/** Trees of like length together, as many as hold `most` sequences. */
function batches(trees: readonly Tree[], most: number): Tree[][] {
  const cut: Tree[][] = [];
  let room = 0;
  for (const tree of [...trees].sort((a, b) => b.ids.length - a.ids.length)) {
    const { length } = tree.members;
    if (length > room) {
      cut.push([]);
      room = most;
    }
    cut.at(-1)?.push(tree);
    room -= length;
  }
  return cut;
}

/** Lists the targets of each sequence in a batch of trees. */
function targetsOf(
  trees: readonly Tree[],
  sequences: readonly ScoredSequence[],
  next: boolean,
): { sequence: number; targets: Target[] }[] {
  return trees.flatMap(({ members }, row) =>
    members.map(member => {
      const { ids, from } = sequences[member.sequence] as ScoredSequence;
      const targetAt = (id: number, position: number): Target => ({
        id,
        row,
        after: offsetOf(member, position - 1),
      });
      const targets = ids.slice(from).map((id, index) => targetAt(id, from + index));
      // Behind the last token, any id brings those that are most likely there.
      return { sequence: member.sequence, targets: next ? [...targets, targetAt(0, ids.length)] : targets };
    }),
  );
}
