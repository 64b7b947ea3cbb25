/**
 * Computes the length of the longest sequence of tokens that both texts hold in order, with gaps. Time grows with the
 * product of the lengths, memory with the second.
 */
export function commonSubsequence(a: readonly string[], b: readonly string[]): number {
  const ids = new Map<string, number>();
  const idOf = (token: string) => {
    const id = ids.get(token) ?? ids.size;
    ids.set(token, id);
    return id;
  };
  const left = Int32Array.from(a, idOf);
  const right = Int32Array.from(b, idOf);
  // Of the tokens of `left` read so far: the length with the first j tokens of `right`, at j.
  const lengths = new Int32Array(right.length + 1);
  for (const token of left) {
    let before = 0;
    for (let j = 1; j <= right.length; j++) {
      const above = lengths[j] as number;
      lengths[j] = right[j - 1] === token ? before + 1 : Math.max(above, lengths[j - 1] as number);
      before = above;
    }
  }
  return lengths[right.length] as number;
}
