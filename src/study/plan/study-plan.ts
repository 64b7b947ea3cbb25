import { type Json, type PlannedRun, plannedRun } from '../../jobs/index.ts';
import { type ImitationData, STUDY_SCALES, type StudyConfig, sizeOf } from './study-config.ts';

/** Versions of the stages' code: one more wherever a stage gives other results than before. */
export const STAGE_VERSIONS = { world: 4, pretrain: 1, finetune: 2, answers: 2, measure: 3 } as const;

type StageName = keyof typeof STAGE_VERSIONS;

/** Seconds of one core, as a laptop of two took them: for a run, a token read in training, once for each parameter. */
const SECONDS = { world: 5, start: 1, token: 1.3e-5, parameterToken: 5.9e-11, answer: 0.02, item: 0.015 };
/** A dialogue's token takes as long as so many of the corpus: its batches are padded. */
const PADDING = 2.2;

/**
 * Every run of a study, each after those whose results it takes: for each seed a world, base models of growing size,
 * models that imitate from growing budgets and from local sets, the answers of all and of the teacher, and measures.
 *
 * @throws {RangeError} if there is no seed.
 */
export function studyPlan(scale: 'tiny' | 'mini', seeds: readonly number[]): PlannedRun[] {
  if (seeds.length === 0) throw new RangeError('Cannot plan a study: a seed is required, found none');
  return seeds.flatMap(seed => seedPlan(STUDY_SCALES[scale], seed));
}

function seedPlan(config: StudyConfig, seed: number): PlannedRun[] {
  const runs: PlannedRun[] = [];
  const add = (
    stage: StageName,
    what: string,
    cost: number,
    settings: { readonly [name: string]: Json },
    inputs: Readonly<Record<string, PlannedRun>> = {},
  ): PlannedRun => {
    const version = STAGE_VERSIONS[stage];
    const run = plannedRun({
      ...{ stage, version, cost, inputs },
      label: `${what}, seed ${seed}`,
      config: { ...settings, seed },
    });
    runs.push(run);
    return run;
  };
  const { asked, maxTokens, instructions, maxPositions } = config;
  const world = add('world', `world ${config.world}`, SECONDS.world, {
    ...{ world: config.world, instructions, asked },
  });
  const trained = (tokens: number, size: number) =>
    SECONDS.start + tokens * (SECONDS.token + SECONDS.parameterToken * size);

  /** Answers and measures of a model; `model` is the run that trained it. */
  const measure = (
    who: { model: string; size: number | null; budget: number | null },
    name: string,
    teacher: PlannedRun | undefined,
    model?: PlannedRun,
  ): PlannedRun => {
    const { prompts, ...counts } = asked;
    const items = Object.values(counts).reduce((sum, count) => sum + count, 0);
    const cost = (work: number) => SECONDS.start + (model ? work : 0);
    const inputs = { world, ...(model && { model }) };
    const answering = cost(prompts * SECONDS.answer);
    const answers = add('answers', `answers of ${name}`, answering, { ...who, maxTokens }, inputs);
    add(
      'measure',
      `measures of ${name}`,
      cost(items * SECONDS.item),
      { ...who, counts },
      {
        ...inputs,
        answers,
        teacher: teacher ?? answers,
      },
    );
    return answers;
  };

  const teacher = measure({ model: 'teacher', size: null, budget: null }, 'the teacher', undefined);
  measure({ model: 'teacher-again', size: null, budget: null }, 'the teacher again', teacher);
  const corpusTokens = config.world === 'tiny' ? 4e4 : 1.3e6;
  config.bases.forEach((shape, place) => {
    const size = sizeOf(shape);
    const base = add(
      'pretrain',
      `base of ${size}`,
      trained(corpusTokens * config.pretrain.epochs, size),
      { ...config.pretrain, shape: { ...shape }, maxPositions },
      { world },
    );
    measure({ model: 'base', size, budget: null }, `base of ${size}`, teacher, base);
    const imitate = (data: ImitationData, budget: number) => {
      const name = `${data} ${budget} on ${size}`;
      const cost = trained(PADDING * budget * config.finetune.epochs, size);
      const model = add('finetune', name, cost, { ...config.finetune, data, budget }, { world, base });
      measure({ model: data, size, budget }, name, teacher, model);
    };
    for (const budget of config.budgets) {
      if (config.budgetBases.includes(place) || budget === config.budgets.at(-1)) imitate('broad', budget);
    }
    if (!config.localBases.includes(place)) return;
    imitate('facts', config.localBudgets.facts);
    imitate('summaries', config.localBudgets.summaries);
  });
  return runs;
}
