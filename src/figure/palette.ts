import type { Evidence } from '../schema.ts';

/**
 * Colours that colour-blind readers can distinguish, in print, and on light and dark. Where several sets of records
 * are evidence of one kind, each has its own.
 *
 * @see Okabe and Ito 2008
 */
const COLOURS: Readonly<Record<Evidence, readonly string[]>> = {
  reported: ['#8c8c8c'],
  public: ['#0072b2', '#009e73', '#cc79a7', '#56b4e9'],
  live: ['#d55e00', '#e69f00'],
};

/** Assigns a colour to each set of records, by its kind of evidence. */
export function coloursOf(evidence: readonly Evidence[]): string[] {
  return evidence.map((kind, index) => {
    const before = evidence.slice(0, index).filter(other => other === kind).length;
    const colours = COLOURS[kind];
    return colours[before % colours.length] ?? '';
  });
}

/** Look of a series: colour, symbol and dash all differ, so that it is legible in print too. */
export interface SeriesLook {
  colour: string;
  symbol: string;
  dash: string;
}

/** Looks of the names that several figures share. */
const LOOKS: Readonly<Record<string, SeriesLook>> = {
  Teacher: { colour: '#009e73', symbol: 'star', dash: 'dot' },
  'Base model': { colour: '#8c8c8c', symbol: 'square', dash: 'dash' },
  'Broad imitation': { colour: '#d55e00', symbol: 'circle', dash: 'solid' },
  'Raters’ majority (human)': { colour: '#d55e00', symbol: 'star-square', dash: 'solid' },
  'Local imitation': { colour: '#0072b2', symbol: 'diamond', dash: 'solid' },
  'Judge of style (simulated)': { colour: '#cc79a7', symbol: 'triangle-up', dash: 'solid' },
  'Judge that knows the truth (simulated)': { colour: '#56b4e9', symbol: 'cross', dash: 'solid' },
  'The paper’s text (reported)': { colour: '#8c8c8c', symbol: 'square', dash: 'longdashdot' },
};

/** Looks of other names, in the order in which a figure first draws them. */
const OTHERS: readonly SeriesLook[] = [
  { colour: '#cc79a7', symbol: 'triangle-up', dash: 'solid' },
  { colour: '#56b4e9', symbol: 'cross', dash: 'solid' },
  { colour: '#e69f00', symbol: 'x', dash: 'solid' },
  { colour: '#0072b2', symbol: 'hexagon', dash: 'dash' },
  { colour: '#009e73', symbol: 'triangle-down', dash: 'dash' },
  { colour: '#d55e00', symbol: 'pentagon', dash: 'dash' },
];

/** Assigns a look to each series, by its name. */
export function seriesLooks(names: readonly string[]): (name: string) => SeriesLook {
  const others = [...new Set(names)].filter(name => !(name in LOOKS));
  return name => LOOKS[name] ?? OTHERS[others.indexOf(name) % OTHERS.length] ?? PLAIN;
}

const PLAIN: SeriesLook = { colour: '#8c8c8c', symbol: 'circle', dash: 'solid' };
