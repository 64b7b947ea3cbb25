import type { Question } from '../../chat/index.ts';
import {
  type PairForm,
  parsePairReply,
  parseRating,
  type Review,
  type SingleReview,
} from '../../readers/index.ts';
import type { Comparison, Failure } from '../../schema.ts';
import type { JudgedTurn, PromptType } from './judge-places.ts';
import type { JudgePrompt } from './judge-prompts.ts';
import { type AskedJudge, judgeQuestion } from './judge-question.ts';

/** A prompt whose answers are judged. */
export interface JudgedPrompt {
  promptId: string;
  prompt: string;
  /** Category that selects the judge's prompt; default the general one. */
  category?: string | undefined;
  /** The right answer, for the judge's prompts that show it. */
  reference?: string | undefined;
  /** The next turn of the conversation, where both answers have one. */
  followUp?: { prompt: string; reference?: string | undefined } | undefined;
}

/** Two answers to one prompt. */
export interface JudgePair extends JudgedPrompt {
  answers: readonly [JudgedAnswer, JudgedAnswer];
}

/** One answer to one prompt. */
export interface JudgeItem extends JudgedPrompt {
  answer: JudgedAnswer;
}

/** An answer by the id of whoever gave it. */
export interface JudgedAnswer {
  id: string;
  text: string;
  /** The answer to the next turn. */
  followUp?: string | undefined;
}

/** One call of a judge, and what its reply means. */
export interface JudgeCall<Outcome> extends Question {
  /** Reads a reply; without scores where there are none in it. */
  read(text: string): Outcome;
  /** Returns the outcome of a call that failed. */
  fail(error: Failure): Outcome;
  isRead(outcome: Outcome): boolean;
  /** Makes the fields of a review that is kept, as FastChat and MT-bench publish them; −1 replaces missing scores. */
  fieldsOf(outcome: Outcome): object;
}

/**
 * Makes the calls of every pair in both orders, and for each turn that a prompt shows.
 *
 * @throws {Error} if a pair occurs twice.
 * @throws {RangeError} if no prompt compares two answers.
 */
export function pairCalls(pairs: readonly JudgePair[], prompts: readonly JudgePrompt[]): JudgeCall<Review>[] {
  return callsOf(pairs, prompts, 'pairwise', pair =>
    ([pair.answers, [pair.answers[1], pair.answers[0]]] as const).map(answers => ({
      answers,
      about: `${answers[0].id} and ${answers[1].id}`,
      make: ({ prompt: { form, scale } }, turn): Omit<JudgeCall<Review>, keyof Question> => {
        const of = { promptId: pair.promptId, first: answers[0].id, second: answers[1].id, ...turn };
        return {
          read: text => ({ ...of, scores: parsePairReply(text, { scale, form: pairForm(form) }), text }),
          fail: ({ kind, message }) => ({ ...of, scores: null, text: '', error: message, failure: kind }),
          isRead: ({ scores }) => scores !== null,
          fieldsOf: ({ scores, text }) => ({
            question_id: of.promptId,
            answer1_id: of.first,
            answer2_id: of.second,
            ...turn,
            text,
            score: scores ?? [-1, -1],
          }),
        };
      },
    })),
  );
}

/**
 * Makes the calls of every answer, and for each turn that a prompt shows.
 *
 * @throws {Error} if an answer occurs twice.
 * @throws {RangeError} if no prompt rates a single answer.
 */
export function singleCalls(
  items: readonly JudgeItem[],
  prompts: readonly JudgePrompt[],
): JudgeCall<SingleReview>[] {
  return callsOf(items, prompts, 'single', ({ promptId, answer }) => [
    {
      answers: [answer],
      about: answer.id,
      make: ({ prompt: { scale } }, turn): Omit<JudgeCall<SingleReview>, keyof Question> => {
        const of = { promptId, model: answer.id, ...turn };
        return {
          read: text => ({ ...of, score: parseRating(text, { scale }), text }),
          fail: ({ kind, message }) => ({ ...of, score: null, text: '', error: message, failure: kind }),
          isRead: ({ score }) => score !== null,
          fieldsOf: ({ score, text }) => ({
            question_id: promptId,
            model: answer.id,
            ...turn,
            text,
            score: score ?? -1,
          }),
        };
      },
    },
  ]);
}

function pairForm(form: JudgePrompt['form']): PairForm {
  return form === 'verdict' ? 'verdict' : 'scores';
}

/** Answers to show in one order, and the call that does. */
interface Showing<Outcome> {
  answers: readonly JudgedAnswer[];
  /** Their owners, for errors. */
  about: string;
  make(asked: AskedJudge, turn: { turn?: number }): Omit<JudgeCall<Outcome>, keyof Question>;
}

function callsOf<Item extends JudgedPrompt, Outcome>(
  items: readonly Item[],
  prompts: readonly JudgePrompt[],
  type: PromptType,
  showingsOf: (item: Item) => readonly Showing<Outcome>[],
): JudgeCall<Outcome>[] {
  if (!prompts.some(({ type: own = 'pairwise' }) => own === type))
    throw new RangeError(`Cannot ask a judge: a ${type} prompt is required, found none`);
  const calls = new Map<string, JudgeCall<Outcome>>();
  for (const item of items) {
    for (const { answers, about, make } of showingsOf(item)) {
      for (const turns of turnsOf(item, answers)) {
        const asked = judgeQuestion(prompts, type, { category: item.category, turns });
        if (asked === undefined) continue;
        const turn = turns.length > 1 ? { turn: turns.length } : {};
        const id = JSON.stringify([
          item.promptId,
          ...answers.map(answer => answer.id),
          ...Object.values(turn),
        ]);
        if (calls.has(id))
          throw new Error(
            `Cannot ask a judge: each ${type === 'single' ? 'answer' : 'pair'} must occur once, found ${about} of prompt ${item.promptId} twice`,
          );
        const { history, text } = asked;
        calls.set(id, { id, text, history, ...make(asked, turn) });
      }
    }
  }
  return [...calls.values()];
}

/** Returns the turns that a judge is shown: the first, and both where all answers have a second. */
function turnsOf(
  { prompt, reference, followUp }: JudgedPrompt,
  answers: readonly JudgedAnswer[],
): JudgedTurn[][] {
  const first = { question: prompt, answers: answers.map(({ text }) => text), reference };
  const next = answers.flatMap(answer => answer.followUp ?? []);
  if (followUp === undefined || next.length < answers.length) return [[first]];
  return [[first], [first, { question: followUp.prompt, answers: next, reference: followUp.reference }]];
}

/**
 * Pairs the teacher's answer with each other one, of every prompt of a comparison.
 *
 * @example
 * // Given comparison.
 * pairsOf(comparison)[0]?.answers.map(({ id }) => id) // ['teacher', 'imitation']
 */
export function pairsOf({ answers, items }: Comparison): JudgePair[] {
  const teacher = answers.find(({ role }) => role === 'teacher')?.id ?? answers[0]?.id ?? '';
  const others = answers.flatMap(({ id }) => (id === teacher ? [] : [id]));
  return items.flatMap(({ promptId, prompt, category, answers: texts }) =>
    others.flatMap((id): JudgePair[] => {
      const [own, other] = [texts[teacher], texts[id]];
      if (own === undefined || other === undefined) return [];
      const pair = [
        { id: teacher, text: own.text },
        { id, text: other.text },
      ] as const;
      return [{ promptId, prompt, category, answers: pair }];
    }),
  );
}
