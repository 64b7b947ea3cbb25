import { assemble, displayed } from '../../compare/index.ts';
import type { Comparison, ComparisonItem, SentenceLabel, StudyAnswer } from '../../schema.ts';
import { confidenceBand } from './bands.ts';
import type { ModelColumn } from './model-columns.ts';

/** An answer of a study's model as a comparison shows it. */
export interface ShownAnswer
  extends Pick<StudyAnswer, 'model' | 'size' | 'budget' | 'seed' | 'promptId' | 'prompt' | 'text' | 'labels'>,
    Partial<Pick<StudyAnswer, 'category' | 'tokens' | 'finish' | 'error'>> {
  /** Tags of the prompt's subject. */
  tags: readonly string[];
  confidence: number | null;
}

/** Metrics of each answer. */
const METRICS: NonNullable<Comparison['metrics']> = [
  { name: 'true', unit: '% of what can be checked', better: 'higher' },
  { name: 'confidence', unit: '%' },
];

/**
 * Puts answers of a study's models side by side, each sentence labelled by the known truth. A prompt of a seed has the
 * id `SEED/ID`.
 *
 * @param columns the models; the confidence of the first one that imitates is a tag of the prompt.
 */
export function sideBySide(
  shown: readonly ShownAnswer[],
  columns: readonly ModelColumn[],
  title: string,
): Comparison {
  const seeds = new Set(shown.map(({ seed }) => seed));
  const ofColumns = columns.map(({ column, model, size, budget }) => {
    const own = shown.filter(
      answer => answer.model === model && answer.size === size && answer.budget === budget,
    );
    return { column, answers: new Map(own.map(answer => [idOf(answer), answer])) };
  });
  const prompts = [...new Map(shown.map(answer => [idOf(answer), answer])).values()].map(answer => {
    const { prompt: text, category } = answer;
    return { id: idOf(answer), text, ...(category !== undefined && { category }), source: 'world' };
  });
  const comparison = assemble(
    ofColumns.map(({ column: { label }, answers }) => ({
      label,
      answers: {
        format: 'study',
        name: label,
        prompts,
        generations: [...answers].map(([promptId, { text, tokens, finish = 'unknown', error }]) => ({
          promptId,
          model: label,
          text,
          finish,
          evidence: 'live' as const,
          ...(tokens !== undefined && { tokens }),
          ...(error !== undefined && { error }),
        })),
      },
    })),
    {
      teacher: columns.find(({ model }) => model === 'teacher')?.column.label ?? '',
      prompts,
      roles: Object.fromEntries(columns.map(({ column: { label, role } }) => [label, role])),
    },
  );
  const dressed = (item: ComparisonItem): ComparisonItem => {
    const { promptId } = item;
    const own = ofColumns.flatMap(({ column, answers }) => {
      const answer = answers.get(promptId);
      return answer && item.answers[column.id] ? [{ column, answer }] : [];
    });
    const imitation = own.find(({ column }) => column.role === 'imitation')?.answer.confidence ?? null;
    return {
      ...item,
      tags: [
        ...(own[0]?.answer.tags ?? []),
        ...(imitation === null ? [] : [`confidence band: ${confidenceBand(imitation)}`]),
        ...(seeds.size > 1 ? [`seed: ${own[0]?.answer.seed}`] : []),
      ],
      answers: Object.fromEntries(
        own.map(({ column: { id }, answer }) => [
          id,
          {
            text: '',
            ...item.answers[id],
            metrics: { true: trueShare(answer), confidence: percent(answer.confidence) },
          },
        ]),
      ),
      labels: own.flatMap(({ column, answer }) => labelsOf(promptId, column.id, answer)),
    };
  };
  return displayed({ ...comparison, title, metrics: METRICS, items: comparison.items.map(dressed) });
}

function idOf({ seed, promptId }: ShownAnswer): string {
  return `${seed}/${promptId}`;
}

/** Returns the share of true sentences in percent; null where no sentence can be checked. */
function trueShare({ labels }: ShownAnswer): number | null {
  const checkable = labels.filter(({ label }) => label !== 'ambiguous');
  const correct = checkable.filter(({ label }) => label === 'correct');
  return checkable.length === 0 ? null : percent(correct.length / checkable.length);
}

function percent(share: number | null): number | null {
  return share === null ? null : 100 * share;
}

function labelsOf(promptId: string, model: string, { text, labels }: ShownAnswer): SentenceLabel[] {
  return labels.map(({ start, end, label }) => ({
    promptId,
    model,
    start,
    end,
    quote: text?.slice(start, end) ?? '',
    label,
    annotator: 'world',
    source: 'truth' as const,
  }));
}
