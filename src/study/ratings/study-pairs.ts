import type { StudyAnswer, StudyRow } from '../../schema.ts';
import { pairKey } from '../../stats/index.ts';
import { pairHash } from '../../text/index.ts';

/** Answers of a study, such as the result of `openStudy`. */
export interface StudyAnswers {
  answers: readonly StudyAnswer[];
}

/** Model of a study, in all of its seeds. */
export type WhichModel = Pick<StudyRow, 'model' | 'size' | 'budget'>;

/** A model's answer beside the teacher's to the same prompt of the same seed. */
export interface StudyPair extends WhichModel {
  /** Id of the prompt: prompts of two seeds are two prompts. */
  promptId: string;
  prompt: string;
  category: string;
  teacherText: string;
  /** Id of the model: {@link modelId}. */
  modelId: string;
  modelText: string;
  /** Key that a vote names the pair by: `pairKey`. */
  key: string;
  /** Hash that a vote names the two texts by: `pairHash`. */
  contentHash: string;
}

/** Id of the teacher in comparisons of a study. */
export const TEACHER_ID = 'teacher';

/** Returns the id of a model in comparisons of a study, such as `broad/12000/5000`. */
export function modelId({ model, size, budget }: WhichModel): string {
  return [model, size, budget].filter(part => part !== null).join('/');
}

/** Pairs every answer of a study with the teacher's; a failed call makes no pair. */
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

/** Returns the id of a prompt among those of all seeds, each of which has a world of its own. */
export function promptOf({ seed, promptId }: Pick<StudyAnswer, 'seed' | 'promptId'>): string {
  return `${seed}/${promptId}`;
}
