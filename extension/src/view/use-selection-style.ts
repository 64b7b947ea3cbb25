import { type StyleSummary, summarizeStyle } from 'imitation-lab/text';
import { useEffect, useState } from 'react';
import type { ComparisonState } from '../comparison/model.ts';
import { type Pair, styleOfPair } from '../comparison/style-of-pair.ts';
import { whenIdle } from '../comparison/when-idle.ts';

/** Of the bootstrap: the same selection always shows the same interval. */
const SEED = 1;

/** Table 2 over the selection, while it is computed with the share that is done. */
export interface SelectionStyle {
  /** 0 … 1. */
  done: number;
  /** `null` until every pair is measured; first without intervals, then with them. */
  summary: StyleSummary | null;
}

/** Table 2 over the selected items that have both answers, computed while the browser is idle. */
export function useSelectionStyle({ comparison, selection }: ComparisonState, pair: Pair): SelectionStyle {
  const [style, setStyle] = useState<SelectionStyle>({ done: 0, summary: null });

  useEffect(() => {
    let next = 0;
    let quick: StyleSummary | null = null;
    const measured: NonNullable<ReturnType<typeof styleOfPair>>[] = [];
    return whenIdle(timeIsUp => {
      for (; next < selection.length; next++) {
        if (timeIsUp()) {
          setStyle({ done: next / selection.length, summary: null });
          return false;
        }
        const item = comparison.items[selection[next] ?? -1];
        const values = item ? styleOfPair(item, pair) : null;
        if (values) measured.push(values);
      }
      const summary = summarizeStyle(measured, quick ? { seed: SEED } : { resamples: 0 });
      setStyle({ done: 1, summary });
      const finished = quick !== null;
      quick = summary;
      return finished;
    });
  }, [comparison, selection, pair]);

  return style;
}
