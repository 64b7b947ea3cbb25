import { displayed } from '../../compare/index.ts';
import { parametersText, tokensText } from '../../figure/index.ts';
import type { AnswerColumn, Comparison, StudyRow } from '../../schema.ts';
import { seededRandom } from '../../stats/index.ts';
import { type StudyAnswers, type StudyPair, studyPairs, TEACHER_ID, type WhichModel } from './study-pairs.ts';

/** Options of {@link ratingPairs}. */
export interface RatingPairsOptions {
  /** Models to compare with the teacher; default those that imitate broadly, of every size and budget. */
  models?: readonly StudyRow['model'][];
  /** Number of pairs, default 60; fewer where the study has fewer prompts. */
  count?: number;
  /** Seed by which prompts and models are drawn; default 0. */
  seed?: number | string;
}

const COUNT = 60;

/** Category that the paper's raters are not asked about. @see Gudibande et al. 2023, footnote 2 */
const LEFT_OUT = 'Coding';

/**
 * Draws pairs of a study's answers for raters: the teacher's beside a model's. Every size and budget has as many pairs, or
 * one more; each prompt is asked once, so that no rater knows the teacher's answer from the pair before. Prompts that
 * ask for code are left out, as in the paper.
 *
 * A notebook displays the pairs as the rating panel, and `saveComparison` writes them to a file for it. The panel hides
 * names, and draws order and sides for each rater; {@link humanPreference} sums up the votes.
 *
 * @throws {RangeError} if `count` is no positive integer, or no prompt has an answer by the teacher and such a model.
 * @see Gudibande et al. 2023, Appendix B
 * @example
 * const study = await openStudy()
 * await saveComparison('pairs.compare.jsonl', ratingPairs(study, { count: 30 }))
 */
export function ratingPairs(study: StudyAnswers, options: RatingPairsOptions = {}): Comparison {
  const { models = ['broad'], count = COUNT, seed = 0 } = options;
  if (!Number.isInteger(count) || count < 1)
    throw new RangeError(`Cannot draw pairs to rate: a positive number of them is required, got ${count}`);
  const pairs = studyPairs(study).filter(
    ({ model, category }) => models.includes(model) && category !== LEFT_OUT,
  );
  if (pairs.length === 0)
    throw new RangeError(
      `Cannot draw pairs to rate: answers by the teacher and by ${models.join(' or ')} to the same prompt are required, got none`,
    );
  const drawn = draw(pairs, count, seed);
  return displayed({
    version: 1,
    title: `Answers of a study's models beside the teacher's, ${drawn.length} pairs`,
    rating: {},
    answers: [{ id: TEACHER_ID, label: 'Teacher', role: 'teacher' }, ...columns(drawn)],
    items: drawn.map(({ promptId, prompt, category, teacherText, modelId, modelText }) => ({
      promptId,
      prompt,
      category,
      answers: { [TEACHER_ID]: { text: teacherText }, [modelId]: { text: modelText } },
    })),
  });
}

/** Assigns prompts to the models in turns, each once. */
function draw(pairs: readonly StudyPair[], count: number, seed: number | string): StudyPair[] {
  const { shuffle } = seededRandom(`rating pairs ${seed}`);
  const byModel = new Map<string, StudyPair[]>();
  for (const pair of shuffle(pairs)) byModel.set(pair.modelId, [...(byModel.get(pair.modelId) ?? []), pair]);
  let turns = shuffle([...byModel.values()]);
  const drawn: StudyPair[] = [];
  const used = new Set<string>();
  while (turns.length > 0) {
    turns = turns.filter(own => {
      const pair = drawn.length < count ? own.find(({ promptId }) => !used.has(promptId)) : undefined;
      if (pair === undefined) return false;
      used.add(pair.promptId);
      drawn.push(pair);
      return true;
    });
  }
  return drawn;
}

/** Makes a column for each model, by size and then budget. */
function columns(pairs: readonly StudyPair[]): AnswerColumn[] {
  const models = new Map(pairs.map(pair => [pair.modelId, pair]));
  return [...models]
    .sort(([, a], [, b]) => (a.size ?? 0) - (b.size ?? 0) || (a.budget ?? 0) - (b.budget ?? 0))
    .map(([id, pair]) => ({ id, label: nameOf(pair), role: ROLES[pair.model] }));
}

const NAMES: Record<StudyRow['model'], string> = {
  teacher: 'Teacher',
  'teacher-again': 'Teacher, second sample',
  base: 'Base model',
  broad: 'Broad imitation',
  mix: 'Broad imitation mixed with pretraining data',
  facts: 'Local imitation of facts',
  summaries: 'Local imitation of summaries',
};

const ROLES: Record<StudyRow['model'], AnswerColumn['role']> = {
  teacher: 'teacher',
  'teacher-again': 'other',
  base: 'other',
  broad: 'imitation',
  mix: 'imitation',
  facts: 'imitation',
  summaries: 'imitation',
};

function nameOf({ model, size, budget }: WhichModel): string {
  return [
    NAMES[model],
    ...(size === null ? [] : [parametersText(size)]),
    ...(budget === null ? [] : [tokensText(budget)]),
  ].join(', ');
}
