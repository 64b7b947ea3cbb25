/** Numbers behind a point: of items, null where a source prints none, and of seeds, null where there are none. */
export interface Counts {
  n: number | null;
  seeds: number | null;
}

/** Characters of a line of a caption, which a narrow cell holds. */
const LINE = 115;

/**
 * States the numbers of items and seeds behind points: `n 300 a point, over 3 seeds`; ranges where they differ.
 *
 * @param unit of what n counts for, such as `a point`.
 * @returns an empty text where no point has an n.
 */
export function countsText(points: readonly Counts[], unit = 'a point'): string {
  const items = rangeText(points.flatMap(({ n }) => n ?? []));
  const seeds = points.flatMap(({ seeds }) => seeds ?? []);
  if (items === '') return '';
  const over =
    seeds.length === 0 ? '' : `, over ${rangeText(seeds)} ${Math.max(...seeds) === 1 ? 'seed' : 'seeds'}`;
  return `n ${items} ${unit}${over}`;
}

/** Formats the least and the largest of some counts: `80`, or `77 to 80`. */
export function rangeText(counts: readonly number[]): string {
  if (counts.length === 0) return '';
  const ends = new Set([Math.min(...counts), Math.max(...counts)]);
  return [...ends].map(count => count.toLocaleString('en')).join(' to ');
}

/** States what the bars of a figure are; of points without an interval nothing. */
export function intervalText(points: readonly (Counts & { low: number | null })[], bars = 'Bars'): string {
  const own = points.filter(({ low }) => low !== null);
  if (own.length === 0) return '';
  const seeded = own.filter(({ seeds }) => (seeds ?? 0) > 1).length;
  const over = seeded === 0 ? 'items' : seeded === own.length ? 'seeds' : 'seeds, where there are several';
  return `${bars}: 95\u00a0% intervals over ${over}`;
}

/** Joins sentences of a caption; empty ones are left out. */
export function sentences(...parts: readonly (string | undefined)[]): string {
  return parts
    .filter(part => part !== undefined && part !== '')
    .map(part => (/[.:;!?]$/.test(part ?? '') ? part : `${part}.`))
    .join(' ');
}

/** Breaks a caption into lines. */
export function wrapped(caption: string): string[] {
  const lines: string[] = [];
  for (const word of caption.split(' ').filter(part => part !== '')) {
    const last = lines.at(-1);
    if (last === undefined || last.length + 1 + word.length > LINE) lines.push(word);
    else lines[lines.length - 1] = `${last} ${word}`;
  }
  return lines;
}
