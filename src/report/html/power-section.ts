import { ASPECTS } from '../conclusion.ts';
import type { Report } from '../report-document.ts';
import { type Content, type Markup, markup, section, tableOf } from './markup.ts';

/** Shows how many prompts, items or pairs would decide what is undecided. */
export function powerSection({ students }: Report): Markup {
  const rows = students.flatMap(({ name, conclusion, n, preference }) => {
    const open = ASPECTS.filter(aspect => conclusion[aspect] === 'undecided').map((aspect): Content[] => [
      name,
      aspect,
      n,
      neededText(conclusion.n_needed[aspect]),
      conclusion.reasons[aspect],
    ]);
    const control = preference?.styleControl;
    const { low = null, high = null } = control?.raw ?? {};
    const isTie = low !== null && high !== null && low <= 0.5 && high >= 0.5;
    const preferred: Content[] = [
      name,
      'preference',
      control?.n,
      neededText(preference?.n_needed),
      'the interval holds a tie with the teacher',
    ];
    return isTie ? [...open, preferred] : open;
  });
  return section(
    'power',
    'What more prompts would decide',
    rows.length === 0
      ? markup`<p>Nothing that was measured is undecided.</p>`
      : tableOf(
          'Prompts, items or pairs for a power of 80 % at the effect that was found',
          [
            { title: 'Student' },
            { title: 'Undecided' },
            { title: 'n', numeric: true },
            { title: 'n needed', numeric: true },
            { title: 'Reason' },
          ],
          rows,
        ),
  );
}

function neededText(count: number | null | undefined): string {
  return count === null || count === undefined ? 'more than a hundred times as many' : `about ${count}`;
}
