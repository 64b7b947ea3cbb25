import type { Evidence } from '../schema.ts';

/**
 * Colours that stay apart for colour-blind readers, in print, and on light and dark. Where several sets of records
 * are evidence of one kind, each has its own.
 *
 * @see Okabe and Ito 2008
 */
const COLOURS: Readonly<Record<Evidence, readonly string[]>> = {
  reported: ['#8c8c8c'],
  public: ['#0072b2', '#009e73', '#cc79a7', '#56b4e9'],
  live: ['#d55e00', '#e69f00'],
};

/** One colour for each set of records, by its kind of evidence. */
export function coloursOf(evidence: readonly Evidence[]): string[] {
  return evidence.map((kind, index) => {
    const before = evidence.slice(0, index).filter(other => other === kind).length;
    const colours = COLOURS[kind];
    return colours[before % colours.length] ?? '';
  });
}
