import { type TableView, tableView } from '../../figure/index.ts';
import type { StudyRow } from '../../schema.ts';
import { escapeHtml } from '../../text/index.ts';
import { bySeed, EXPLORATORY, effectText, overSeeds } from '../hypotheses/index.ts';
import { captionedTable } from './captioned-table.ts';

const CAPTION =
  'Open questions, explored without a verdict: mean over seeds, with Student’s 95 % interval over seeds, not corrected for the number of questions.';

const HEAD = ['Question', 'Effect', 'Mean', 'Seeds'];

/**
 * Makes a table of the questions that a study explores, such as whether mixing pretraining data into imitation keeps
 * knowledge: effects and intervals, no verdicts.
 *
 * @param rows of a study.
 * @example
 * const { rows } = await openStudy()
 * exploratoryTable(rows)
 */
export function exploratoryTable(rows: readonly StudyRow[]): TableView {
  const seeds = bySeed(rows);
  const found = EXPLORATORY.map(({ effect: measured, ...question }) => {
    const { effect, low, high, effects } = overSeeds(seeds, measured);
    return { ...question, measures: measured.text, effect, low, high, seeds: effects.length };
  });
  const lines = found.map(({ question, source, measures, unit, seeds, ...estimate }) => {
    const { mean, interval } = effectText(estimate, unit);
    return [`${question} (${source})`, measures, `${mean} ${interval}`.trimEnd(), String(seeds)];
  });
  const html = captionedTable(
    CAPTION,
    HEAD,
    lines.map(cells => cells.map(escapeHtml)),
  );
  const text = lines.map(
    ([question, measures, estimate, seeds]) => `${question}\n  ${measures}: ${estimate}; seeds ${seeds}`,
  );
  return tableView('exploratory', found, html, text.join('\n'));
}
