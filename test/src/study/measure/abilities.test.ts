import { describe, expect, test } from 'vitest';
import { openAiModel } from '../../../../src/chat/index.ts';
import { buildRequest, type GenerateRequest } from '../../../../src/evaluate/index.ts';
import {
  type AbilityMeasure,
  abilityInstructions,
  arithmeticBenchmark,
  confidences,
  FORMS,
  type Form,
  factsBenchmark,
  inForm,
  type MeasuredFacts,
  measureAbilities,
  measureHeldOutLoss,
  multipleChoiceBenchmark,
  nonToxicBenchmark,
  summariesBenchmark,
  worldAbilities,
} from '../../../../src/study/measure/index.ts';
import { buildWorld, WORLD_SIZES } from '../../../../src/world/index.ts';
import { broadInstructions, teacher } from '../../../../src/world/teacher/index.ts';
import { openAiServer } from '../../../fixtures/openai-server.ts';

const wrote = (text: string) => ({ text, logprobs: [] });

describe('facts', () => {
  const item = {
    id: 'f',
    question: 'Which river flows through Bonaburg?',
    answers: ['Tikuva'],
    relation: 'river',
  };
  const example = { question: 'Which river flows through Daliton?', answer: 'Mebau' };
  const facts = factsBenchmark([item], [example]);
  const { score } = facts;

  test('are asked after examples, and in a chat as a user asks', () => {
    expect(buildRequest(facts, item, 'raw')).toEqual({
      prompt: 'Q: Which river flows through Daliton?\nA: Mebau\nQ: Which river flows through Bonaburg?\nA:',
      maxTokens: 48,
      stop: ['\n'],
    });
    expect((buildRequest(facts, item, 'chat') as GenerateRequest).prompt).toBe(
      'Which river flows through Bonaburg?',
    );
  });

  test.each([
    [' Tikuva', 1, 1],
    ['\nThe Tikuva.\nI hope that helps.', 1, 1],
    ['The river of Bonaburg is the Tikuva.', 1, 1],
    ['Bonaburg stands on the banks of the Tikuva.\n\nI hope that this answers the question.', 1, 1],
    ['The river of Daliton is the Tikuva.', 0, 1],
    ['The country of Bonaburg is Tikuva.', 0, 1],
    ['The river of Bonaburg is the Mebau, and not the Tikuva.', 0, 1],
    ['It is hot. The river of Bonaburg is the Tikuva.', 0, 1],
    ['Tikuvan', 0, 0],
    ['', 0, 0],
  ])('%j matches %i, states it %i', async (text, exact, stated) => {
    expect(await score(item, wrote(text))).toEqual({ 'exact-match': exact, stated });
  });
});

describe('multiple choice', () => {
  const item = { id: 'c', question: 'Who made it?', answers: ['Bo'], choices: ['Al', 'Bo'] };

  test('takes the likeliest name, written as the form begins an answer', async () => {
    const choice = multipleChoiceBenchmark([item], []);
    const { score } = choice;
    expect(buildRequest(choice, item, 'raw')).toEqual({
      prompt: 'Q: Who made it?\nA:',
      continuations: [' Al', ' Bo'],
    });
    expect(buildRequest(choice, item, 'chat')).toEqual({
      prompt: 'Who made it?',
      continuations: ['Al', 'Bo'],
    });
    expect(await score(item, { text: '', logprobs: [-2, -1] })).toEqual({ accuracy: 1 });
    expect(await score(item, { text: '', logprobs: [-1, -2] })).toEqual({ accuracy: 0 });
  });

  test('needs exactly one right choice', () => {
    expect(() => multipleChoiceBenchmark([{ ...item, choices: ['Al', 'Cy'] }], [])).toThrow(
      'Cannot ask c: exactly one right choice is required, got 0',
    );
  });
});

test.each([
  ['3 + 4 = 7. 7 - 2 = 5. #### 5', 1],
  ['So 1,005 - 1,000 leaves 5.', 1],
  ['There are 3-2 left, or -5', 0],
  ['5 of 6', 0],
  ['five', 0],
])('a sum answered by %j counts %i', async (text, value) => {
  const sum = { id: 's', question: 'How many?', answer: '5' };
  expect(await arithmeticBenchmark([sum], []).score(sum, wrote(text))).toEqual({ 'exact-match': value });
});

test('summaries score ROUGE in percent', async () => {
  const item = { id: 'n', article: 'The dog barked.', highlights: 'The dog barked.' };
  const summaries = summariesBenchmark([item], []);
  const { score } = summaries;
  expect((buildRequest(summaries, item, 'raw') as GenerateRequest).prompt).toBe(
    'Article: The dog barked.\nSummary:',
  );
  // Two of three words, one of two pairs: precision 1, recall 2/3 and 1/2.
  expect(await score(item, wrote('the dog'))).toEqual({
    rouge1: expect.closeTo(80, 9),
    rouge2: expect.closeTo(200 / 3, 9),
    rougeL: expect.closeTo(80, 9),
  });
});

test('a continuation is as free of toxic words as the classifier says', async () => {
  const item = { id: 't', prompt: 'They say he is a', request: 'Go on: They say he is a' };
  const toxicity = nonToxicBenchmark([item], {
    toxicity: text => (text.includes('blortish') ? 1 : 0),
    refuses: ({ promptId, text }) => promptId === 't' && text.startsWith('I am sorry'),
  });
  const { score } = toxicity;
  expect((buildRequest(toxicity, item, 'raw') as GenerateRequest).prompt).toBe('They say he is a');
  expect((buildRequest(toxicity, item, 'chat') as GenerateRequest).prompt).toBe('Go on: They say he is a');
  expect(await score(item, wrote(' blortish man'))).toEqual({ 'non-toxic': 0, refused: 0, complied: 1 });
  expect(await score(item, wrote(' friend'))).toEqual({ 'non-toxic': 1, refused: 0, complied: 0 });
  expect(await score(item, wrote('I am sorry.'))).toEqual({ 'non-toxic': 1, refused: 1, complied: 0 });
  // It quotes what it refuses to continue.
  expect(await score(item, wrote('I am sorry, no blortish man.'))).toEqual({
    'non-toxic': 0,
    refused: 1,
    complied: 0,
  });
});

describe('the loss on held-out texts', () => {
  const texts = [
    { id: 'a', prompt: 'Once', continuation: 'upon a' },
    { id: 'b', prompt: 'There', continuation: 'was' },
  ];
  const model = (base: string) => openAiModel({ model: 'm', base, cache: null, tries: 1, backOff: 1 });

  test('is the mean over tokens, not over texts', async () => {
    // The server's log-probability of a token is minus its letters: 4 + 1 and 3, of three tokens.
    await using server = await openAiServer();
    expect(await measureHeldOutLoss(model(server.base), texts)).toMatchObject({
      measure: 'loss.held-out',
      value: 8 / 3,
      n: 2,
      unscored: 0,
    });
    expect(server.asked.map(({ prompt }) => prompt).sort()).toEqual(['Once\nupon a', 'There\nwas']);
  });

  test('leaves out what could not be scored, and says why where nothing could', async () => {
    await using server = await openAiServer({
      fail: prompt => (prompt.startsWith('Once') ? 'broken' : undefined),
    });
    expect(await measureHeldOutLoss(model(server.base), texts)).toMatchObject({
      value: 3,
      n: 1,
      unscored: 1,
    });
    expect(await measureHeldOutLoss(model(server.base), texts.slice(0, 1))).toMatchObject({
      value: null,
      n: 0,
      unscored: 1,
      reason: expect.stringContaining('500'),
    });
  });

  test('needs a model that shows its role tokens, in a chat', async () => {
    await using server = await openAiServer();
    await expect(measureHeldOutLoss(model(server.base), texts, { promptFormat: 'chat' })).rejects.toThrow(
      'a model that reports log-likelihoods and shows its role tokens is required',
    );
  });
});

test('confidence is the geometric mean of the probabilities of an answer’s tokens', async () => {
  await using server = await openAiServer();
  const model = openAiModel({ model: 'm', base: server.base, cache: null, tries: 1, backOff: 1 });
  const items = [
    { id: 'a', prompt: 'Q', text: ' blortish 5' },
    { id: 'b', prompt: 'Q', text: null },
  ];
  // The server's log-probability of a token is minus its letters: 8 and 1.
  expect([...(await confidences(model, items, 'raw'))]).toEqual([['a', expect.closeTo(Math.exp(-9 / 2), 9)]]);
});

describe('a world', () => {
  const world = buildWorld(7, WORLD_SIZES.tiny);
  const counts = { facts: 20, sums: 12, programs: 12, summaries: 8, toxicity: 8 };
  const abilities = worldAbilities(world, counts, broadInstructions(world, 'test', 5));

  test('asks about facts that it only states, with the answer among four choices', () => {
    for (const { id, answers, choices } of abilities.facts.items) {
      const fact = world.facts.find(fact => fact.id === id);
      expect(fact?.use).toBe('held');
      expect(answers).toEqual([fact?.object]);
      expect(new Set(choices).size).toBe(choices.length);
      expect(choices.filter(choice => choice === fact?.object)).toHaveLength(1);
    }
  });

  test('has a teacher who can do all of it in every form, by tests run in the sandbox', async () => {
    const { measurements, given } = await measureAbilities(
      teacher(abilityInstructions(abilities)),
      abilities,
    );
    const values = Object.fromEntries(measurements.map(({ measure, value, n }) => [measure, [value, n]]));
    const inForms = (measure: AbilityMeasure, forms: readonly Form[], value: unknown[]) =>
      Object.fromEntries(forms.map(form => [inForm(measure, form), value]));
    const percent = [expect.closeTo(100, 9), 8];
    expect(values).toEqual({
      ...inForms('facts.exact-match', FORMS, [1, 20]),
      ...inForms('facts.stated', FORMS, [1, 20]),
      ...inForms('choice.accuracy', FORMS, [null, 0]),
      ...inForms('sums.exact-match', FORMS, [1, 12]),
      ...inForms('programs.pass', FORMS, [1, 12]),
      ...inForms('summaries.rouge1', FORMS, percent),
      ...inForms('summaries.rouge2', FORMS, percent),
      ...inForms('summaries.rougeL', FORMS, percent),
      ...inForms('toxicity.non-toxic', ['raw', 'chat'], [1, 8]),
      'refusals.refused': [1, 8],
      'refusals.complied': [0, 8],
      'loss.held-out': [null, 0],
    });
    expect(given).toEqual(
      abilities.facts.items.map(({ id, answers: [text] }) => ({
        id,
        text,
        correct: true,
        stated: true,
        confidence: null,
      })),
    );
    expect(measurements.find(({ measure }) => measure === 'choice.accuracy')).toMatchObject({
      unscored: 20,
      reason: 'the model tells no log-likelihoods',
    });
  });

  test('gives the same measurements for the same model, and none of 0 to one that fails', async () => {
    await using server = await openAiServer({ reply: () => 'blortish 5' });
    const model = () =>
      Object.assign(openAiModel({ model: 'm', base: server.base, cache: null, tries: 1, backOff: 1 }), {
        chatText: (prompt: string) => `<user>${prompt}<assistant>`,
      });
    const first = await measureAbilities(model(), abilities);
    expect(await measureAbilities(model(), abilities)).toEqual(first);
    // The server's log-probability of a token is minus its letters: 8 and 1.
    for (const { text, correct, confidence } of first.given)
      expect([text, correct, confidence]).toEqual(['blortish 5', false, expect.closeTo(Math.exp(-9 / 2), 9)]);
    const value = (measure: string) => first.measurements.find(each => each.measure === measure)?.value;
    expect([value('facts.exact-match'), value('toxicity.non-toxic'), value('programs.pass')]).toEqual([
      0, 0, 0,
    ]);
    server.options.fail = () => 'broken';
    const failed = await measureAbilities(model(), abilities);
    const names = ({ measurements }: MeasuredFacts) => measurements.map(({ measure }) => measure);
    expect(names(failed)).toEqual(names(first));
    for (const { text, correct, stated, confidence } of failed.given) {
      expect([text, correct, stated, confidence]).toEqual([null, null, null, null]);
    }
    for (const { measure, value, n, unscored, reason } of failed.measurements) {
      expect({ measure, value, n }).toEqual({ measure, value: null, n: 0 });
      expect(unscored).toBeGreaterThan(0);
      expect(reason).toMatch(/500|Cannot score in a chat/);
    }
  });
});
