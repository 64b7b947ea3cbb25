import { existsSync, statSync } from 'node:fs';
import { inOrder } from '../../data/index.ts';
import { type ModelOptions, openModel } from '../../generate/index.ts';
import { messageOf } from '../../runs/index.ts';
import type { Prompt } from '../../schema.ts';
import { isServer } from '../config/checkpoint-study.ts';
import { findCheckpoint } from '../config/find-checkpoint.ts';
import { checkOf, type StudyCheck } from './study-check.ts';

/** Checks a model: a record must have answers to the prompts, a folder the files of a model; of a server only the key is checked. */
export async function modelCheck(
  what: string,
  options: ModelOptions,
  prompts: readonly Prompt[] = [],
): Promise<StudyCheck> {
  const { model } = options;
  if (isServer(options)) return serverCheck(what, options);
  const required = `${prompts.length > 0 ? 'answers to the prompts' : 'a model'} in ${model}`;
  if (!existsSync(model)) return checkOf(what, false, required, 'no such file or folder');
  if (prompts.length === 0) {
    const { missing } = statSync(model).isDirectory()
      ? await findCheckpoint({ name: what, path: model })
      : { missing: [] };
    return checkOf(what, missing.length === 0, required, missing.join(', ') || model);
  }
  try {
    const opened = await openModel(options);
    try {
      const answers = await inOrder(opened.model, prompts, {});
      const given = answers.filter(({ text }) => text !== null).length;
      const found = `${given} of ${prompts.length}`;
      if (given > 0 && given < prompts.length) return { what, state: 'note', required, found };
      return checkOf(what, given > 0, required, found);
    } finally {
      await opened.close();
    }
  } catch (error) {
    return checkOf(what, false, required, messageOf(error));
  }
}

/** Checks what a server requires: the name of a model, and a key unless it runs on this machine or states another way in. */
function serverCheck(what: string, { model, modelName, apiKeyEnv, headers }: ModelOptions): StudyCheck {
  const variable = apiKeyEnv ?? 'OPENAI_API_KEY';
  const hasKey = Boolean(process.env[variable]);
  const needsKey = apiKeyEnv !== undefined || !(isLocal(model) || headers !== undefined);
  const required = `a model's name, and a key in ${variable} if ${model} wants one`;
  const found = `${modelName ?? 'no modelName'}, ${hasKey ? 'its key' : 'no key'}; it is not asked here`;
  return checkOf(what, modelName !== undefined && (hasKey || !needsKey), required, found);
}

/** Returns whether an address is this machine's. */
function isLocal(address: string): boolean {
  return (
    URL.canParse(address) &&
    /^(localhost|127\.\d+\.\d+\.\d+|\[::1\]|0\.0\.0\.0)$/.test(new URL(address).hostname)
  );
}
