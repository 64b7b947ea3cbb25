import type { StudyRow } from '../schema.ts';
import { JUDGES } from './simulated-judges.ts';
import type { StudyLine } from './study-panels.ts';

/** What a judge model finds that was asked. */
const JUDGE_MODEL: StudyLine = {
  name: 'Judge model',
  model: 'broad',
  measure: 'preference.judge.equal-or-better',
};

/** The judges that a study has: a judge model where one was asked, else the two simulated ones. */
export function judgesOf(rows: readonly StudyRow[]): readonly StudyLine[] {
  return rows.some(({ measure }) => measure === JUDGE_MODEL.measure) ? [JUDGE_MODEL] : JUDGES;
}
