/** Sequences that begin alike, one after the other in a row: first what they share, then the rest of each. */
export interface Tree {
  ids: readonly number[];
  /** Position of each token in its sequence. */
  positions: readonly number[];
  /** Sequence that each token belongs to, counted from 1; 0 for what they share. */
  branches: readonly number[];
  members: readonly Member[];
}

/** A sequence in a tree. */
export interface Member {
  /** Its number among all that were given. */
  sequence: number;
  /** Tokens that it shares with the others. */
  shared: number;
  /** Offset in the row at which the rest of it begins. */
  start: number;
}

/** Returns the offset in the row of a sequence's token at `position`. */
export function offsetOf({ shared, start }: Member, position: number): number {
  return position < shared ? position : start + position - shared;
}

/** A tree is joined if that leaves out at least this share of the tokens. */
const WORTH = 1 / 4;

/**
 * Lays sequences out so that what neighbours begin with is read once. Empty ones are left out.
 *
 * @param members most sequences of a tree.
 * @param longest most tokens of a tree of several.
 * @param variantOf returns the same for the lengths of sequences that may share a tree; default all may.
 */
export function prefixTrees(
  sequences: readonly (readonly number[])[],
  members: number,
  longest: number,
  variantOf: (length: number) => number = () => 0,
): Tree[] {
  const trees: Tree[] = [];
  let group: number[] = [];
  let shared = 0;
  const close = () => {
    if (group.length > 0) trees.push(treeOf(sequences, group, shared));
  };
  for (const [number, ids] of sequences.entries()) {
    if (ids.length === 0) continue;
    const first = sequences[group[0] ?? number] ?? [];
    const common = sharedLength(first, ids, shared);
    const rests = (numbers: readonly number[], prefix: number) =>
      numbers.reduce((sum, at) => sum + (sequences[at]?.length ?? 0) - prefix, prefix);
    const apart = rests(group, shared) + ids.length;
    const joined = rests([...group, number], common);
    const alike = variantOf(first.length) === variantOf(ids.length);
    const fits = alike && group.length < members && joined <= longest;
    if (group.length > 0 && fits && joined <= (1 - WORTH) * apart) {
      group.push(number);
      shared = common;
    } else {
      close();
      group = [number];
      shared = ids.length;
    }
  }
  close();
  return trees;
}

/** Counts the first tokens that are the same, at most `most`. */
function sharedLength(a: readonly number[], b: readonly number[], most: number): number {
  let length = 0;
  while (length < Math.min(most, a.length, b.length) && a[length] === b[length]) length++;
  return length;
}

function treeOf(sequences: readonly (readonly number[])[], group: readonly number[], shared: number): Tree {
  const prefix = sequences[group[0] ?? 0]?.slice(0, shared) ?? [];
  const ids = [...prefix];
  const positions = prefix.map((_, at) => at);
  const branches = prefix.map(() => 0);
  const members = group.map((sequence, branch): Member => {
    const start = ids.length;
    for (const [at, id] of (sequences[sequence] ?? []).slice(shared).entries()) {
      ids.push(id);
      positions.push(shared + at);
      branches.push(branch + 1);
    }
    return { sequence, shared, start };
  });
  return { ids, positions, branches, members };
}
