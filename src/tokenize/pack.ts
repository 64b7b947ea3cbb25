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
  /**
   * int32 [T], the position of each token in its run, where runs do not see one another: a token attends to those of
   * its own run only. Without it, each token attends to all before it in the block.
   */
  positions?: Int32Array;
  /** The dialogues in it, in order; what comes after the last one is padding. */
  spans: BlockSpan[];
}

/** Options of {@link packDialogues}. */
export interface PackOptions {
  /** Tokens in the model's context; default {@link BLOCK_LENGTH}. */
  maxPositions?: number;
  /** Tokens in a block, unless the context holds fewer; default {@link BLOCK_LENGTH}. */
  sequenceLength?: number;
  /** Puts several dialogues into a block; or else each starts a block of its own. Default true. */
  packing?: boolean;
  /**
   * Lets packed dialogues follow one another, cut into blocks wherever that falls, and attend to those before them in
   * the block, as the paper's training code does. Default false: a dialogue is cut only where it is longer than a
   * block, and its loss is the same in a block with others as alone.
   */
  crossAttention?: boolean;
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
    crossAttention = false,
    padding = 0,
  }: PackOptions = {},
): Block[] {
  const length = Math.min(maxPositions, sequenceLength);
  if (!Number.isInteger(length) || length < 1) {
    throw new RangeError(
      `Cannot pack dialogues: sequenceLength must be a whole number above 0, got ${length}`,
    );
  }
  if (packing && crossAttention) return cutRow(dialogues, length, padding);
  const separate = dialogues.flatMap(dialogue => cutRow([dialogue], length, padding));
  return packing ? bestFit(separate, length).map(blocks => joinBlocks(blocks, length, padding)) : separate;
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

/** Number of a block's tokens before its padding. */
function filledOf({ spans }: Block): number {
  return spans.at(-1)?.end ?? 0;
}

/**
 * Groups blocks that fit into one, the longest first, each where the least room is left behind it.
 *
 * @see Ding et al. 2024, Fewer Truncations Improve Language Modeling: best-fit packing
 */
function bestFit(blocks: readonly Block[], length: number): Block[][] {
  const groups: Block[][] = [];
  /** Groups by the room that is left in them. */
  const byRoom: Block[][][] = Array.from({ length: length + 1 }, () => []);
  const longestFirst = blocks.toSorted((a, b) => filledOf(b) - filledOf(a));
  for (const block of longestFirst) {
    const filled = filledOf(block);
    const room = byRoom.findIndex((open, left) => left >= filled && open.length > 0);
    const found = room < 0 ? undefined : byRoom[room]?.pop();
    const group = found ?? [];
    if (!found) groups.push(group);
    group.push(block);
    byRoom[(found ? room : length) - filled]?.push(group);
  }
  return groups;
}

/** Joins the tokens of blocks in one block, in which they do not see one another. */
function joinBlocks(blocks: readonly Block[], length: number, padding: number): Block {
  const joined = emptyBlock(length, padding);
  const positions = new Int32Array(length);
  let end = 0;
  for (const block of blocks) {
    const filled = filledOf(block);
    joined.ids.set(block.ids.subarray(0, filled), end);
    joined.targets.set(block.targets.subarray(0, filled), end);
    joined.lossMask.set(block.lossMask.subarray(0, filled), end);
    for (let i = 0; i < filled; i++) positions[end + i] = i;
    for (const span of block.spans)
      joined.spans.push({ ...span, start: end + span.start, end: end + span.end });
    end += filled;
  }
  for (let i = end; i < length; i++) positions[i] = i - end;
  return { ...joined, positions };
}

function emptyBlock(length: number, padding: number): Block {
  return {
    ids: new Int32Array(length).fill(padding),
    targets: new Int32Array(length).fill(padding),
    lossMask: new Uint8Array(length),
    spans: [],
  };
}
