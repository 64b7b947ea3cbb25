import { readdir } from 'node:fs/promises';

/** Files of a model's folder that say how it reads and generates text: tokenizer, chat template, settings. */
const TEXT_FILES =
  /^(generation_config\.json|tokenizer.*\.(json|model)|(special|added)_token.*\.json|vocab\.(json|txt)|merges\.txt|chat_template\.jinja)$/;

/** Files that describe a model to people. */
const DESCRIPTIONS = /^(README\.md|LICENSE.*)$/;

/** Lists the files of a folder that say how a model reads and generates text; a copy of the model needs them too. */
export async function textFiles(folder: string): Promise<string[]> {
  return (await readdir(folder)).filter(name => TEXT_FILES.test(name)).sort();
}

/** Lists the same, and the files that describe the model to people. */
export async function keptFiles(folder: string): Promise<string[]> {
  return (await readdir(folder)).filter(name => TEXT_FILES.test(name) || DESCRIPTIONS.test(name)).sort();
}
