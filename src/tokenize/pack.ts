import type { EncodedDialogue } from './dialogue.ts';

/** Tokens in a block, where the model's context holds as many. */
export const BLOCK_LENGTH = 2048; // §4.1

/** A run of one dialogue's tokens in a block. */
export interface BlockSpan {
  /** Id of the dialogue. */
  id: string;
  /** First position of the run in the block. */
  start: number;
  /** Position behind its last. */
  end: number;
  /** Index in the dialogue of the token at `start`. */
  offset: number;
}

/** Training example of T tokens, the target of each, and whether it counts in the loss. */
export interface Block {
  /** int32 [T]. */
  ids: Int32Array;
  /** int32 [T], the token after each one, across the border to the next block. */
  targets: Int32Array;
  /** uint8 [T], 1 where the target is in the loss. */
  lossMask: Uint8Array;
  /** The dialogues in it, in order; what comes after the last one is padding. */
  spans: BlockSpan[];
}

/** Options of {@link packDialogues}. */
export interface PackOptions {
  /** Tokens in the model's context; default {@link BLOCK_LENGTH}. */
  maxPositions?: number;
  /** Tokens in a block, unless the context holds fewer; default {@link BLOCK_LENGTH}. */
  sequenceLength?: number;
  /**
   * Lets dialogues follow one another, cut into blocks wherever that falls, as the paper's training code does, so
   * that only the last block is padded; or else each starts a block of its own. Default true.
   */
  packing?: boolean;
  /** Id of the padding token, which is masked out of the loss; default 0. */
  padding?: number;
}

/**
 * Cuts dialogues into blocks of one length, the last of them padded. Each token occurs once, and each token in the
 * loss is the target of exactly one position; a dialogue's first token is in no loss, since nothing precedes it.
 *
 * @throws {RangeError} if a length is no whole number above 0.
 * @see Gudibande et al. 2023, §4.1: "we chunk the conversations into 2048 tokens blocks"
 * @example
 * // Given dialogues, tokenizer.
 * packDialogues(dialogues.map(one => encodeDialogue(one, tokenizer)), { sequenceLength: 64 }).length // 2
 */
export function packDialogues(
  dialogues: readonly EncodedDialogue[],
  {
    maxPositions = BLOCK_LENGTH,
    sequenceLength = BLOCK_LENGTH,
    packing = true,
    padding = 0,
  }: PackOptions = {},
): Block[] {
  const length = Math.min(maxPositions, sequenceLength);
  if (!Number.isInteger(length) || length < 1) {
    throw new RangeError(
      `Cannot pack dialogues: sequenceLength must be a whole number above 0, got ${length}`,
    );
  }
  const rows = packing ? [dialogues] : dialogues.map(dialogue => [dialogue]);
  return rows.flatMap(row => cutRow(row, length, padding));
}

/**
 * Cuts tokens into blocks of one length, to train a model from scratch: every token but the first is in the loss. The
 * last block is padded.
 *
 * @param tokens ids, such as documents one after the other.
 * @throws {RangeError} if there are fewer than two tokens, or the length is no whole number above 0.
 */
export function packTokens(tokens: ArrayLike<number>, sequenceLength: number = BLOCK_LENGTH): Block[] {
  if (!(Number.isInteger(sequenceLength) && sequenceLength > 0) || tokens.length < 2) {
    const found = `a sequenceLength of ${sequenceLength} and ${tokens.length} tokens`;
    throw new RangeError(
      `Cannot cut tokens into blocks: a sequenceLength above 0 and at least two tokens are required, got ${found}`,
    );
  }
  // The last token is a target only.
  return Array.from({ length: Math.ceil((tokens.length - 1) / sequenceLength) }, (_, index) => {
    const offset = index * sequenceLength;
    const block = emptyBlock(sequenceLength, 0);
    const end = Math.min(sequenceLength, tokens.length - 1 - offset);
    for (let position = 0; position < end; position++) {
      block.ids[position] = tokens[offset + position] ?? 0;
      block.targets[position] = tokens[offset + position + 1] ?? 0;
    }
    block.lossMask.fill(1, 0, end);
    block.spans.push({ id: 'tokens', start: 0, end, offset });
    return block;
  });
}

/** Cuts dialogues that follow one another into blocks. */
function cutRow(row: readonly EncodedDialogue[], length: number, padding: number): Block[] {
  const blocks: Block[] = [];
  let placed = 0;
  for (const { id, ids, lossMask } of row) {
    for (const [i, token] of ids.entries()) {
      const position = placed % length;
      const last = blocks.at(-1);
      const block = position === 0 || !last ? emptyBlock(length, padding) : last;
      if (block !== last) blocks.push(block);
      block.ids[position] = token;
      // The token is the target of the one before it, which may be the last of the previous block.
      const previous = position === 0 ? last : block;
      if (previous) {
        const before = (position + length - 1) % length;
        previous.targets[before] = token;
        // A dialogue's first token cannot be predicted from the dialogue before.
        previous.lossMask[before] = i === 0 ? 0 : (lossMask[i] ?? 0);
      }
      if (position === 0 || i === 0) block.spans.push({ id, start: position, end: position, offset: i });
      const span = block.spans.at(-1);
      if (span) span.end = position + 1;
      placed += 1;
    }
  }
  return blocks;
}

function emptyBlock(length: number, padding: number): Block {
  return {
    ids: new Int32Array(length).fill(padding),
    targets: new Int32Array(length).fill(padding),
    lossMask: new Uint8Array(length),
    spans: [],
  };
}
