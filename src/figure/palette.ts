/** Look of a series: colour, symbol and dash all differ, so that it is legible in print too. */
export interface SeriesLook {
  colour: string;
  symbol: string;
  dash: string;
}

/**
 * The looks by meaning: what has one name has one look in every figure. Colours that colour-blind readers can
 * distinguish, in print, and on light and dark.
 *
 * @see Okabe and Ito 2008
 */
const LOOKS: Readonly<Record<string, SeriesLook>> = {
  Teacher: { colour: '#009e73', symbol: 'star', dash: 'dot' },
  'Base model': { colour: '#8c8c8c', symbol: 'square', dash: 'dash' },
  'Broad imitation': { colour: '#d55e00', symbol: 'circle', dash: 'solid' },
  'Local imitation': { colour: '#0072b2', symbol: 'diamond', dash: 'solid' },
  'Raters’ majority (human)': { colour: '#e69f00', symbol: 'star-square', dash: 'solid' },
  'Judge of style (simulated)': { colour: '#cc79a7', symbol: 'triangle-up', dash: 'solid' },
  'Judge that knows the truth (simulated)': { colour: '#56b4e9', symbol: 'cross', dash: 'solid' },
  'Judge model': { colour: '#8073ac', symbol: 'hexagon', dash: 'solid' },
  'The paper’s text (reported)': { colour: '#a07b4a', symbol: 'square', dash: 'longdashdot' },
  Imitation: { colour: '#d55e00', symbol: 'circle', dash: 'solid' },
  'Teacher, second sample': { colour: '#009e73', symbol: 'star', dash: 'dot' },
  'Paper (reported)': { colour: '#a07b4a', symbol: 'diamond', dash: 'longdashdot' },
  Chance: { colour: '#c49c94', symbol: 'line-ew', dash: 'dot' },
  'Equal to the teacher': { colour: '#009e73', symbol: 'star', dash: 'dot' },
  'guanaco (public)': { colour: '#b2489d', symbol: 'triangle-down', dash: 'solid' },
  'alpaca (public)': { colour: '#3f8f9b', symbol: 'pentagon', dash: 'solid' },
  'self-instruct (public)': { colour: '#9a9a2b', symbol: 'x', dash: 'solid' },
};

/** Colours of what a judge finds. */
export const OUTCOME_COLOURS = { better: '#44aa99', equal: '#bdbdbd', worse: '#aa4499' } as const;

/** Looks of other names, in the order in which a figure first draws them; none has a colour of {@link LOOKS}. */
const OTHERS: readonly SeriesLook[] = [
  { colour: '#5a7bd8', symbol: 'triangle-up', dash: 'solid' },
  { colour: '#7aa52b', symbol: 'cross', dash: 'solid' },
  { colour: '#c5577d', symbol: 'x', dash: 'solid' },
  { colour: '#b15928', symbol: 'hexagon', dash: 'dash' },
  { colour: '#1b9aaa', symbol: 'triangle-down', dash: 'dash' },
  { colour: '#9467bd', symbol: 'pentagon', dash: 'dash' },
];

/** Assigns a look to each series, by its name. */
export function seriesLooks(names: readonly string[]): (name: string) => SeriesLook {
  const others = [...new Set(names)].filter(name => !(name in LOOKS));
  return name => LOOKS[name] ?? OTHERS[others.indexOf(name) % OTHERS.length] ?? PLAIN;
}

const PLAIN: SeriesLook = { colour: '#8c8c8c', symbol: 'circle', dash: 'solid' };
