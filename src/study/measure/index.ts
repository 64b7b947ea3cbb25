export type { AbilityCounts } from './ability-counts.ts';
export { abilityInstructions } from './ability-instructions.ts';
export { type FollowAnswer, type Following, measureAdherence } from './adherence.ts';
export { arithmeticBenchmark } from './arithmetic.ts';
export { type AskedCodingProblem, measureCoding } from './coding.ts';
export { confidences } from './confidence.ts';
export { exampleDialogues } from './example-dialogues.ts';
export { factsBenchmark, type Question } from './facts.ts';
export type { Asked, Example } from './few-shot.ts';
export { followIn } from './follow.ts';
export { ABILITY_MEASURES, type AbilityMeasure, FORMS, type Form, formsOf, inForm, SHOTS } from './forms.ts';
export { type HeldOutLossOptions, measureHeldOutLoss } from './held-out-loss.ts';
export { judgePrograms, type ProgramLimits } from './judge-programs.ts';
export {
  afterAdherence,
  type Outcome,
  type SimulatedJudge,
  styleJudge,
  stylePoints,
  truthJudge,
} from './judges.ts';
export { type Abilities, measureAbilities } from './measure-abilities.ts';
export { type KnownAnswers, measureAnswers, measureStyle } from './measure-answers.ts';
export { type GivenFact, type MeasuredFacts, measureFacts } from './measure-facts.ts';
export type { Measurement } from './measurement.ts';
export { type MultipleChoiceQuestion, multipleChoiceBenchmark } from './multiple-choice.ts';
export { type AnswerPair, type PairedAnswers, pairAnswers } from './pair-answers.ts';
export { measurePreference } from './preference.ts';
export { summariesBenchmark } from './summaries.ts';
export { measureToxicity, nonToxicBenchmark, type Tone } from './toxicity.ts';
export { type Claims, claimsOf, type LabelAnswer, measureTruth } from './truth.ts';
export { worldAbilities } from './world-abilities.ts';
