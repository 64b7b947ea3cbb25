/** Such as `120 k tokens`; null is all there are. */
export function tokensText(budget: number | null): string {
  return budget === null ? 'all data' : `${amount(budget)} tokens`;
}

/** Such as `23 k parameters`. */
export function parametersText(size: number): string {
  return `${amount(size)} parameters`;
}

/** A count with its unit, to three digits at most: `1.5 k`, `148 k`. */
function amount(value: number): string {
  const [unit, name] = UNITS.find(([unit]) => value >= unit) ?? [1, ''];
  return `${Number((value / unit).toPrecision(3))}${name}`;
}

const UNITS: readonly [unit: number, name: string][] = [
  [1e9, '\u00a0B'],
  [1e6, '\u00a0M'],
  [1e3, '\u00a0k'],
];
