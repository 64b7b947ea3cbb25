import type { FactAnswer, StudyAnswer } from '../../../src/schema.ts';
import type { StudyResults } from '../../../src/study/pipeline/study-files.ts';
import {
  broadInstructions,
  buildWorld,
  claimOf,
  factLookup,
  factQuestions,
  type Instruction,
  statement,
  truthLabels,
  WORLD_SIZES,
} from '../../../src/world/index.ts';
import { MANIFEST } from './example-study.ts';

/**
 * Results of a study in the worlds of two seeds: the teacher's answers to questions about facts, and those of a model
 * that names another object of each fact.
 */
export function drawnStudy(seeds: readonly number[] = [7, 8]): StudyResults {
  return {
    rows: [],
    answers: seeds.flatMap(answersOf),
    facts: seeds.flatMap(factsOf),
    manifest: { ...MANIFEST, scale: 'tiny', seeds, config: { world: 'tiny' } },
  };
}

function answersOf(seed: number): StudyAnswer[] {
  const world = buildWorld(seed, WORLD_SIZES.tiny);
  const [lookUp, label] = [factLookup(world), truthLabels(world)];
  const wrong = ({ facts }: Instruction) =>
    world.facts
      .filter(({ id }) => facts.includes(id))
      .map(fact => {
        const other = world.facts.find(
          ({ relation, object }) => relation === fact.relation && object !== fact.object,
        );
        return statement({ ...claimOf(world, fact), object: other?.object ?? '' }, 2);
      })
      .join(' ');
  const instructions = broadInstructions(world, 'test', 100).filter(({ facts }) => facts.length > 0);
  return instructions.flatMap(instruction => {
    const { id, text: prompt, category, facts } = instruction;
    const answer = (model: 'teacher' | 'broad', text: string): StudyAnswer => ({
      ...{ promptId: id, prompt, category, facts: facts.map(lookUp), model, text, finish: 'stop', seed },
      ...{ size: model === 'broad' ? 100 : null, budget: model === 'broad' ? 2000 : null },
      labels: label({ promptId: id, model, text }).map(({ start, end, label }) => ({ start, end, label })),
      confidence: null,
      evidence: 'live',
    });
    return [answer('teacher', instruction.answers[0]), answer('broad', wrong(instruction))];
  });
}

function factsOf(seed: number): FactAnswer[] {
  const world = buildWorld(seed, WORLD_SIZES.tiny);
  const lookUp = factLookup(world);
  return factQuestions(world, 20).map(({ id, question, answers: [reference] }) => ({
    ...{ promptId: id, question, reference, ...lookUp(id), text: reference, correct: true, stated: true },
    ...{ model: 'teacher', size: null, budget: null, seed, confidence: null },
  }));
}
