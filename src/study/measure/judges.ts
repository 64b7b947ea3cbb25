import { answerStructure, splitSentences } from '../../text/index.ts';
import type { FollowAnswer } from './adherence.ts';
import type { AnswerPair } from './pair-answers.ts';
import { claimsOf, type LabelAnswer } from './truth.ts';

/** Outcome of a comparison of a model's answer with the teacher's. */
export type Outcome = 'win' | 'tie' | 'loss';

/**
 * A simulated judge of pairs: deterministic, and blind to which answer is whose and which comes first, so that
 * swapping them swaps wins and losses.
 */
export type SimulatedJudge = (pair: AnswerPair) => Outcome;

/** Matches the end of an answer that was not cut off. */
const ENDED = /[.!?:)"'”’`]\s*$/u;

/**
 * Scores the form of an answer, 0 to 5: a point each for an opening, a list, a closing summary, an end that is not cut
 * off, and no repeated sentence. Its content does not matter.
 */
export function stylePoints(text: string): number {
  if (text.trim() === '') return 0;
  const { opening, listLines, summary } = answerStructure(text);
  const said = splitSentences(text).map(({ start, end }) => text.slice(start, end).trim());
  const marks = [
    opening !== null,
    listLines.length > 0,
    summary !== null,
    ENDED.test(text),
    new Set(said).size === said.length,
  ];
  return marks.filter(Boolean).length;
}

/** Prefers the answer with more {@link stylePoints}: a rater who does not know the facts. */
export const styleJudge: SimulatedJudge = ({ teacher, model }) =>
  outcomeOf(stylePoints(model) - stylePoints(teacher));

/**
 * Prefers the answer with fewer false claims, then the one with more true claims, and else the one that
 * {@link styleJudge} prefers: the same rater, but one who knows every fact, so that truth is the only reason where the two differ.
 */
export function truthJudge(label: LabelAnswer): SimulatedJudge {
  return pair => {
    const { promptId, teacher, model } = pair;
    const ofTeacher = claimsOf(label({ promptId, model: 'teacher', text: teacher }));
    const ofModel = claimsOf(label({ promptId, model: 'model', text: model }));
    const truer = ofTeacher.incorrect - ofModel.incorrect || ofModel.correct - ofTeacher.correct;
    return truer === 0 ? styleJudge(pair) : outcomeOf(truer);
  };
}

/**
 * Lets a judge look first at what was asked, as a crowd worker does: an answer that does not do it loses to one that does, two
 * such answers tie, and only among answers that do it the judge decides.
 */
export function afterAdherence(judge: SimulatedJudge, follow: FollowAnswer): SimulatedJudge {
  return pair => {
    const { promptId, teacher, model } = pair;
    const [ofTeacher, ofModel] = [teacher, model].map(text => Number(follow({ promptId, text }).adheres));
    return ofTeacher === 1 && ofModel === 1 ? judge(pair) : outcomeOf((ofModel ?? 0) - (ofTeacher ?? 0));
  };
}

function outcomeOf(advantage: number): Outcome {
  if (advantage === 0) return 'tie';
  return advantage > 0 ? 'win' : 'loss';
}
