export { adherence } from './adherence.ts';
export {
  type AdherenceAgreement,
  type AnswerToLabel,
  adherenceAgreement,
  drawAnswersToLabel,
  type LabelledAnswer,
} from './labels.ts';
