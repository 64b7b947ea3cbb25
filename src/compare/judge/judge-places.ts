/** Kinds of prompts: two answers to compare, or one to rate. */
export const PROMPT_TYPES = ['pairwise', 'single'] as const;
export type PromptType = (typeof PROMPT_TYPES)[number];

/** Places of a template: all that can be filled, and of each answer those of which one is required. */
interface Places {
  known: readonly string[];
  answers: readonly (readonly string[])[];
}

/** Number of turns that a prompt shows. */
export type Turns = 1 | 2;

const QUESTION = ['question', 'prompt', 'ref_answer', 'ref_answer_1', 'reference'];
const QUESTIONS = ['question_1', 'question_2', 'prompt', 'ref_answer_1', 'ref_answer_2'];

function places(shared: readonly string[], answers: readonly (readonly string[])[]): Places {
  return { known: [...shared, ...answers.flat()], answers };
}

/**
 * Names of places, by type and turns. Vicuna's and MT-bench's prompts give the same names to different things:
 * `answer_1` is the first of two answers, or a single model's answer to the first turn.
 */
export const PLACES: Record<PromptType, Record<Turns, Places>> = {
  pairwise: {
    1: places(QUESTION, [
      ['answer_1', 'answer_a'],
      ['answer_2', 'answer_b'],
    ]),
    2: places(QUESTIONS, [['answer_a_1'], ['answer_b_1'], ['answer_a_2'], ['answer_b_2']]),
  },
  single: {
    1: places(QUESTION, [['answer', 'answer_1']]),
    2: places(QUESTIONS, [['answer_1'], ['answer_2']]),
  },
};

/** One turn that a judge is shown. */
export interface JudgedTurn {
  question: string;
  /** The answer to rate, or the two to compare, in their order. */
  answers: readonly string[];
  /** The right answer, where it is known. */
  reference?: string | undefined;
}

/** Places such as `{question}`, also in double braces; double braces of anything else are single ones. */
const PLACE = /\{\{\s*([a-z]\w*)\s*\}\}|\{\{|\}\}|\{([a-z]\w*)\}/g;

/** Lists the places of a template, each once. Braces around anything but a name are text, such as JSON. */
export function placesIn(template: string): string[] {
  const names = Array.from(template.matchAll(PLACE), ([, double, single]) => double ?? single);
  return [...new Set(names.filter(name => name !== undefined))];
}

/** Returns the number of turns that a template shows. */
export function turnsOf(template: string): Turns {
  return placesIn(template).includes('question_2') ? 2 : 1;
}

/** Reports whether a template shows the right answer. */
export function showsReference(template: string): boolean {
  return placesIn(template).some(name => name.startsWith('ref'));
}

/** Fills the places of a template by the turns that it shows. */
export function fillPlaces(template: string, turns: readonly JudgedTurn[], instruction: string): string {
  const values = new Map([['prompt', instruction], ...(turns.length === 1 ? ofTurn(turns) : ofTurns(turns))]);
  return template.replace(PLACE, (found, double: string | undefined, single: string | undefined) => {
    const name = double ?? single;
    return name === undefined ? found.slice(0, 1) : (values.get(name) ?? found);
  });
}

function ofTurn([turn]: readonly JudgedTurn[]): [string, string][] {
  const { question = '', answers = [], reference = '' } = turn ?? {};
  const [first = '', second = ''] = answers;
  return [
    ['question', question],
    ['answer', first],
    ['answer_1', first],
    ['answer_a', first],
    ['answer_2', second],
    ['answer_b', second],
    ['reference', reference],
    ['ref_answer', reference],
    ['ref_answer_1', reference],
  ];
}

function ofTurns(turns: readonly JudgedTurn[]): [string, string][] {
  return turns.flatMap(({ question, answers: [first = '', second = ''], reference = '' }, index) => {
    const turn = index + 1;
    return [
      [`question_${turn}`, question],
      [`answer_${turn}`, first],
      [`answer_a_${turn}`, first],
      [`answer_b_${turn}`, second],
      [`ref_answer_${turn}`, reference],
    ] satisfies [string, string][];
  });
}
