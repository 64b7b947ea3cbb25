import type { AnswerColumn, StudyRow } from '../../schema.ts';
import { atEnd, type HypothesisPlace, placeText } from '../hypotheses/places.ts';

type OfModel = Pick<StudyRow, 'model' | 'size' | 'budget'>;

/** A model of a study as a column of a comparison. */
export interface ModelColumn extends OfModel {
  column: AnswerColumn;
  /** The model in words: `broad imitation of 592 k parameters and 96 k tokens`. */
  words: string;
}

/** Names of models, as in figures. */
const NAMES: Readonly<Record<StudyRow['model'], string>> = {
  teacher: 'Teacher',
  'teacher-again': 'Teacher again',
  base: 'Base model',
  broad: 'Broad imitation',
  mix: 'Broad imitation mixed with pretraining data',
  facts: 'Local imitation of facts',
  summaries: 'Local imitation of summaries',
};

/**
 * Makes columns for models of a study, each named by its kind, and by its size and data where two are of one kind.
 *
 * @param answers of all models.
 * @throws {RangeError} naming the model of which there is no answer.
 */
export function modelColumns(answers: readonly OfModel[], places: readonly HypothesisPlace[]): ModelColumn[] {
  const found = places.map(place => {
    const { model, size, budget } = atPlace(answers, place);
    const parts = [
      ...(size === null ? [] : [`${short(size)} parameters`]),
      ...(budget === null ? [] : [`${short(budget)} tokens`]),
    ];
    const words = [NAMES[model], ...(parts.length > 0 ? [`of ${parts.join(' and ')}`] : [])].join(' ');
    return { model, size, budget, words };
  });
  return found.map(each => {
    const alone = found.filter(({ model }) => model === each.model).length === 1;
    const label = alone ? NAMES[each.model] : each.words;
    return { ...each, column: { id: label, label, role: roleOf(each.model) } };
  });
}

function atPlace(answers: readonly OfModel[], place: HypothesisPlace): OfModel {
  const { size = 'largest', budget = 'largest' } = place;
  const own = answers.filter(({ model }) => model === place.model);
  const [first] = atEnd(atEnd(own, 'size', size), 'budget', budget);
  if (first) return first;
  const known = [...new Set(answers.map(answer => answer.model))].join(', ');
  throw new RangeError(
    `Cannot compare a study's answers: those of ${placeText(place)} are required, got those of ${known || 'none'}`,
  );
}

function roleOf(model: StudyRow['model']): AnswerColumn['role'] {
  if (model === 'teacher') return 'teacher';
  return model === 'base' || model === 'teacher-again' ? 'other' : 'imitation';
}

/** Abbreviates a count: `592 k`. */
function short(count: number): string {
  return count < 1e6 ? `${Math.round(count / 1000)} k` : `${(count / 1e6).toFixed(1)} M`;
}
