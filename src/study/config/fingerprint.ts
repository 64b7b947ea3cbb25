import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { loadText } from '../../data/index.ts';
import { contentHash, hashOf } from '../../files/index.ts';
import type { ModelOptions } from '../../generate/index.ts';

/** Digits of a fingerprint. */
const DIGITS = 20;

/** Files of a model's folder that decide what it computes: config, weights, adapters, tokenizer and chat template. */
const DECISIVE = /\.(json|safetensors|model|jinja)$/;

/** Computes the identity of a model's folder: the hash of the content of its files, wherever it is. */
export async function folderFingerprint(folder: string): Promise<string> {
  const files = [];
  for (const name of (await readdir(folder)).sort()) {
    if (DECISIVE.test(name)) files.push([name, await contentHash(join(folder, name))]);
  }
  return hashOf(files).slice(0, DIGITS);
}

/** Computes the identity of a model in files, with its adapter; null for a server, and where there is no such file. */
export async function modelFingerprint({ model, adapter }: ModelOptions): Promise<string | null> {
  const parts = [];
  for (const path of [model, ...(adapter === undefined ? [] : [adapter])]) {
    const found = await stat(path).catch(() => undefined);
    if (found === undefined) return null;
    parts.push(found.isDirectory() ? await folderFingerprint(path) : await contentHash(path));
  }
  return hashOf(parts).slice(0, DIGITS);
}

/** Computes the identity of the content of a file or public record; null where there is none. */
export async function sourceFingerprint(source: string): Promise<string | null> {
  try {
    return hashOf((await loadText(source)).text).slice(0, DIGITS);
  } catch {
    return null;
  }
}
