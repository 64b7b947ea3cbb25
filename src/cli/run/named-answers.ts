import type { Answers } from '../../readers/index.ts';
import { brokenRule } from '../../text/index.ts';
import { UsageError } from '../exit.ts';

/** Returns the answers of one model where it is named. @throws {UsageError} if there are none of it. */
export async function namedAnswers(
  answers: Answers,
  flag: string,
  name: string | undefined,
): Promise<Answers> {
  if (name === undefined) return answers;
  const { answersOf, modelsOf } = await import('../../readers/index.ts');
  const models = modelsOf(answers);
  if (models.includes(name)) return answersOf(answers, name);
  throw new UsageError(`${answers.name}: ${flag} ${brokenRule({ enum: models }, name)}`);
}
