import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { basename, dirname, resolve } from 'node:path';
import { Ajv2020, type AnySchemaObject, type ErrorObject } from 'ajv/dist/2020.js';
import { schemaError } from '../readers/index.ts';
import { type ConfigSchema, configSchema, type Property, readSchema, resolved } from './config-schema.ts';
import { UsageError } from './usage-error.ts';

/** What the command line says of one option. */
export interface Stated {
  /** Where it stands in the config: `lora`, `rank`. */
  path: readonly string[];
  /** What it is called on the command line: `--lora-rank`. */
  called: string;
  /** Undefined where it is left out. */
  value: unknown;
}

type Values = Record<string, unknown>;

/**
 * The config of a command: what a file says, in which paths are relative to it, and over that what the command line
 * says. What neither says is as the schema has it by default.
 *
 * @param command whose schema is `data/COMMAND-config.schema.json`.
 * @param file JSON; undefined where the command line says all.
 * @throws {ReadError} naming the path and the value in the file that break the schema.
 * @throws {UsageError} naming the option of the command line that does, or one that is missing.
 */
export async function readConfig<Config>(
  command: string,
  file: string | undefined,
  options: readonly Stated[],
): Promise<Config> {
  const schema = configSchema(command);
  const { $schema: _, ...config } = file === undefined ? {} : withPaths(await jsonOf(file), schema, file);
  const stated = options.filter(({ value }) => value !== undefined);
  for (const { path, value } of stated) put(config, path, value);
  const ajv = new Ajv2020({ verbose: true, useDefaults: true, loadSchema: referredSchema });
  const check = await ajv.compileAsync<Config>(schema);
  if (check(config)) return config;
  // One of two ways to name a model fails together with its parts, which say less.
  const error = check.errors?.find(({ keyword }) => keyword === 'oneOf') ?? check.errors?.[0];
  const missing = missingFrom(config, error, options);
  if (missing !== undefined)
    throw new UsageError(`Cannot ${command}${file === undefined ? '' : ` by ${file}`}: ${missing}`);
  const at = pathOf(error);
  const wrong = stated.find(({ path }) => path.every((name, depth) => name === at[depth]));
  if (wrong) throw new UsageError(schemaError(error, () => wrong.called).message);
  throw schemaError(error, path => `${file}${path}`);
}

/** Reads the schema of `imitation-lab/NAME.schema.json`. */
async function referredSchema(id: string): Promise<AnySchemaObject> {
  return readSchema(basename(id, '.schema.json'));
}

/** Puts a value where it belongs, beside what stands there. */
function put(config: Values, [name = '', ...rest]: readonly string[], value: unknown): void {
  if (rest.length === 0) {
    config[name] = value;
    return;
  }
  const inner = { ...(config[name] as Values | undefined) };
  put(inner, rest, value);
  config[name] = inner;
}

/** What an error says is missing, by how the command line calls it; undefined if it says something else. */
function missingFrom(
  config: Values,
  error: ErrorObject | undefined,
  options: readonly Stated[],
): string | undefined {
  if (error?.keyword === 'required') {
    const path = [...pathOf(error), error.params.missingProperty].join('/');
    const called = options.find(option => option.path.join('/') === path)?.called;
    return `${called ?? path} is required, there or in a config file, found none`;
  }
  if (error?.keyword !== 'oneOf') return undefined;
  const ways = (error.schema as { required: string[] }[]).map(({ required }) => required);
  const found = ways.flat().filter(name => name in config);
  return `${ways.map(names => names.join(' and ')).join(', or ')}, is required, found ${found.join(', ') || 'neither'}`;
}

/** `/lora/rank` → `lora`, `rank`. */
function pathOf(error: ErrorObject | undefined): string[] {
  return error?.instancePath.split('/').slice(1) ?? [];
}

async function jsonOf(file: string): Promise<Values> {
  try {
    const value: unknown = JSON.parse(await readFile(file, 'utf8'));
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return { ...value };
  } catch (cause) {
    throw new Error(`Cannot read ${file}: ${(cause as Error).message}`, { cause });
  }
  throw new Error(`Cannot read ${file}: a JSON object is required, found another value`);
}

/** The values of a file with their paths made whole, by what the schema says that they are. */
function withPaths(config: Values, schema: ConfigSchema, file: string): Values {
  const placed = (value: unknown, property: Property): unknown => {
    const { kind, items = {}, properties = {} } = resolved(property);
    if (Array.isArray(value)) return value.map(item => placed(item, items));
    if (typeof value === 'object' && value !== null) return inside({ ...value }, properties);
    if (typeof value !== 'string' || kind === undefined || /^https?:/i.test(value)) return value;
    const path = resolve(dirname(file), value);
    if (kind === 'source') return existsSync(path) ? path : value;
    return ['folder', 'file', 'model'].includes(kind) ? path : value;
  };
  const inside = (values: Values, properties: Record<string, Property>): Values =>
    Object.fromEntries(
      Object.entries(values).map(([name, value]) => [name, placed(value, properties[name] ?? {})]),
    );
  return inside(config, schema.properties);
}
