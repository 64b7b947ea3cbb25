import type { Comparison, ComparisonItem, SentenceLabel, Truth, Unmatched } from '../schema.ts';
import { escapeHtml, promptKey } from '../text/index.ts';

/** Rows of the table at most: it travels in the notebook beside the data itself. */
const MAX_ROWS = 50;

/** Longest text of a cell, in UTF-16 code units. */
const MAX_TEXT = 5_000;

/** The paper's green, yellow and red, pale enough for black text. */
const COLOURS: Record<Truth, string> = { correct: '#c8f0d0', ambiguous: '#fdeeb0', incorrect: '#fbcaca' };

const CELL = 'style="text-align:left;vertical-align:top;white-space:pre-wrap;overflow-wrap:anywhere"';

/** Columns of one width, whatever one answer holds: they read side by side. */
const TABLE = 'style="table-layout:fixed;width:100%"';

/**
 * Formats the comparison as a table to read where the side-by-side view is missing: plain HTML without scripts, every
 * text escaped. Sentence labels are marked in the paper's colours and named in the tooltip. Rows and texts beyond
 * what fits a notebook are left out, and the table says so.
 *
 * @param maxRows default 50.
 */
export function comparisonHtml(comparison: Comparison, maxRows = MAX_ROWS): string {
  const { title, answers, items, unmatched = [] } = comparison;
  const head = [
    'Prompt',
    ...answers.map(({ label, role }) => (label === role ? label : `${label} (${role})`)),
  ];
  const rows = items.slice(0, maxRows).map(item =>
    row(
      item,
      answers.map(({ id }) => id),
    ),
  );
  const notes = [
    ...(items.length > maxRows ? [`${maxRows} of ${items.length} prompts shown.`] : []),
    ...(unmatched.length > 0 ? [`${gaps(unmatched.slice(0, maxRows), unmatched.length)}.`] : []),
  ];
  return [
    `<table ${TABLE}>`,
    `<caption>${escapeHtml([title, ...notes].filter(part => part !== undefined).join(' · '))}</caption>`,
    `<thead><tr>${head.map(text => `<th scope="col" ${CELL}>${escapeHtml(text)}</th>`).join('')}</tr></thead>`,
    `<tbody>${rows.join('\n')}</tbody>`,
    '</table>',
  ].join('\n');
}

/** Lists the prompts without all answers and whose are missing; `total` of them, where not all are listed. */
function gaps(listed: readonly Unmatched[], total: number): string {
  const entries = listed.map(({ promptId, missing }) => `${promptId} (${missing.join(', ')})`);
  const rest = total - listed.length;
  return `Without all answers, ${total}: ${entries.join('; ')}${rest > 0 ? `; and ${rest} more` : ''}`;
}

function row({ prompt, promptId, category, answers, labels = [] }: ComparisonItem, ids: string[]): string {
  // An id that was made from the prompt's text means nothing to a reader.
  const given = promptId === promptKey(prompt) ? undefined : promptId;
  const about = [given, category].filter(part => part !== undefined).join(' · ');
  const cells = ids.map(id => {
    const answer = answers[id];
    if (!answer) return `<td ${CELL}><em>no answer</em></td>`;
    const own = labels.filter(({ model }) => model === id);
    return `<td dir="auto" ${CELL}>${marked(answer.text, own)}</td>`;
  });
  return `<tr><th scope="row" dir="auto" ${CELL}>${short(prompt)}\n<small>${escapeHtml(about)}</small></th>${cells.join('')}</tr>`;
}

/** Marks the labelled spans of a text, in order; a span that overlaps the one before is left unmarked. */
function marked(text: string, labels: SentenceLabel[]): string {
  if (text.length > MAX_TEXT) return short(text);
  let html = '';
  let from = 0;
  for (const { start, end, label } of labels.toSorted((a, b) => a.start - b.start)) {
    if (start < from) continue;
    html += `${escapeHtml(text.slice(from, start))}<mark title="${label}" style="background:${COLOURS[label]};color:#000">${escapeHtml(text.slice(start, end))}</mark>`;
    from = end;
  }
  return html + escapeHtml(text.slice(from));
}

function short(text: string): string {
  const rest = text.length - MAX_TEXT;
  return rest > 0
    ? `${escapeHtml(text.slice(0, MAX_TEXT))} <em>… ${rest} more characters</em>`
    : escapeHtml(text);
}
