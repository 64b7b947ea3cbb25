import { number3, percent } from '../format.ts';
import type { ComparedSide, Report } from '../report-document.ts';
import { type Markup, markup, section, tableOf } from './markup.ts';

/** Shows whose answers were compared on how many prompts, what was left out, and size, speed and cost. */
export function comparedSection({ compared, trainingOverlap }: Report): Markup {
  const { prompts, promptTexts, sides, leftOut, notes } = compared;
  return section(
    'compared',
    'What was compared',
    markup`<p>${prompts} prompts${promptTexts < prompts && `, the text of ${promptTexts} of which is known`}.</p>`,
    tableOf(
      'Answers; cut are reasoning and echoed prompts',
      [
        { title: 'Model' },
        { title: 'Part' },
        { title: 'Source' },
        { title: 'Answers', numeric: true },
        { title: 'Words', numeric: true },
        { title: 'Words cut', numeric: true },
      ],
      sides.map(({ name, role, source, answers, words }) => [
        name,
        role.replace('-', ' '),
        source,
        answers,
        number3(words.kept),
        number3(words.reasoning + words.echo),
      ]),
    ),
    costTable(sides),
    leftOut.length > 0 &&
      tableOf(
        'Left out',
        [{ title: 'Reason' }, { title: 'Prompts', numeric: true }, { title: 'Which' }],
        leftOut.map(({ reason, count, promptIds }) => [
          reason,
          count,
          promptIds.join(', ') + (count > promptIds.length ? ', …' : ''),
        ]),
      ),
    trainingOverlap
      ? markup`<p>Of ${trainingOverlap.audited} prompts, ${trainingOverlap.dropped.length} (${percent(trainingOverlap.audited > 0 ? trainingOverlap.dropped.length / trainingOverlap.audited : null)}) are in the ${trainingOverlap.trainingQueries} queries of the training data, or have a BLEU above ${trainingOverlap.limit} with one; they are left out.</p>`
      : markup`<p class="quiet">Overlap with training data was not audited: no training data were given.</p>`,
    notes.map(note => markup`<p class="quiet">${note}</p>`),
  );
}

/** Shows size, speed and cost of the sides whose runs recorded any of them. */
function costTable(sides: readonly ComparedSide[]): Markup | false {
  const recorded = sides.filter(({ cost }) => Object.values(cost).some(value => value !== null));
  if (recorded.length === 0) return false;
  return tableOf(
    'Size, speed and cost, as runs recorded them',
    [
      { title: 'Model' },
      { title: 'Weights', numeric: true },
      { title: 'Tokens an answer', numeric: true },
      { title: 'Tokens a second', numeric: true },
      { title: 'Cost of 1,000 tokens', numeric: true },
    ],
    recorded.map(({ name, cost }) => [
      name,
      number3(cost.parameters),
      number3(cost.tokensPerAnswer),
      number3(cost.tokensPerSecond),
      number3(cost.costPerThousand),
    ]),
  );
}
