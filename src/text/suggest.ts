/** Most edits between a word and the one that was meant, of its letters. */
const SHARE = 0.4;

/**
 * Returns the end of an error about an unknown word: `; did you mean "temperature"?`.
 *
 * @returns an empty text where no known word is like it.
 */
export function didYouMean(word: string, known: readonly string[]): string {
  const ranked = known
    .map(name => ({ name, edits: editDistance(word.toLowerCase(), name.toLowerCase()) }))
    .sort((a, b) => a.edits - b.edits);
  const [best] = ranked;
  if (best === undefined || best.edits > SHARE * Math.max(word.length, best.name.length)) return '';
  return `; did you mean ${JSON.stringify(best.name)}?`;
}

/**
 * Counts the fewest insertions, deletions, replacements and swaps of neighbours that turn one word into the other.
 */
function editDistance(from: string, to: string): number {
  let before: number[] = [];
  let above = Array.from({ length: to.length + 1 }, (_, column) => column);
  for (let row = 1; row <= from.length; row++) {
    const current = [row];
    for (let column = 1; column <= to.length; column++) {
      const same = from[row - 1] === to[column - 1];
      const swapped = from[row - 1] === to[column - 2] && from[row - 2] === to[column - 1];
      const edits = [
        cell(above, column) + 1,
        cell(current, column - 1) + 1,
        cell(above, column - 1) + (same ? 0 : 1),
      ];
      if (swapped) edits.push(cell(before, column - 2) + 1);
      current.push(Math.min(...edits));
    }
    before = above;
    above = current;
  }
  return cell(above, to.length);
}

function cell(row: readonly number[], column: number): number {
  return row[column] ?? Number.POSITIVE_INFINITY;
}
