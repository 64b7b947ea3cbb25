import type { Estimate, Rating } from 'imitation-lab/schema';
import { summarizeRatings } from 'imitation-lab/stats';
import { type ReactElement, useMemo } from 'react';
import type { RatingState } from '../rating/rating-model.ts';
import { count, interval, measure } from '../view/format.ts';

interface Props {
  state: RatingState;
  /** The file that holds the votes. */
  path: string;
  onRead: () => void;
}

/** Shows the majority of all raters, their agreement, and the next steps. */
export function Results({ state, path, onRead }: Props): ReactElement {
  const { comparison, ratings, task } = state;
  const teacher = comparison.answers.find(({ role }) => role === 'teacher') ?? comparison.answers[0];
  const rows = useMemo(
    () =>
      comparison.answers
        .filter(({ id }) => id !== teacher?.id)
        .map(({ id, label }) => ({ label, ...resultOf(ratings, id) })),
    [comparison, ratings, teacher],
  );
  const file = path.split('/').at(-1) ?? path;
  return (
    <div className="il-Results">
      <div className="il-ResultsTable">
        <table>
          <caption>
            Against {teacher?.label}, by the majority of up to {count(task.raters, 'rater')}
          </caption>
          <thead>
            <tr>
              {['Model', 'Pairs', 'Better', 'Same', 'Worse', 'No outcome', 'Equal or better', 'Raters'].map(
                name => (
                  <th key={name} scope="col">
                    {name}
                  </th>
                ),
              )}
              <th scope="col">Fleiss κ</th>
              <th scope="col">Krippendorff α</th>
            </tr>
          </thead>
          <tbody>
            {rows.map(({ label, summary }) => (
              <tr key={label}>
                <th scope="row">{label}</th>
                {summary === null ? (
                  <td colSpan={9}>not rated</td>
                ) : (
                  <>
                    <td>{summary.votes.length}</td>
                    <td>{summary.wins}</td>
                    <td>{summary.ties}</td>
                    <td>{summary.losses}</td>
                    <td>{summary.unscored}</td>
                    <Value estimate={summary.equalOrBetter} />
                    <td>{summary.annotators}</td>
                    <Value estimate={summary.fleissKappa} />
                    <Value estimate={summary.krippendorffAlpha} />
                  </>
                )}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p className="il-Quiet">
        With 95 % intervals. Three raters who all differ make a tie; a majority for “both are unusable” makes
        no outcome. Fleiss κ needs as many raters for every pair.
      </p>
      <h3>Next steps</h3>
      <p>
        Every vote is saved in <code>{file}</code>, with the order in which its answers were displayed. In a
        notebook:
      </p>
      <pre>{`const { ratings } = await loadAnnotations('${file}');\nsummarizeRatings(ratings)`}</pre>
      <button type="button" className="il-Button" onClick={onRead}>
        Read the answers side by side
      </button>
    </div>
  );
}

function resultOf(ratings: readonly Rating[], model: string) {
  const own = ratings.filter(({ left, right }) => left === model || right === model);
  return { summary: own.length > 0 ? summarizeRatings(own, { model }) : null };
}

function Value({ estimate }: { estimate: Estimate | null }): ReactElement {
  if (estimate === null || estimate.value === null) return <td>–</td>;
  return (
    <td>
      {measure(estimate.value)} <span className="il-Quiet">{interval(estimate)}</span>
    </td>
  );
}
