import { loadPaperData } from '../data/index.ts';
import type { ChatMessage, Dialogue, Evidence } from '../schema.ts';
import { escapeHtml } from '../text/index.ts';
import type { PaperFigure } from './paper-figure.ts';
import { type TableView, tableView } from './views.ts';

/** Dialogues of one origin. */
export interface ExampleDialogues {
  records: string;
  evidence: Evidence;
  dialogues: readonly Dialogue[];
}

/** Messages of a user, and the teacher's answer; either may be missing. */
interface Exchange {
  said: readonly ChatMessage[];
  answer: string;
}

const SPEAKERS = { system: 'System', user: 'User', assistant: 'Teacher', tool: 'Tool' } as const;
const TEXT = 'white-space: pre-wrap; text-align: left; vertical-align: top';

/**
 * Draws Figure 6: examples of imitation data, one line for each query and its answer.
 *
 * @param name of the table's files.
 * @see Gudibande et al. 2023, Figure 6
 * @example
 * const { manifest } = await openStudy();
 * figure6(firstOfEachCategory(imitationData(manifest.scale, 1)))
 */
export function figure6(sets: readonly ExampleDialogues[], name = 'fig6'): TableView {
  const rows = sets.flatMap(({ records, evidence, dialogues }) =>
    dialogues.flatMap(({ id, turns }) =>
      turns.map(({ role, content }) => ({ records, evidence, dialogue: id, role, text: content })),
    ),
  );
  const body = sets.flatMap(({ records, evidence, dialogues }) =>
    dialogues.flatMap(({ turns }) => {
      const origin = `${escapeHtml(records)}<br><small>${evidence}</small>`;
      return exchanges(turns).map((exchange, index) => lineHtml(index === 0 ? origin : '', exchange));
    }),
  );
  const head = ['From', SPEAKERS.user, SPEAKERS.assistant].map(title => `<th scope="col">${title}</th>`);
  const html = `<table><thead><tr>${head.join('')}</tr></thead>\n<tbody>\n${body.join('\n')}\n</tbody></table>`;
  const text = rows.map(({ records, role, text }) => `${records}, ${SPEAKERS[role]}: ${text}`).join('\n\n');
  return tableView(name, rows, html, text);
}

function exchanges(turns: readonly ChatMessage[]): Exchange[] {
  const found: Exchange[] = [];
  let said: ChatMessage[] = [];
  for (const turn of turns) {
    if (turn.role !== 'assistant') said.push(turn);
    else {
      found.push({ said, answer: turn.content });
      said = [];
    }
  }
  return said.length === 0 ? found : [...found, { said, answer: '' }];
}

function lineHtml(origin: string, { said, answer }: Exchange): string {
  const query = said.map(({ role, content }) => (role === 'system' ? `System: ${content}` : content));
  const cells = [query.join('\n\n'), answer].map(text => `<td style="${TEXT}">${escapeHtml(text)}</td>`);
  return `<tr><th scope="row" style="vertical-align: top">${origin}</th>${cells.join('')}</tr>`;
}

/** Figure 6 of the paper. */
export const FIGURE6: PaperFigure = {
  id: 'fig6',
  title: 'Figure 6',
  question: 'What does imitation data look like?',
  notebook: 'fig6',
  evidence: ['reported', 'live'],
  hypotheses: [],
  outputs: ['fig6', 'fig6-live', 'fig6-composition'],
  draw: async () => {
    const { dialogues } = await loadPaperData('fig6');
    return [figure6([{ records: 'ShareGPT-Mix', evidence: 'reported', dialogues }])];
  },
};
