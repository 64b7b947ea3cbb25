import { type LoadOptions, loadAnswers, type RowTable, type Source } from '../data/index.ts';
import { type Answers, answersOf, modelsOf } from '../readers/index.ts';

/** One model's answers under the label that its column bears. */
export interface LabelledAnswers {
  label: string;
  answers: Answers;
}

/** A source, or sources by the label that their column bears. */
export type Labelled = Source | Record<string, Source>;

/**
 * Loads one column a model: of one source, of each in a list, or of each under its label.
 *
 * @throws {Error} if a labelled source holds no answers, or those of several models.
 */
export async function loadColumns(
  sources: Labelled | readonly Source[],
  options: LoadOptions,
): Promise<LabelledAnswers[]> {
  if (isList(sources)) {
    const columns = await Promise.all(sources.map(source => loadColumns(source, options)));
    return columns.flat();
  }
  if (isSource(sources)) return columnsOf(await loadAnswers(sources, options));
  return Promise.all(
    Object.entries(sources).map(async ([label, source]) => {
      const answers = await loadAnswers(source, options);
      requireModel(answers);
      return { label, answers };
    }),
  );
}

/** Makes one column for each model that `answers` holds, labelled with the model's name. */
export function columnsOf(answers: Answers): LabelledAnswers[] {
  return modelsOf(answers).map(model => ({ label: model, answers: answersOf(answers, model) }));
}

/** Returns the name of the one model whose answers these are. @throws {Error} if there is none, or several. */
export function requireModel(answers: Answers): string {
  const [model, ...others] = modelsOf(answers);
  if (model !== undefined && others.length === 0) return model;
  const found = model === undefined ? 'none' : `those of ${[model, ...others].join(', ')}`;
  throw new Error(`Cannot compare ${answers.name}: answers of one model are required, found ${found}`);
}

/** Reports whether an array lists sources; an array of anything else holds rows and is one source itself. */
function isList(sources: Labelled | readonly Source[]): sources is readonly Source[] {
  return Array.isArray(sources) && sources.every(source => typeof source === 'string' || isLoaded(source));
}

function isSource(sources: Labelled | readonly Source[]): sources is Source {
  return typeof sources === 'string' || Array.isArray(sources) || isLoaded(sources);
}

function isLoaded(value: object): value is Answers | RowTable {
  return 'generations' in value || ('objects' in value && typeof value.objects === 'function');
}
