import type { Dialogue, Evidence } from '../schema.ts';
import { escapeHtml } from '../text/index.ts';
import { type Table, table } from './figure.ts';

/** Dialogues of one origin. */
export interface ExampleDialogues {
  records: string;
  evidence: Evidence;
  dialogues: readonly Dialogue[];
}

const SPEAKERS = { system: 'System', user: 'User', assistant: 'Teacher' } as const;
const TEXT = 'white-space: pre-wrap; text-align: left; max-width: 60em';

/**
 * Figure 6: examples of what imitation data is made of, one row a turn.
 *
 * @see Gudibande et al. 2023, Figure 6
 */
export function fig6(sets: readonly ExampleDialogues[]): Table {
  const rows = sets.flatMap(({ records, evidence, dialogues }) =>
    dialogues.flatMap(({ id, turns }) =>
      turns.map(({ role, content }) => ({ records, evidence, dialogue: id, role, text: content })),
    ),
  );
  const body = rows.map(({ records, evidence, dialogue, role, text }, index) => {
    const before = rows[index - 1];
    const begins = before?.dialogue !== dialogue || before.records !== records;
    const origin = begins ? `${escapeHtml(records)}<br><small>${evidence}</small>` : '';
    const style = begins && index > 0 ? ' style="border-top: 1px solid currentColor"' : '';
    return `<tr${style}><th scope="row">${origin}</th><td>${SPEAKERS[role]}</td><td style="${TEXT}">${escapeHtml(text)}</td></tr>`;
  });
  const html = `<table><thead><tr><th scope="col">From</th><th scope="col">Who</th><th scope="col">Text</th></tr></thead>\n<tbody>\n${body.join('\n')}\n</tbody></table>`;
  const text = rows.map(({ records, role, text }) => `${records}, ${SPEAKERS[role]}: ${text}`).join('\n\n');
  return table('fig6', rows, html, text);
}
