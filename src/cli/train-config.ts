import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { schemaError } from '../readers/index.ts';
import type { FinetuneOptions } from '../train/index.ts';
import { packageRoot } from '../util/index.ts';

/** Options of `finetune` that a file can state. */
type TrainOptions = Pick<
  FinetuneOptions,
  | 'preset'
  | 'rate'
  | 'warmup'
  | 'decay'
  | 'epochs'
  | 'steps'
  | 'batch'
  | 'microBatch'
  | 'clip'
  | 'dropout'
  | 'checkpointing'
  | 'matmul'
  | 'lora'
  | 'evaluateEvery'
  | 'patience'
  | 'checkpointEvery'
  | 'keep'
  | 'seed'
>;

/** What `data/train-config.schema.json` describes. */
export interface TrainConfig extends TrainOptions {
  model?: string;
  init?: InitConfig;
  tokenizer?: string;
  data: string[];
  heldOut?: string[];
  out: string;
  run?: string;
  format?: 'template' | 'turns';
  length?: number;
  layout?: 'join' | 'pad';
  optimizer?: 'adamw' | 'parameter-scale';
  backend?: 'tensorflow' | 'webgpu' | 'cpu';
}

/** Shape of a model to train from scratch. */
export interface InitConfig {
  architecture: 'gpt2' | 'llama';
  context: number;
  width: number;
  layers: number;
  heads: number;
  keyHeads?: number;
  headWidth?: number;
  hidden?: number;
  epsilon?: number;
  tied?: boolean;
  theta?: number;
}

/** The JSON Schema of {@link TrainConfig}. */
async function trainConfigSchema(): Promise<object> {
  return JSON.parse(await readFile(join(packageRoot(), 'data/train-config.schema.json'), 'utf8'));
}

/** Which values are paths; data may be named as public records too. */
const PATHS = ['model', 'tokenizer', 'out', 'run'];
const SOURCES = ['data', 'heldOut'];

/**
 * The config of a file, in which paths are relative to it, and flags, which come first.
 *
 * @param file JSON; undefined where flags say all.
 * @throws {ReadError} naming the path and value that break the schema, in the file or among the flags.
 */
export async function readTrainConfig(
  file: string | undefined,
  flags: Readonly<Record<string, unknown>>,
): Promise<TrainConfig> {
  const stated = file === undefined ? {} : await jsonOf(file);
  const placed = file === undefined ? stated : withPaths(stated, dirname(resolve(file)));
  const config: Record<string, unknown> = { ...placed, ...withLora(flags, placed.lora) };
  const check = new Ajv2020({ verbose: true }).compile<TrainConfig>(await trainConfigSchema());
  if (check(config)) return config;
  // One of two ways to name a model fails together with its parts, which say less.
  const error = check.errors?.find(({ keyword }) => keyword === 'oneOf') ?? check.errors?.[0];
  const place = (path: string) => {
    const [, name = '', part = ''] = path.split('/');
    const flag = [camel(name, part), name].find(known => known in flags);
    return flag !== undefined || file === undefined ? `--${kebab(flag ?? name)}` : `${file}${path}`;
  };
  if (error?.keyword !== 'oneOf') throw schemaError(error, place);
  const named = ['model', 'init', 'tokenizer'].filter(name => name in config).join(', ') || 'neither';
  throw new Error(
    `Cannot train${file === undefined ? '' : ` by ${file}`}: a model, or init and a tokenizer, is required, found ${named}`,
  );
}

/** `lora`, `rank` → `loraRank`, as a flag for a part of it is called. */
function camel(name: string, part: string): string {
  return name + part.slice(0, 1).toUpperCase() + part.slice(1);
}

const LORA = ['rank', 'alpha', 'targets', 'dropout'];

/** Flags such as `loraRank` as parts of `lora`, beside those that the file states. */
function withLora(flags: Readonly<Record<string, unknown>>, stated: unknown): Record<string, unknown> {
  const given = LORA.map(part => [part, flags[camel('lora', part)]]).filter(
    ([, value]) => value !== undefined,
  );
  const others = Object.entries(flags).filter(([name]) => !LORA.some(part => camel('lora', part) === name));
  if (given.length === 0) return Object.fromEntries(others);
  const before = typeof stated === 'object' ? stated : {};
  return Object.fromEntries([...others, ['lora', { ...before, ...Object.fromEntries(given) }]]);
}

/** `microBatch` → `micro-batch`. */
function kebab(name: string): string {
  return name.replace(/[A-Z]/g, letter => `-${letter.toLowerCase()}`);
}

async function jsonOf(file: string): Promise<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(await readFile(file, 'utf8'));
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return { ...value };
  } catch (cause) {
    throw new Error(`Cannot read ${file}: ${(cause as Error).message}`, { cause });
  }
  throw new Error(`Cannot read ${file}: a JSON object is required, found another value`);
}

function withPaths(config: Record<string, unknown>, folder: string): Record<string, unknown> {
  const path = (value: unknown) => (typeof value === 'string' ? resolve(folder, value) : value);
  const source = (value: unknown) => (existsSync(String(path(value))) ? path(value) : value);
  const placed = Object.entries(config).map(([name, value]) => {
    if (PATHS.includes(name)) return [name, path(value)];
    return [name, SOURCES.includes(name) && Array.isArray(value) ? value.map(source) : value];
  });
  return Object.fromEntries(placed);
}
