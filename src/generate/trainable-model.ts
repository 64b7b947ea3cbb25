import { copyFile, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { exists, readGgufHeader, writeFileAtomic } from '../files/index.ts';
import {
  growVocabulary,
  type InitConfig,
  initConfig,
  initialise,
  loadModel,
  type Model,
  type ModelConfig,
  mergeLora,
  saveLora,
  saveModel,
  stringifyConfig,
  toHuggingFace,
} from '../model/index.ts';
import { ROLE_TOKENS, roleTemplate, type Tokenizer, withRoleTokens } from '../tokenize/index.ts';
import { ggufTokenizerFiles } from './gguf-tokenizer-files.ts';
import { textFiles } from './kept-files.ts';
import { modelPath } from './model-path.ts';
import { readVocabulary, type Vocabulary } from './read-vocabulary.ts';

/** Options that name the model to be trained: one of `model`, and `init` with `tokenizer`, is required. */
export interface TrainableModelOptions {
  /** A folder in Hugging Face's layout, a `.gguf` file, or the name of a model on the hub. */
  model?: string;
  init?: InitConfig;
  /** Folder of the tokenizer; default the model's. */
  tokenizer?: string;
  /** Format of dialogues: by the model's chat template, the default where it has one, or with role tokens. */
  format?: 'template' | 'role-tokens';
  /** Seed of first weights, and of the rows of new tokens; default 0. */
  seed?: number;
  /** Folder in which the tokenizer of a `.gguf` file is written. */
  out: string;
}

/** A model to be trained, and how it reads and writes text. */
export interface TrainableModel {
  model: Model;
  vocabulary: Vocabulary;
  tokenizer: Tokenizer;
  /** Vocabulary by which the trained model answers: the saved folder's. */
  answerVocabulary: Vocabulary;
  /** True if dialogues are written with role tokens, rather than by the model's template. */
  usesRoleTokens: boolean;
  /**
   * Saves the trained model, with its tokenizer, as a folder that Transformers loads. Adapters are merged into it;
   * where the model needed no rows for new tokens, they are saved separately in its `adapter` too, for PEFT.
   */
  save(folder: string, model: Model, lora?: { dropout?: number }): Promise<void>;
}

/**
 * Opens a model to train it, or makes its first weights; with rows for role tokens that it lacks.
 *
 * @throws {Error} if a file is missing, or role tokens cannot be added to the tokenizer.
 */
export async function openTrainableModel(options: TrainableModelOptions): Promise<TrainableModel> {
  const { model: named = '', init, seed = 0, format, out: outFolder } = options;
  const source = named === '' ? named : await modelPath(named);
  const folder =
    options.tokenizer ?? (source.endsWith('.gguf') ? await tokenizerOf(source, outFolder) : source);
  const vocabulary = await readVocabulary(folder);
  const usesRoleTokens = format ? format === 'role-tokens' : vocabulary.template === undefined;
  const tokenizer = usesRoleTokens ? withRoleTokens(vocabulary.tokenizer) : vocabulary.tokenizer;
  const files = await textFiles(folder);
  if (usesRoleTokens && !files.includes('tokenizer.json')) {
    throw new Error(
      `Cannot add role tokens to the tokenizer of ${folder}: a tokenizer.json is required, found ${files.join(', ')}`,
    );
  }
  const base = init ? initialModel(initConfig(init, tokenizer.vocabSize), seed) : await loadModel(source);
  // Before it is trained: a model that Transformers cannot state could not be saved afterwards.
  toHuggingFace(base.config);
  const model =
    base.config.vocabSize < tokenizer.vocabSize ? growVocabulary(base, tokenizer.vocabSize, seed) : base;
  const save = async (out: string, trained: Model, lora?: { dropout?: number }) => {
    await saveModel(out, lora ? mergeLora(trained) : trained);
    // On a model without the rows of new tokens, adapters would compute something else.
    if (lora && !init && model === base) {
      await saveLora(join(out, 'adapter'), trained, { base: named, dropout: lora.dropout ?? 0 });
    }
    if (folder !== out) for (const name of files) await copyFile(join(folder, name), join(out, name));
    if (usesRoleTokens) await saveRoleTokens(out, tokenizer);
  };
  const answerVocabulary = usesRoleTokens ? roleVocabulary(vocabulary, tokenizer) : vocabulary;
  return { model, vocabulary, tokenizer, answerVocabulary, usesRoleTokens, save };
}

function initialModel(config: ModelConfig, seed: number): Model {
  return { config, weights: initialise(config, seed) };
}

/** Writes the tokenizer of a GGUF file as a folder holds it, and gives the folder. */
async function tokenizerOf(gguf: string, folder: string): Promise<string> {
  const { metadata } = await readGgufHeader(gguf);
  for (const [name, content] of Object.entries(ggufTokenizerFiles(metadata))) {
    const text = typeof content === 'string' ? content : JSON.stringify(content);
    await writeFileAtomic(join(folder, name), `${text}\n`);
  }
  return folder;
}

/** Returns the vocabulary of a model that is trained with role tokens; {@link saveRoleTokens} writes the same. */
function roleVocabulary(vocabulary: Vocabulary, tokenizer: Tokenizer): Vocabulary {
  const { end } = ROLE_TOKENS;
  const ends = [tokenizer.special[end] ?? [], ...vocabulary.ends].flat();
  return { ...vocabulary, tokenizer, ends: [...new Set(ends)], template: roleTemplate(), eos: end };
}

/** Writes the role tokens, and the template that uses them, into the files of a saved tokenizer. */
async function saveRoleTokens(folder: string, { special }: Tokenizer): Promise<void> {
  const flags = { single_word: false, lstrip: false, rstrip: false, normalized: false, special: true };
  const tokens = Object.values(ROLE_TOKENS).map(content => ({ id: special[content], content, ...flags }));
  await changeJson(join(folder, 'tokenizer.json'), ({ added_tokens, ...rest }) => {
    const known = Array.isArray(added_tokens) ? added_tokens : [];
    const names = new Set(known.map(({ content }) => content));
    return { ...rest, added_tokens: [...known, ...tokens.filter(({ content }) => !names.has(content))] };
  });
  const end = ROLE_TOKENS.end;
  await changeJson(join(folder, 'tokenizer_config.json'), config => ({
    tokenizer_class: 'PreTrainedTokenizerFast',
    ...config,
    eos_token: end,
    chat_template: roleTemplate(),
  }));
  await changeJson(join(folder, 'generation_config.json'), config => ({
    ...config,
    eos_token_id: special[end],
  }));
  await rm(join(folder, 'chat_template.jinja'), { force: true });
  const specialTokens = join(folder, 'special_tokens_map.json');
  if (await exists(specialTokens)) await changeJson(specialTokens, map => ({ ...map, eos_token: end }));
}

type Json = Record<string, unknown>;

async function changeJson(path: string, change: (value: Json) => Json): Promise<void> {
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return '{}';
    throw error;
  });
  await writeFileAtomic(path, stringifyConfig(change(JSON.parse(text))));
}
