import { modelOfFile, type ReadOptions } from '../answers.ts';
import { type EntryAnswer, rowFormat } from '../file-format.ts';
import { generationOf } from '../generation.ts';
import { categoryOf, idOf, isRecord, type Row, textOf } from '../row.ts';
import { ANSWER_NAMES, allNamed, ID_NAMES, MODEL_NAMES, named, PROMPT_NAMES } from '../table/column-names.ts';

/** Fields that hold the answers to a row's prompt. */
const FIELDS = ['responses', 'model_responses', 'answers', 'outputs', 'completions', 'generations'];

/** Those that hold nothing else: a list of texts under `answers` is what counts as right. */
const SAMPLES = FIELDS.filter(field => field !== 'answers');

/** Names of an answer's text in an object of its own. */
const TEXTS = [...ANSWER_NAMES, 'answer', 'text', 'content', 'message'];

/**
 * Answers of several models under one field of each row: an object of answers by the models' names, a list of objects
 * that each name their model, or a list of texts, which are samples of one model.
 */
export const nestedAnswers = rowFormat({
  name: 'nested-answers',
  kind: 'answers',
  sign: 'rows of a prompt or id, and responses: answers by model, or a list of them',
  fits: ({ value }) => {
    const columns = Object.keys(value);
    const isAsked = named(columns, [...PROMPT_NAMES, ...ID_NAMES]) !== undefined;
    return isAsked && fieldOf(value) !== undefined;
  },
  read: (row, options) => {
    const columns = Object.keys(row.value);
    const id = idOf(row, allNamed(columns, ID_NAMES));
    const text = textOf(row, allNamed(columns, PROMPT_NAMES));
    const prompt = {
      ...(id !== undefined && { id }),
      ...(text !== undefined && { text }),
      ...categoryOf(row),
    };
    return { prompt, answers: answersOf(row, options) };
  },
});

/** Returns the field that holds a row's answers. */
function fieldOf(value: Record<string, unknown>): string | undefined {
  return FIELDS.find(field => {
    const held = value[field];
    if (Array.isArray(held)) {
      if (held.length === 0) return false;
      return held.every(isNamed) || (SAMPLES.includes(field) && held.every(isSaid));
    }
    return isRecord(held) && byModel(held);
  });
}

/** Reports whether an object holds answers by model; not choices by letter, nor measures. */
function byModel(held: Record<string, unknown>): boolean {
  const values = Object.values(held);
  const isChoices = Object.keys(held).every(key => /^([a-z]|\d+)$/i.test(key));
  return !isChoices && values.every(isSaid) && values.some(value => typeof value !== 'number');
}

function answersOf(row: Row, options: ReadOptions): EntryAnswer[] {
  const held = row.value[fieldOf(row.value) ?? ''];
  if (!Array.isArray(held))
    return Object.entries(isRecord(held) ? held : {}).map(([model, said]) =>
      answerOf(row, model, said, options),
    );
  const ownModel = textOf(row, allNamed(Object.keys(row.value), MODEL_NAMES)) ?? modelOfFile(options);
  return held.map((said, sample) => {
    const model = isRecord(said) ? modelIn(said) : undefined;
    const answer = answerOf(row, model ?? ownModel, said, options);
    return model === undefined && held.length > 1 ? { sample, ...answer } : answer;
  });
}

function answerOf({ at }: Row, model: string, said: unknown, options: ReadOptions): EntryAnswer {
  const value = isRecord(said) ? said : {};
  const text = isRecord(said) ? said[textField(said) ?? ''] : said;
  return generationOf({ at, value }, { model, text: text ?? null }, options);
}

/** Reports whether a value is an answer: a text, a truth value, a number or null, or an object with one of these. */
function isSaid(value: unknown): boolean {
  if (isRecord(value)) {
    const field = textField(value);
    return field !== undefined && (isRecord(value[field]) || isSaid(value[field]));
  }
  return value === null || ['string', 'boolean', 'number'].includes(typeof value);
}

/** Reports whether a value is an answer that names its model. */
function isNamed(value: unknown): boolean {
  return isRecord(value) && modelIn(value) !== undefined && isSaid(value);
}

function modelIn(value: Record<string, unknown>): string | undefined {
  const field = named(Object.keys(value), [...MODEL_NAMES, 'name']);
  const model = field === undefined ? undefined : value[field];
  return typeof model === 'string' && model !== '' ? model : undefined;
}

function textField(value: Record<string, unknown>): string | undefined {
  return named(Object.keys(value), TEXTS);
}
