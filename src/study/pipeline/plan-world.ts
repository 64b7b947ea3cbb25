import type { PlannedRun } from '../../jobs/index.ts';
import { baseSize } from '../config/base-size.ts';
import { type BaseShape, localTraining, type WorldStudy } from '../config/world-study.ts';
import { answersStage } from '../stages/answers.ts';
import { finetuneStage } from '../stages/finetune.ts';
import { measureStage } from '../stages/measure.ts';
import { pretrainStage } from '../stages/pretrain.ts';
import type { Who } from '../stages/who.ts';
import { worldStage } from '../stages/world.ts';
import { type Imitation, type PlannedModel, type PlanParts, planModels } from './plan-models.ts';
import { RunList, type StudyRun } from './study-run.ts';

/** A base model of a world's study. */
interface WorldBase {
  shape: BaseShape;
  /** Place from the smallest to the largest. */
  index: number;
}

/** A model of a world, and the run of its base model. */
interface WorldModel extends PlannedModel {
  base?: StudyRun<'pretrain'>;
}

/** Seconds of one core: for a run, for a token read in training, and more of it for each parameter. */
const SECONDS = { world: 8, start: 1, token: 2.3e-5, parameterToken: 1.2e-10, answer: 0.016, item: 0.014 };

/** Tokens of the corpus, about. */
const CORPUS_TOKENS = { tiny: 4e4, mini: 1.5e6 };

/** Plans every run of a study in a world of its own, for one seed. */
export function planWorld(config: WorldStudy, seed: number): StudyRun[] {
  const parts = new WorldParts(config, seed);
  planModels(parts, [seed]);
  return parts.runs;
}

class WorldParts extends RunList implements PlanParts<WorldBase, WorldModel> {
  readonly teachers: readonly [WorldModel, WorldModel];
  readonly bases: readonly WorldBase[];
  readonly #config: WorldStudy;
  readonly #seed: number;
  readonly #world: StudyRun<'world'>;

  constructor(config: WorldStudy, seed: number) {
    super();
    this.#config = config;
    this.#seed = seed;
    this.bases = config.bases.map((shape, index) => ({ shape, index }));
    this.teachers = [
      { who: { model: 'teacher', size: null, budget: null, seed }, label: 'the teacher' },
      { who: { model: 'teacher-again', size: null, budget: null, seed }, label: 'the second teacher sample' },
    ];
    const { world, instructions, asked } = config;
    this.#world = this.#add(
      worldStage.plan({
        label: this.#label(`world ${world}`),
        config: { world, instructions, asked, seed },
        inputs: {},
        cost: SECONDS.world,
      }),
    );
  }

  planBase({ shape }: WorldBase): WorldModel {
    const { maxPositions, pretrain, world } = this.#config;
    const size = baseSize(shape, maxPositions);
    const who = { model: 'base' as const, size, budget: null, seed: this.#seed };
    const label = `base of ${size}`;
    const base = this.#add(
      pretrainStage.plan({
        label: this.#label(label),
        config: { ...pretrain, shape, maxPositions, seed: this.#seed },
        inputs: { world: this.#world },
        cost: trainingSeconds(CORPUS_TOKENS[world] * pretrain.epochs, size),
      }),
      who,
    );
    return { who, label, trained: base, base };
  }

  imitationsOf({ index }: WorldBase): Imitation[] {
    const { budgets, budgetBases, mix, localBases, local } = this.#config;
    const [largest] = budgets.slice(-1);
    const broad = budgets.filter(budget => budgetBases.includes(index) || budget === largest);
    return [
      ...broad.map(budget => ({ data: 'broad' as const, budget })),
      ...(mix.bases.includes(index) && largest !== undefined
        ? [{ data: 'broad' as const, budget: largest, mix: mix.share }]
        : []),
      ...(localBases.includes(index)
        ? (['facts', 'summaries'] as const).map(data => ({ data, budget: local[data].budget }))
        : []),
    ];
  }

  planImitation(
    { base, who: { size } }: WorldModel,
    { data, budget, mix }: Imitation,
    seed: number,
  ): WorldModel {
    const training = data === 'broad' ? this.#config.finetune : localTraining(this.#config, data);
    const tokens = budget === 'all' ? 0 : budget;
    const model: Who['model'] = mix === undefined ? data : 'mix';
    const who = { model, size, budget: tokens, seed };
    const label = `${model} ${budget} on ${size}`;
    const trained = this.#add(
      finetuneStage.plan({
        label: this.#label(label),
        config: {
          data: { kind: data },
          budget,
          ...(mix !== undefined && { mix }),
          training,
          crossAttention: false,
          seed,
        },
        inputs: { world: this.#world, base },
        cost: trainingSeconds((1 + (mix ?? 0)) * tokens * training.epochs, size ?? 0),
      }),
      who,
    );
    return { who, label, trained };
  }

  planAnswers({ who, label, trained }: WorldModel): StudyRun<'answers'> {
    const { asked, maxTokens } = this.#config;
    return this.#add(
      answersStage.plan({
        label: this.#label(`answers of ${label}`),
        config: { ...who, maxTokens },
        inputs: { prompts: this.#world, model: trained },
        cost: SECONDS.start + (trained ? asked.prompts * SECONDS.answer : 0),
      }),
      who,
    );
  }

  planMeasures(
    { who, label, trained }: WorldModel,
    answers: StudyRun<'answers'>,
    teacher: StudyRun<'answers'>,
  ): void {
    const { prompts: _, ...counts } = this.#config.asked;
    const items = Object.values(counts).reduce((sum, count) => sum + count, 0);
    this.#add(
      measureStage.plan({
        label: this.#label(`measures of ${label}`),
        config: { ...who, counts },
        inputs: { world: this.#world, answers, teacher, model: trained },
        cost: SECONDS.start + (trained ? items * SECONDS.item : 0),
      }),
      who,
    );
  }

  #add<Stage extends string>(run: PlannedRun<Stage>, who: WorldModel['who'] | null = null): StudyRun<Stage> {
    return this.add(run, { seed: this.#seed, who });
  }

  #label(what: string): string {
    return `${what}, seed ${this.#seed}`;
  }
}

function trainingSeconds(tokens: number, size: number): number {
  return SECONDS.start + tokens * (SECONDS.token + SECONDS.parameterToken * size);
}
