import type { StudyAnswer, StudyRow } from '../../schema.ts';
import { pairKey } from '../../stats/index.ts';
import { pairHash } from '../../text/index.ts';

/** Anything that holds a study's answers, such as what `openStudy` gives. */
export interface StudyAnswers {
  answers: readonly StudyAnswer[];
}

/** Which of a study's models, whatever its seed. */
export type WhichModel = Pick<StudyRow, 'model' | 'size' | 'budget'>;

/** A model's answer beside the teacher's to the same prompt of the same seed. */
export interface StudyPair extends WhichModel {
  /** Of the prompt, one study's: prompts of two seeds are two prompts. */
  promptId: string;
  prompt: string;
  category: string;
  teacherText: string;
  /** Of the model, as {@link modelId} gives it. */
  modelId: string;
  modelText: string;
  /** By which a vote finds the pair again, see `pairKey`. */
  key: string;
  /** By which a vote knows that it is on these texts. */
  contentHash: string;
}

/** Of the teacher, in comparisons made of a study. */
export const TEACHER_ID = 'teacher';

/** Of a model in comparisons made of a study, such as `broad/12000/5000`. */
export function modelId({ model, size, budget }: WhichModel): string {
  return [model, size, budget].filter(part => part !== null).join('/');
}

/** Every answer of a study beside the teacher's own; a call that failed makes no pair. */
export function studyPairs({ answers }: StudyAnswers): StudyPair[] {
  const taught = new Map<string, string>();
  for (const answer of answers) {
    if (answer.model === 'teacher' && answer.text !== null) taught.set(promptOf(answer), answer.text);
  }
  return answers.flatMap(answer => {
    const promptId = promptOf(answer);
    const { model, size, budget, prompt, category, text: modelText } = answer;
    const teacherText = taught.get(promptId);
    if (model === 'teacher' || modelText === null || teacherText === undefined) return [];
    const id = modelId(answer);
    return {
      model,
      size,
      budget,
      promptId,
      prompt,
      category,
      teacherText,
      modelId: id,
      modelText,
      key: pairKey(promptId, TEACHER_ID, id),
      contentHash: pairHash(teacherText, modelText),
    };
  });
}

/** Id of a prompt among those of all seeds, each of which has a world of its own. */
export function promptOf({ seed, promptId }: Pick<StudyAnswer, 'seed' | 'promptId'>): string {
  return `${seed}/${promptId}`;
}
