import type { Estimate } from 'imitation-lab/schema';

/** `1 prompt`, `10,000 prompts`. */
export function count(n: number, noun: string): string {
  return `${n.toLocaleString('en')} ${noun}${n === 1 ? '' : 's'}`;
}

/** `0.91`, or `44.4 %` for percentages; an en dash where there is no value. */
export function measure(value: number | null, percent = false): string {
  if (value === null) return '–';
  return percent ? `${value.toFixed(1)} %` : value.toFixed(2).replace('-', '−');
}

/** `0.78 – 1.00`, the 95 % interval; empty where there is none. */
export function interval({ low, high }: Estimate, percent = false): string {
  if (low === null || high === null) return '';
  const bound = (value: number) => (percent ? value.toFixed(1) : value.toFixed(2).replace('-', '−'));
  return `${bound(low)} – ${bound(high)}`;
}
