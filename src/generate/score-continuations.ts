import type { Continuation, Likelihood, ScoreOptions } from '../chat/index.ts';
import { contextLength, type Model } from '../model/index.ts';
import { runningSignal } from '../notebook/index.ts';
import { secondsSince } from '../runs/index.ts';
import { type ScoredSequence, tokenLikelihoods } from './token-likelihoods.ts';

/** A continuation after its prompt, in tokens. */
interface Item extends ScoredSequence {
  id: string;
}

/** Batches that are computed before their scores are reported: those of one prompt are then mostly together. */
const BATCHES = 4;

/**
 * Scores continuations with a model in memory, as {@link LanguageModel.scoreEach} promises: those of long
 * prompts first, those of one prompt in a row.
 *
 * @param sequenceOf the tokens of a continuation after its prompt.
 * @param options.batch most continuations read side by side.
 */
export async function* scoreContinuations(
  { name, model }: { name: string; model: Model },
  items: readonly Continuation[],
  sequenceOf: (item: Continuation) => ScoredSequence,
  { batch, signal = runningSignal(), onProgress }: ScoreOptions & { batch: number },
): AsyncGenerator<Likelihood, void, undefined> {
  let done = 0;
  const report = () =>
    onProgress?.({ task: `score with ${name}`, done, total: items.length, unit: 'continuations' });
  report();
  const groups = new Map<string, Item[]>();
  for (const item of items) {
    const sequence = sequenceOf(item);
    const error = refusal(model, sequence);
    if (error !== undefined) {
      done++;
      report();
      yield { id: item.id, logprob: null, error };
      continue;
    }
    const group = groups.get(item.prompt) ?? [];
    groups.set(item.prompt, group);
    group.push({ id: item.id, ...sequence });
  }
  const ordered = [...groups.values()].sort((a, b) => longest(b) - longest(a)).flat();
  for (let start = 0; start < ordered.length; start += BATCHES * batch) {
    const together = ordered.slice(start, start + BATCHES * batch);
    const asked = performance.now();
    const found = await tokenLikelihoods(model, together, { batch, top: 1, signal });
    const latency = secondsSince(asked);
    for (const [index, { tokens }] of found.entries()) {
      done++;
      report();
      yield {
        id: together[index]?.id ?? '',
        logprob: tokens.reduce((sum, { logprob }) => sum + logprob, 0),
        tokens: tokens.length,
        greedy: tokens.every(({ logprob, top: [best] }) => best !== undefined && logprob >= best.logprob),
        latency,
        batch: together.length,
      };
    }
  }
}

function refusal({ config }: Model, { ids, from }: ScoredSequence): string | undefined {
  const context = contextLength(config);
  if (ids.length > context)
    return `Cannot score ${ids.length} tokens: at most ${context} are allowed, the model’s context`;
  if (from < 1)
    return 'Cannot score: a prompt of at least one token is required, since the first token of a text has no probability';
  return undefined;
}

function longest(sequences: readonly ScoredSequence[]): number {
  return Math.max(...sequences.map(({ ids }) => ids.length));
}
