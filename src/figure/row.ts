/** One row behind a figure: plain values only. */
export type Row = Record<string, string | number | boolean | null>;
