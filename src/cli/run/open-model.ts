import { type ModelOptions, openModel as open } from '../../generate/index.ts';
import { UsageError } from '../exit.ts';

type Context = Parameters<typeof open>[1];

/**
 * Opens the model that options name.
 *
 * @throws {UsageError} if they name a server but no model of it.
 */
export function openModel(options: ModelOptions, more: Context = {}): ReturnType<typeof open> {
  return openNamed(options, '--model-name', more);
}

/** Options of a command that a judge model answers, as `--judge` and `--judge-model` name it. */
interface JudgeModelOptions extends Omit<ModelOptions, 'model' | 'modelName'> {
  judgeModel?: string | undefined;
}

/**
 * Opens a judge model.
 *
 * @throws {UsageError} if it is at a server, and its name there is not stated.
 */
export function openJudge(
  judge: string,
  { judgeModel, ...options }: JudgeModelOptions,
  more: Context = {},
): ReturnType<typeof open> {
  const named = judgeModel === undefined ? {} : { modelName: judgeModel };
  return openNamed({ ...options, model: judge, ...named }, '--judge-model', more);
}

function openNamed(options: ModelOptions, flag: string, more: Context): ReturnType<typeof open> {
  if (/^https?:/i.test(options.model) && options.modelName === undefined)
    throw new UsageError(`${flag} is required beside an address, got none`);
  return open(options, more);
}
