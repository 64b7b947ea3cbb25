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

/** A part of a JSON Schema. */
export interface SchemaPart {
  type?: string;
  enum?: string[];
  description?: string;
  properties?: Record<string, SchemaPart>;
}

/** The JSON Schema of {@link TrainConfig}. */
export async function trainConfigSchema(): Promise<SchemaPart & { properties: Record<string, SchemaPart> }> {
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
  const config = { ...(file === undefined ? stated : withPaths(stated, dirname(resolve(file)))), ...flags };
  const check = new Ajv2020({ verbose: true }).compile<TrainConfig>(await trainConfigSchema());
  if (check(config)) return config;
  // One of two ways to name a model fails together with its parts, which say less.
  const error = check.errors?.find(({ keyword }) => keyword === 'oneOf') ?? check.errors?.[0];
  const place = (path: string) => {
    const [, name = ''] = path.split('/');
    return name in flags || file === undefined
      ? `--${kebab(name)}${path.slice(name.length + 1)}`
      : `${file}${path}`;
  };
  if (error?.keyword !== 'oneOf') throw schemaError(error, place);
  const named = ['model', 'init', 'tokenizer'].filter(name => name in config).join(', ') || 'neither';
  throw new Error(
    `Cannot train${file === undefined ? '' : ` by ${file}`}: a model, or init and a tokenizer, is required, found ${named}`,
  );
}

/** `microBatch` → `micro-batch`. */
export function kebab(name: string): string {
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
