import type { Estimate } from '../schema.ts';

/** An estimate of which n may be stated elsewhere. */
type Shown = Omit<Estimate, 'n'> & { n?: number };

/** Formats a number with at most three significant digits, without an exponent; `–` of none. */
export function number3(value: number | null): string {
  if (value === null) return '–';
  const rounded = Number(value.toPrecision(3));
  return withMinus(rounded.toLocaleString('en', { maximumFractionDigits: 20 }));
}

/** Formats a number with two decimals; `–` of none. */
export function decimals2(value: number | null): string {
  return value === null ? '–' : withMinus(value.toFixed(2));
}

/** Writes the sign of a negative number as a minus; of what rounds to 0 there is none. */
function withMinus(number: string): string {
  return /^-0\.?0*$/.test(number) ? number.slice(1) : number.replace('-', '−');
}

/** Formats a share in whole percent; `–` of none. */
export function percent(value: number | null): string {
  return value === null ? '–' : `${Math.round(100 * value)} %`;
}

/** Formats a value with its interval: `0.93 [0.80, 1.08]`. */
export function withInterval({ value, low, high }: Shown, form: (value: number | null) => string): string {
  if (value === null || low === null || high === null) return form(value);
  return `${form(value)} [${form(low)}, ${form(high)}]`;
}
