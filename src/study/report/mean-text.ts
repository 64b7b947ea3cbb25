import { type StudyMean, unitOf } from './study-means.ts';

/** Writes a mean in its measure's unit, with its interval: shares in percent; a dash where there is none. */
export function meanText(
  measure: string,
  found: Pick<StudyMean, 'value' | 'low' | 'high'> | undefined,
): string {
  if (found === undefined || found.value === null) return '–';
  const { value, low, high } = found;
  const [scale, digits] = FORMS[unitOf(measure)];
  const text = (number: number) => (scale * number).toFixed(digits).replace('-', '−');
  return low === null || high === null ? text(value) : `${text(value)} [${text(low)}, ${text(high)}]`;
}

/** Factors of values in a unit, and their digits. */
const FORMS: Readonly<Record<ReturnType<typeof unitOf>, [scale: number, digits: number]>> = {
  share: [100, 1],
  percent: [1, 1],
  correlation: [1, 2],
  difference: [1, 2],
  nats: [1, 2],
};
