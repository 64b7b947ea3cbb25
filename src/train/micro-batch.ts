import type { Block } from '../tokenize/index.ts';

/** Tokens in memory at once, unless it is said otherwise. */
const TOKENS = 4096;

/** How many of these blocks are computed at once by default: as many as hold 4,096 tokens, at least one. */
export function defaultMicroBatchSize(blocks: readonly Block[]): number {
  const length = blocks[0]?.ids.length ?? 1;
  return Math.max(1, Math.min(blocks.length, Math.floor(TOKENS / length)));
}
