import type { ConductShares } from '../conduct.ts';
import { decimals2, percent } from '../format.ts';
import type { Report } from '../report-document.ts';
import { type Content, type Markup, markup, section, tableOf } from './markup.ts';
import { shownInterval } from './shown-interval.ts';

/** Shows how often students are preferred, raw and at equal style, with position bias and agreement. */
export function preferenceSections({ students, judgements }: Report): Markup {
  if (judgements === null)
    return section(
      'preference',
      'Preference',
      markup`<p>Not measured: no judgements were given. <code>--ratings</code> adds ratings of people or reviews of a judge, <code>--judge</code> asks a model.</p>`,
    );
  const { effects, leftOut } = judgements;
  const omitted = Object.values(leftOut).reduce((sum, count) => sum + count, 0);
  return section(
    'preference',
    'Preference',
    tableOf(
      'Share of wins over the teacher, ties as a half: as judged, and at equal style; 95 % intervals',
      [
        { title: 'Student' },
        { title: 'As judged', numeric: true },
        { title: 'At equal style', numeric: true },
        { title: 'Wins, ties, losses', numeric: true },
        { title: 'Equal or better', numeric: true },
        { title: 'Unscored', numeric: true },
      ],
      students.map(({ name, preference }): Content[] => {
        const summary = preference?.people ?? preference?.judge ?? null;
        const control = preference?.styleControl ?? null;
        return [
          name,
          control ? shownInterval(control.raw, percent) : '–',
          control ? controlledText(control) : '–',
          summary ? `${summary.wins}, ${summary.ties}, ${summary.losses}` : '–',
          summary ? shownInterval(summary.equalOrBetter, percent) : '–',
          summary?.unscored ?? '–',
        ];
      }),
    ),
    effects &&
      markup`<p>Effects in log-odds: first place ${shownInterval(effects.position, decimals2)}; per standard deviation of words ${shownInterval(effects.words, decimals2)}, list items ${shownInterval(effects.lists, decimals2)}, headers ${shownInterval(effects.headers, decimals2)}, bold spans ${shownInterval(effects.bold, decimals2)}.</p>`,
    students.map(({ name, preference }) => agreement(name, preference)),
    omitted > 0 &&
      markup`<p class="quiet">Judgements left out: ${leftOut.otherAnswers} of other pairs, ${leftOut.otherTexts} of other texts, ${leftOut.otherPrompts} of prompts that are not compared.</p>`,
  );
}

function controlledText({
  controlled,
  identified,
}: NonNullable<NonNullable<Report['students'][number]['preference']>['styleControl']>): string {
  if (controlled === null) return 'not identified: nearly all won, or lost';
  return identified
    ? shownInterval(controlled, percent)
    : 'not identified: answers are nearly always longer, or shorter';
}

function agreement(name: string, preference: Report['students'][number]['preference']): Markup {
  const bias = preference?.positionBias ?? null;
  const people = preference?.agreement ?? null;
  return markup`${
    bias &&
    (bias.consistent.n > 0
      ? markup`<p>${name}: both orders agree in ${percent(bias.consistent.value)} of ${bias.consistent.n} pairs; the first place wins both in ${percent(bias.first.value)}, the second in ${percent(bias.second.value)}.</p>`
      : markup`<p>${name}: no pair has scores in both orders, so the bias of position is not measured.</p>`)
  }${
    people &&
    markup`<p>${name}: ${people.ratings} ratings by ${people.annotators} annotators; Krippendorff’s α ${shownInterval(people.krippendorffAlpha, decimals2)}${people.fleissKappa && `, Fleiss’ κ ${shownInterval(people.fleissKappa, decimals2)}`}; ${people.disagreements} pairs without a majority, ${people.bad} ratings that call both unusable.</p>`
  }`;
}

/** Shows whether answers do what was asked, and whether they refuse. */
export function conductSection({ compared, conduct: { adherence, refusals } }: Report): Markup {
  const { lexicon, lexiconVersion, judge } = refusals;
  return section(
    'conduct',
    'Adherence and refusals',
    adherence === null &&
      markup`<p>Adherence was not measured: <code>--judge</code> asks a model whether each answer does what was asked.</p>`,
    tableOf(
      `Shares of answers with 95 % intervals; refusals by lexicon ${lexiconVersion} (English), and by a judge where there is one`,
      [
        { title: 'Model' },
        { title: 'Do what was asked', numeric: true },
        { title: 'Refuse, by the lexicon', numeric: true },
        { title: 'Refuse, by the judge', numeric: true },
        { title: 'n', numeric: true },
      ],
      compared.sides.map(({ name }): Content[] => [
        name,
        shareIn(adherence, name),
        shareIn(lexicon, name),
        shareIn(judge, name),
        lexicon[name]?.n,
      ]),
    ),
  );
}

function shareIn(shares: ConductShares | null, name: string): string {
  const share = shares?.[name];
  return share === undefined ? '–' : shownInterval(share, percent);
}
