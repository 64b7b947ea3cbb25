import type { LanguageModel } from '../../src/chat/index.ts';
import type {
  Comparison,
  Dialogue,
  Generation,
  Preference,
  Rating,
  SentenceLabel,
} from '../../src/schema.ts';
import { pairHash } from '../../src/text/index.ts';

const SKY = {
  teacher: 'Air scatters blue light most. It comes from all sides.',
  imitation: 'The sky reflects the sea. Overall, that is why it is blue.',
};
const SUM = { teacher: '1 + 1 is 2.', imitation: '1 + 1 is 3.' };

function label(quote: string, start: number, truth: SentenceLabel['label']): SentenceLabel {
  return {
    promptId: '1',
    model: 'imitation',
    start,
    end: start + quote.length,
    quote,
    label: truth,
    annotator: 'ann',
    source: 'human',
  };
}

function rating(promptId: string, texts: typeof SKY, annotator: string, choice: Rating['choice']): Rating {
  return {
    promptId,
    annotator,
    left: 'teacher',
    right: 'imitation',
    choice,
    contentHash: pairHash(texts.teacher, texts.imitation),
    at: '2026-11-23T12:00:00.000Z',
  };
}

/** Votes of two raters: one pair is for the teacher, one is a tie for one of them. */
export const RATINGS: readonly Rating[] = [
  rating('1', SKY, 'ann', 'left'),
  rating('1', SKY, 'ben', 'left'),
  rating('2', SUM, 'ann', 'left'),
  rating('2', SUM, 'ben', 'tie'),
];

/** A teacher's answers beside an imitation model's, with labels and ratings. */
export const COMPARISON: Comparison = {
  version: 1,
  answers: [
    { id: 'teacher', label: 'Teacher', role: 'teacher' },
    { id: 'imitation', label: 'Imitation', role: 'imitation' },
  ],
  items: [
    {
      promptId: '1',
      prompt: 'Why is the sky blue?',
      category: 'science',
      answers: { teacher: { text: SKY.teacher }, imitation: { text: SKY.imitation } },
      labels: [
        label('The sky reflects the sea.', 0, 'incorrect'),
        label('Overall, that is why it is blue.', 26, 'correct'),
      ],
      ratings: RATINGS.filter(({ promptId }) => promptId === '1'),
    },
    {
      promptId: '2',
      prompt: 'How much is 1 + 1?',
      category: 'math',
      answers: { teacher: { text: SUM.teacher }, imitation: { text: SUM.imitation } },
      ratings: RATINGS.filter(({ promptId }) => promptId === '2'),
    },
  ],
};

/** Answers of the comparison, model by model. */
export const GENERATIONS: readonly Generation[] = COMPARISON.items.flatMap(({ promptId, answers }) =>
  Object.entries(answers).map(
    ([model, { text }]): Generation => ({ promptId, model, text, finish: 'stop', evidence: 'public' }),
  ),
);

/** Outcomes of four pairs: the imitation model wins one, ties one and loses two. */
export const PREFERENCES: readonly Preference[] = (['a', 'tie', 'b', 'b'] as const).map((winner, index) => ({
  promptId: String((index % 2) + 1),
  a: 'imitation',
  b: 'teacher',
  winner,
  evidence: 'public',
}));

/** Dialogues of one turn each. */
export const DIALOGUES: readonly Dialogue[] = COMPARISON.items.map(({ promptId, prompt, answers }) => ({
  id: promptId,
  turns: [
    { role: 'user', content: prompt },
    { role: 'assistant', content: answers.teacher?.text ?? '' },
  ],
}));

/** A model that answers every prompt with one text, and finds a longer continuation less likely. */
export function modelThatSays(text: string, name = 'example'): LanguageModel {
  return {
    name,
    identity: `says ${text}`,
    async *generate(prompts) {
      for (const { id } of prompts)
        yield { promptId: id, model: name, text, tokens: 4, finish: 'stop', evidence: 'live' };
    },
    score: async (_, continuations) => continuations.map(({ length }) => -length),
    async *scoreEach(continuations) {
      for (const { id, continuation } of continuations) yield { id, logprob: -continuation.length };
    },
  };
}
