import { type PairStyle, type StyleSummary, summarizeStyle } from 'imitation-lab/text';
import { useEffect, useState } from 'react';
import type { ComparisonState } from '../comparison/model.ts';
import { type Pair, styleOfPair } from '../comparison/style-of-pair.ts';
import { summarizeApart } from '../comparison/summarize-apart.ts';
import { whenIdle } from '../comparison/when-idle.ts';

/** Table 2 over the selection, as far as it is computed. */
export interface SelectionStyle {
  /** Share of the pairs that are measured, 0 … 1. */
  done: number;
  /** `null` until every pair is measured; first without intervals, then with them. */
  summary: StyleSummary | null;
}

/**
 * Computes Table 2 over the selected items that have both answers. Pairs are measured while the browser is idle, the
 * intervals are computed in a worker; a new selection stops what is in progress.
 */
export function useSelectionStyle({ comparison, selection }: ComparisonState, pair: Pair): SelectionStyle {
  const [style, setStyle] = useState<SelectionStyle>({ done: 0, summary: null });

  useEffect(() => {
    let next = 0;
    let stopSummarizing = () => {};
    const measured: PairStyle[] = [];
    const stopMeasuring = whenIdle(timeIsUp => {
      for (; next < selection.length; next++) {
        if (timeIsUp()) {
          setStyle({ done: next / selection.length, summary: null });
          return false;
        }
        const item = comparison.items[selection[next] ?? -1];
        const values = item ? styleOfPair(item, pair) : null;
        if (values) measured.push(values);
      }
      setStyle({ done: 1, summary: summarizeStyle(measured, { resamples: 0 }) });
      stopSummarizing = summarizeApart(measured, summary => setStyle({ done: 1, summary }));
      return true;
    });
    return () => {
      stopMeasuring();
      stopSummarizing();
    };
  }, [comparison, selection, pair]);

  return style;
}
