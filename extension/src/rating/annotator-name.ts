const KEY = 'imitation-lab:annotator';

/** Who rates in this browser; `null` until it was said. */
export function annotatorName(): string | null {
  return localStorage.getItem(KEY);
}

/** Keep who rates for the next time, or forget it. */
export function keepAnnotatorName(annotator: string | null): void {
  if (annotator === null) localStorage.removeItem(KEY);
  else localStorage.setItem(KEY, annotator);
}
