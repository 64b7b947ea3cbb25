import type { EncodedDialogue } from './dialogue.ts';

/** Tokens in a block, where the model's context holds as many. */
export const BLOCK_LENGTH = 2048; // §4.1

/** A run of one dialogue's tokens in a block. */
export interface BlockSpan {
  /** Id of the dialogue. */
  id: string;
  /** Where the run starts and ends in the block. */
  start: number;
  end: number;
  /** Which token of the dialogue stands at `start`. */
  offset: number;
}

/** What a model reads at once in training: `length` tokens, what is to follow each, and where that counts. */
export interface Block {
  /** int32 [T]. */
  ids: Int32Array;
  /** int32 [T], the token after each one, across the border to the next block. */
  targets: Int32Array;
  /** uint8 [T], 1 where the target is one that the model is to learn to write. */
  mask: Uint8Array;
  /** The dialogues in it, in order; what comes after the last one is padding. */
  spans: BlockSpan[];
}

export interface PackOptions {
  /** The most tokens the model reads at once; default as many as a block has. */
  maxPositions?: number;
  /** Tokens in a block, unless the context holds fewer; default {@link BLOCK_LENGTH}. */
  length?: number;
  /**
   * `join`: dialogues follow one another and are cut into blocks wherever that falls, as the paper's training
   * code does, so that only the last block is padded. `pad`: each dialogue starts a block of its own.
   * Default `join`.
   */
  layout?: 'join' | 'pad';
  /** What stands where no dialogue does; default 0. It is masked out. */
  padding?: number;
}

/**
 * Cuts dialogues into blocks of one length, the last of them padded. No token is lost, none stands twice, and
 * each token to learn is the target of exactly one position, but for one that starts a dialogue: nothing
 * comes before it.
 *
 * @throws {RangeError} if a length is no whole number above 0.
 * @see Gudibande et al. 2023, §4.1: "we chunk the conversations into 2048 tokens blocks"
 */
export function packDialogues(
  dialogues: readonly EncodedDialogue[],
  { maxPositions = BLOCK_LENGTH, length = BLOCK_LENGTH, layout = 'join', padding = 0 }: PackOptions = {},
): Block[] {
  const size = Math.min(maxPositions, length);
  if (!Number.isInteger(size) || size < 1) {
    throw new RangeError(
      `Cannot pack dialogues: a block's length must be a whole number above 0, it is ${size}`,
    );
  }
  const rows = layout === 'join' ? [dialogues] : dialogues.map(dialogue => [dialogue]);
  return rows.flatMap(row => cutRow(row, size, padding));
}

/**
 * Cuts tokens into blocks of one length, to train a model from scratch: every token but the first is learned. The
 * last block is padded.
 *
 * @param tokens ids, such as documents one after the other.
 * @throws {RangeError} if there are fewer than two tokens, or the length is no whole number above 0.
 */
export function packTokens(tokens: ArrayLike<number>, length: number = BLOCK_LENGTH): Block[] {
  if (!(Number.isInteger(length) && length > 0) || tokens.length < 2) {
    const found = `a length of ${length} and ${tokens.length} tokens`;
    throw new RangeError(
      `Cannot cut tokens into blocks: a length above 0 and at least two tokens are required, found ${found}`,
    );
  }
  // The last token is learned, and leads to nothing.
  return Array.from({ length: Math.ceil((tokens.length - 1) / length) }, (_, index) => {
    const offset = index * length;
    const block = emptyBlock(length, 0);
    const end = Math.min(length, tokens.length - 1 - offset);
    for (let place = 0; place < end; place++) {
      block.ids[place] = tokens[offset + place] ?? 0;
      block.targets[place] = tokens[offset + place + 1] ?? 0;
    }
    block.mask.fill(1, 0, end);
    block.spans.push({ id: 'tokens', start: 0, end, offset });
    return block;
  });
}

/** Blocks of dialogues that follow one another. */
function cutRow(row: readonly EncodedDialogue[], size: number, padding: number): Block[] {
  const blocks: Block[] = [];
  let placed = 0;
  for (const { id, ids, loss } of row) {
    for (const [i, token] of ids.entries()) {
      const place = placed % size;
      const last = blocks.at(-1);
      const block = place === 0 || !last ? emptyBlock(size, padding) : last;
      if (block !== last) blocks.push(block);
      block.ids[place] = token;
      // The token before this one, which may stand in the block before, has it for its target.
      const before = place === 0 ? last : block;
      if (before) {
        const position = (place + size - 1) % size;
        before.targets[position] = token;
        // Nothing that stands before a dialogue leads to its first token.
        before.mask[position] = i === 0 ? 0 : (loss[i] ?? 0);
      }
      if (place === 0 || i === 0) block.spans.push({ id, start: place, end: place, offset: i });
      const span = block.spans.at(-1);
      if (span) span.end = place + 1;
      placed += 1;
    }
  }
  return blocks;
}

function emptyBlock(size: number, padding: number): Block {
  return {
    ids: new Int32Array(size).fill(padding),
    targets: new Int32Array(size).fill(padding),
    mask: new Uint8Array(size),
    spans: [],
  };
}
