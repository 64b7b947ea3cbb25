/**
 * Takes an element of a list by turns: the first again after the last.
 *
 * @throws {RangeError} if the list is empty.
 */
export function inTurn<Item>(list: readonly Item[], turn: number): Item {
  const item = list[turn % list.length];
  if (item === undefined) throw new RangeError('Cannot take an element by turns: the list must not be empty');
  return item;
}

/** Takes the first of each list, then the second of each, and so on: a list of rounds. */
export function roundsOf<Item>(lists: readonly (readonly Item[])[]): Item[][] {
  const rounds = Math.max(0, ...lists.map(list => list.length));
  return Array.from({ length: rounds }, (_, round) => lists.flatMap(list => list.slice(round, round + 1)));
}
