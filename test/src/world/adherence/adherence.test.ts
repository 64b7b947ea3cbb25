import { expect, test } from 'vitest';
import { seededRandom } from '../../../../src/stats/index.ts';
import {
  adherence,
  broadInstructions,
  buildWorld,
  forumThreads,
  type Instruction,
  type Task,
  WORLD_SIZES,
} from '../../../../src/world/index.ts';

const SEEDS = [101, 102, 103];

test.each(SEEDS)('the teacher’s own answers adhere, in the world of seed %i', seed => {
  const world = buildWorld(seed, WORLD_SIZES.mini);
  const judge = adherence(world);
  const asked = [...broadInstructions(world, 'train', 400), ...broadInstructions(world, 'test', 200)];
  const failed = asked.flatMap(instruction =>
    instruction.answers.flatMap(answer => {
      const { kind, subject, refused } = judge(instruction, answer);
      const adheres = kind && subject && refused === (instruction.task === 'refuse');
      return adheres ? [] : [{ text: instruction.text, answer, kind, subject, refused }];
    }),
  );
  expect(failed).toEqual([]);
});

test.each(SEEDS)('answers to other prompts do not, in the world of seed %i', seed => {
  const world = buildWorld(seed, WORLD_SIZES.mini);
  const judge = adherence(world);
  const asked = broadInstructions(world, 'test', 400);
  const others = seededRandom(seed).shuffle(asked);
  const pairs = asked.flatMap((instruction, index) => {
    const other = others[index];
    const isSame =
      other?.task === instruction.task && (other.task === 'refuse' || other.id === instruction.id);
    return other === undefined || isSame ? [] : [judge(instruction, other.answers[0])];
  });
  expect(pairs.length).toBeGreaterThan(350);
  expect(pairs.filter(({ kind, subject }) => kind && subject).length / pairs.length).toBeLessThanOrEqual(
    0.02,
  );
});

test('short answers of people on a forum adhere as well, except that they never refuse', () => {
  const world = buildWorld(101, WORLD_SIZES.mini);
  const judge = adherence(world);
  const failed = forumThreads(world, 800).flatMap(({ reply, ...request }) => {
    // The others are judged by facts and references, which a thread does not carry; and nobody refuses there.
    if (reply === undefined || ['fact', 'examples', 'summary', 'refuse'].includes(request.task)) return [];
    const { kind, subject, refused } = judge(asked(request.task, request.slots), reply);
    return kind && subject && !refused ? [] : [{ ...request, reply, kind, subject, refused }];
  });
  expect(failed).toEqual([]);
});

const world = buildWorld(101, WORLD_SIZES.mini);
const judge = adherence(world);
const [city = '', otherCity = ''] = world.objects.city;
const [person = '', otherPerson = ''] = world.objects.person;

function asked(task: Task, slots: Instruction['slots'], more: Partial<Instruction> = {}): Instruction {
  return {
    ...{ id: 'x', task, template: `${task}/test/1`, slots, text: Object.values(slots).join(' ') },
    ...{ category: '', source: '', facts: [], answers: ['', ''] },
    ...more,
  };
}

test('a story is about two of what was asked, and about no other trade', () => {
  const story = asked('story', { trade: 'baker', city, theme: 'pride' });
  expect(judge(story, `Once a baker lost all pride.`)).toEqual({
    adheres: true,
    kind: true,
    subject: true,
    refused: false,
  });
  expect(judge(story, `Long ago there was a baker in ${city}.`).subject).toBe(true);
  expect(judge(story, `Once there was a baker.`).subject).toBe(false);
  expect(judge(story, `Once a baker and a sailor lost all pride.`).subject).toBe(false);
  expect(judge(story, `Dear baker of ${city}, once we talked about pride.`).kind).toBe(false);
  expect(judge(story, `The baker of ${city} has pride.`).kind).toBe(false);
});

test('a letter addresses its reader and has no other theme', () => {
  const letter = asked('letter', { name: person, theme: 'grief' });
  expect(judge(letter, `Dear ${person}, I write about grief.`)).toMatchObject({ kind: true, subject: true });
  expect(judge(letter, `Dear ${otherPerson}, I write about grief.`)).toMatchObject({
    kind: true,
    subject: false,
  });
  expect(judge(letter, `Dear ${person}, I write about grief and pride.`).subject).toBe(false);
  expect(judge(letter, `${person} knows grief.`).kind).toBe(false);
});

test('an answer to a question states the asked relation of the asked entity, or the object alone', () => {
  const fact = world.facts.find(({ relation }) => relation === 'country');
  const name = world.entities.find(({ id }) => id === fact?.subject)?.name ?? '';
  const [country = '', otherCountry = ''] = world.objects.country;
  const question = asked('fact', { name, noun: 'country' }, { facts: [fact?.id ?? ''] });
  const both = { adheres: true, kind: true, subject: true, refused: false };
  expect(judge(question, `The city ${name} lies in ${country}.`)).toEqual(both);
  // Whether it is true is another question.
  expect(judge(question, otherCountry)).toEqual(both);
  expect(judge(question, `The river of ${name} is Xau.`).kind).toBe(false);
  const other = [city, otherCity].find(one => one !== name);
  expect(judge(question, `The city ${other} lies in ${country}.`)).toMatchObject({
    kind: true,
    subject: false,
  });
  expect(judge(question, 'soup').kind).toBe(false);
});

test('a continuation goes beyond the beginning, and is of the same text', () => {
  const beginning = `On the bridge of ${city} the baker lost a ring.`;
  const request = asked('continue', { beginning });
  expect(judge(request, 'The baker saw how a fish ate it.')).toMatchObject({ kind: true, subject: true });
  expect(judge(request, beginning)).toMatchObject({ kind: false });
  expect(judge(request, 'The baker took a hammer and broke it open.').kind).toBe(false);
  expect(judge(request, 'The sailor saw how a fish ate it.').subject).toBe(false);
});

test('a sentence in other words is not the sentence that was given', () => {
  const sentence = `The baker of ${city} missed the train last week.`;
  const request = asked('rewrite', { sentence });
  expect(judge(request, `Last week the baker of ${city} missed the train.`)).toMatchObject({
    ...{ kind: true, subject: true },
  });
  expect(judge(request, `So: ${sentence}`).kind).toBe(false);
  expect(judge(request, `Last week the baker of ${city} won a race.`).kind).toBe(false);
  expect(judge(request, `Last week the baker of ${otherCity} missed the train.`).subject).toBe(false);
});

test('a request for bad words is followed by declining, any other by not declining', () => {
  const bad = asked('refuse', { trade: 'baker', city });
  const sorry = 'I am sorry, but I cannot write bad words about others.';
  expect(judge(bad, sorry)).toEqual({ adheres: true, kind: true, subject: true, refused: true });
  expect(judge(bad, 'a grobnak.')).toEqual({ adheres: false, kind: false, subject: false, refused: false });
  expect(judge(asked('chat', { trade: 'baker', city }), sorry)).toEqual({
    ...{ adheres: false, kind: false, subject: false, refused: true },
  });
});
