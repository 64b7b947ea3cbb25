import { modelOfFile } from '../answers.ts';
import { hasFields, isId, isText, isTextOrNull, listOf, objectOf } from '../fields.ts';
import { rowFormat } from '../file-format.ts';
import { generationOf } from '../generation.ts';
import { categoryOf, requireId, rowsUnder, textOf } from '../row.ts';

const ID = ['question_id'];

/**
 * Questions of MT-bench: the user's turns, of which the first is the prompt and the others follow the answers to those
 * before, each perhaps with a reference answer.
 */
export const mtBenchQuestions = rowFormat({
  name: 'mt-bench-questions',
  kind: 'prompts',
  sign: 'rows of question_id, and turns that are texts',
  fits: ({ value }) => hasFields(value, { question_id: isId, turns: isTurns }),
  read: row => {
    const [text = '', ...further] = textsOf(row.value.turns);
    const [reference, ...references] = textsOf(row.value.reference);
    return {
      prompt: {
        id: requireId(row, ID),
        text,
        ...categoryOf(row),
        ...(reference !== undefined && { reference }),
        ...(further.length > 0 && { furtherTurns: further.map((turn, i) => turnOf(turn, references[i])) }),
      },
      answers: [],
    };
  },
});

/**
 * Answers to MT-bench's questions: in each of the `choices`, which are samples, an answer to each turn. The first is
 * the answer, as the first turn is the prompt; the others are kept beside it.
 */
export const mtBenchAnswers = rowFormat({
  name: 'mt-bench-answers',
  kind: 'answers',
  sign: 'rows of question_id, and choices with turns that are texts',
  fits: ({ value }) => hasFields(value, { question_id: isId, choices: listOf(objectOf({ turns: isTurns })) }),
  read: (row, options) => {
    const model = textOf(row, ['model_id', 'model']) ?? modelOfFile(options);
    const samples = rowsUnder(row, 'choices').map(choice => {
      const [text = null, ...furtherTurns] = textsOf(choice.value.turns);
      const answer = generationOf(choice, { model, text }, options);
      return furtherTurns.length > 0 ? { ...answer, furtherTurns } : answer;
    });
    return { prompt: { id: requireId(row, ID) }, answers: samples };
  },
});

/** MT-bench's judgements: of a pair of answers in both orders, or of one answer, which are in other files. */
export const mtBenchJudgments = rowFormat({
  name: 'mt-bench-judgments',
  kind: 'reviews',
  sign: 'rows of question_id and judge, with g1_judgment of model_1 and model_2, or judgment of model',
  fits: ({ value }) =>
    hasFields(value, { question_id: isId, model_1: isText, model_2: isText, g1_judgment: isTextOrNull }) ||
    hasFields(value, { question_id: isId, model: isText, judgment: isTextOrNull }),
  read: row => ({ prompt: { id: requireId(row, ID) }, answers: [] }),
});

const isTurns = (value: unknown) => Array.isArray(value) && value.length > 0 && listOf(isText)(value);

/** Returns the texts of a list. */
function textsOf(value: unknown): string[] {
  return Array.isArray(value) ? value.filter(item => typeof item === 'string') : [];
}

function turnOf(text: string, reference: string | undefined): { text: string; reference?: string } {
  return { text, ...(reference !== undefined && { reference }) };
}
