import { join } from 'node:path';
import { contentHash, exists, hashOf } from '../files/index.ts';
import { adapterFiles, ggufFiles, weightFiles } from '../model/index.ts';
import { loadVocabulary } from './load-vocabulary.ts';
import type { Vocabulary } from './read-vocabulary.ts';

/** Files of a model's folder that decide its outputs, beside weights, special tokens and the chat template. */
const OTHERS = ['config.json', 'tokenizer.json', 'tokenizer.model'];

/** Options of {@link modelIdentity}. */
export interface ModelIdentityOptions {
  /** Folder of LoRA's adapter, where the model has one. */
  adapter?: string | undefined;
  /** Tokenizer and special tokens, where they are loaded already. */
  vocabulary?: Pick<Vocabulary, 'begin' | 'ends'> | undefined;
}

/**
 * Computes the identity of a local model: the hash of its config, weights, adapter and tokenizer, and of the tokens that
 * begin and end its texts. Names and places of folders are no part of it. Nor is the chat template, which decides what
 * a prompt becomes: outputs are kept by the prompt as the model reads it.
 *
 * @param path a `.gguf` file, or a folder in Hugging Face's layout.
 * @throws {Error} if a file is missing or cannot be read.
 * @example
 * (await modelIdentity('checkpoints/gpt2')).slice(0, 8) // 'weights '
 */
export async function modelIdentity(path: string, options: ModelIdentityOptions = {}): Promise<string> {
  const { adapter } = options;
  const added = adapter === undefined ? [] : await hashesOf(adapterFiles(adapter));
  const withAdapter = added.length === 0 ? '' : ` adapter ${hashOf(added)}`;
  if (path.endsWith('.gguf')) {
    const [first = '', ...more] = await hashesOf(await ggufFiles(path));
    return `gguf ${more.length === 0 ? first : hashOf([first, ...more])}${withAdapter}`;
  }
  const { begin, ends } = options.vocabulary ?? (await loadVocabulary(path));
  const weights = await hashesOf(await weightFiles(path));
  const others = [];
  for (const name of OTHERS) others.push(await hashIfExists(join(path, name)));
  return `weights ${hashOf({ weights, others, begin, ends })}${withAdapter}`;
}

async function hashesOf(paths: readonly string[]): Promise<string[]> {
  const hashes = [];
  for (const path of paths) hashes.push(await contentHash(path));
  return hashes;
}

async function hashIfExists(path: string): Promise<string | null> {
  return (await exists(path)) ? contentHash(path) : null;
}
