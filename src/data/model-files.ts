import type { HubFile, HubRepository } from './hub.ts';

/** Files of a model's folder that are read, beside its weights. */
const BESIDE = [
  'config.json',
  'generation_config.json',
  'tokenizer.json',
  'tokenizer.model',
  'tokenizer_config.json',
  'special_tokens_map.json',
  'added_tokens.json',
  'chat_template.jinja',
  'vocab.json',
  'merges.txt',
];

/** Weights in one file, and in several, of which Transformers reads the one file where both are there. */
const WHOLE = 'model.safetensors';
const SHARD = /^model(-\d{5,}-of-\d{5,}\.safetensors|\.safetensors\.index\.json)$/;

/**
 * Lists the files of a repository that make a model: config, tokenizer and safetensors weights, or one GGUF file, which
 * may be the first of several.
 *
 * @throws {Error} if there are none.
 */
export function filesOfModel({ id, files }: HubRepository, gguf: string | undefined): HubFile[] {
  if (gguf !== undefined) {
    const parts = partsOf(gguf);
    const found = parts.flatMap(part => files.find(({ path }) => path === part) ?? []);
    if (found.length === parts.length) return found;
    throw new Error(
      `Cannot fetch ${gguf} of ${id}: a file of the repository is required, its GGUF files are ${ggufsOf(files) || 'none'}`,
    );
  }
  const whole = files.filter(({ path }) => path === WHOLE);
  const weights = whole.length > 0 ? whole : files.filter(({ path }) => SHARD.test(path));
  if (weights.length > 0) return [...files.filter(({ path }) => BESIDE.includes(path)), ...weights];
  const ggufs = ggufsOf(files);
  const others = files.flatMap(({ path }) => (path.endsWith('.safetensors') ? path : []));
  throw new Error(
    `Cannot fetch ${id}: weights in safetensors are required, ${WHOLE} or its shards, found ${
      ggufs ? `GGUF files alone, one of which can be named: ${ggufs}` : others.join(', ') || 'none'
    }`,
  );
}

/** Lists the files of a split GGUF model by the first of them; a file that is not split is alone. */
function partsOf(file: string): string[] {
  const [, stem, count] = /^(.*)-00001-of-(\d{5})\.gguf$/.exec(file) ?? [];
  if (stem === undefined || count === undefined) return [file];
  const number = (index: number) => String(index + 1).padStart(5, '0');
  return Array.from({ length: Number(count) }, (_, index) => `${stem}-${number(index)}-of-${count}.gguf`);
}

function ggufsOf(files: readonly HubFile[]): string {
  return files.flatMap(({ path }) => (path.endsWith('.gguf') ? path : [])).join(', ');
}
