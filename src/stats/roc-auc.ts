/**
 * Computes the area under the ROC curve: how often an item of the class scores above one that is not in it, ties
 * counting half. Null unless there are items of both kinds.
 *
 * @param positive whether each item is of the class.
 * @throws {RangeError} if the lengths differ.
 * @see Hanley and McNeil 1982, The Meaning and Use of the Area under a ROC Curve
 */
export function rocAuc(scores: readonly number[], positive: readonly boolean[]): number | null {
  if (scores.length !== positive.length)
    throw new RangeError(
      `Cannot take the area under a ROC curve: as many scores as classes are required, found ${scores.length} and ${positive.length}`,
    );
  const order = scores.map((_, index) => index).sort((a, b) => (scores[a] ?? 0) - (scores[b] ?? 0));
  let below = 0;
  let area = 0;
  for (let first = 0; first < order.length; ) {
    let end = first;
    while (end < order.length && scores[order[end] ?? 0] === scores[order[first] ?? 0]) end++;
    const tied = order.slice(first, end);
    const within = tied.filter(index => positive[index]).length;
    area += within * (below + (tied.length - within) / 2);
    below += tied.length - within;
    first = end;
  }
  const members = positive.filter(Boolean).length;
  return members === 0 || below === 0 ? null : area / (members * below);
}
