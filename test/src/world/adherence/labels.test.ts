import { expect, test } from 'vitest';
import {
  adherenceAgreement,
  broadInstructions,
  buildWorld,
  drawAnswersToLabel,
  WORLD_SIZES,
} from '../../../../src/world/index.ts';

const world = buildWorld(1, WORLD_SIZES.tiny);
const instructions = broadInstructions(world, 'test', 60);
const answers = ['teacher', 'mute'].flatMap(model =>
  instructions.map(instruction => ({
    ...{ instruction, model, text: model === 'mute' ? 'Hm.' : instruction.answers[0] },
  })),
);

test('answers to label are of every task and model by turns, and none is drawn twice', () => {
  const tasks = new Set(instructions.map(({ task }) => task)).size;
  const count = 2 * tasks;
  const drawn = drawAnswersToLabel(answers, count, 1);
  expect(drawn).toHaveLength(count);
  expect(drawAnswersToLabel(answers, count, 1)).toEqual(drawn);
  expect(drawAnswersToLabel(answers, count, 2)).not.toEqual(drawn);
  expect(drawn.filter(({ model }) => model === 'mute')).toHaveLength(tasks);
  expect(new Set(drawn.map(({ instruction: { task } }) => task)).size).toBe(tasks);
  expect(drawAnswersToLabel([...answers, ...answers], 1000, 1)).toHaveLength(answers.length);
});

test('agreement with a person is perfect where the labels are those of the judgement, and names what is disputed', () => {
  const labelled = answers.map(answer => ({ ...answer, adheres: answer.model === 'teacher' }));
  expect(adherenceAgreement(world, labelled)).toMatchObject({
    ...{ kappa: { value: 1, n: 120 }, agreement: { value: 1, n: 120 }, disputed: [] },
  });
  const [first, ...others] = labelled.map((answer, index) => ({
    ...answer,
    adheres: index > 0 && answer.adheres,
  }));
  const { kappa, agreement, disputed } = adherenceAgreement(world, first ? [first, ...others] : []);
  expect(disputed).toEqual([first]);
  expect(agreement.value).toBeCloseTo(119 / 120, 9);
  // Pairs of labels agree in 119 of 120; of all 240 labels 119 are yes: chance is (119² + 121²) / 240².
  const chance = (119 ** 2 + 121 ** 2) / 240 ** 2;
  expect(kappa.value).toBeCloseTo((119 / 120 - chance) / (1 - chance), 9);
});
