/** A stretch of a text that is marked, for one reason. */
export interface Mark {
  start: number;
  end: number;
}

/** A stretch of a text in which the same marks hold from its first to its last code unit. */
export interface Segment<M extends Mark> {
  start: number;
  end: number;
  /** In the order in which they were given; empty for plain text. */
  marks: M[];
}

/**
 * Cuts a text of `length` code units where any mark begins or ends, so that overlapping marks can be drawn as a flat
 * row of stretches.
 *
 * @returns contiguous segments from 0 to `length`, none empty. Marks are clipped to the text.
 */
export function segments<M extends Mark>(length: number, marks: readonly M[]): Segment<M>[] {
  const inside = marks.filter(mark => mark.start < mark.end && mark.end > 0 && mark.start < length);
  const cuts = new Set([0, length]);
  for (const mark of inside) {
    cuts.add(Math.max(0, mark.start));
    cuts.add(Math.min(length, mark.end));
  }
  const points = [...cuts].sort((a, b) => a - b);

  const opening = inside.map((mark, order) => ({ mark, order })).sort((a, b) => a.mark.start - b.mark.start);
  const result: Segment<M>[] = [];
  let open: { mark: M; order: number }[] = [];
  let next = 0;
  for (let i = 0; i + 1 < points.length; i++) {
    const start = points[i] ?? 0;
    const end = points[i + 1] ?? length;
    open = open.filter(({ mark }) => mark.end > start);
    for (let entry = opening[next]; entry && entry.mark.start <= start; entry = opening[++next])
      open.push(entry);
    result.push({ start, end, marks: [...open].sort((a, b) => a.order - b.order).map(({ mark }) => mark) });
  }
  return result;
}
