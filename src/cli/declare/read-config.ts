import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { basename, dirname, resolve } from 'node:path';
import { Ajv2020, type AnySchemaObject, type ErrorObject } from 'ajv/dist/2020.js';
import { brokenRule, didYouMean, isHubId } from '../../text/index.ts';
import { UsageError } from '../exit.ts';
import type { ConfigFlag } from './config-flags.ts';
import type { Property } from './property.ts';
import { requireFiles } from './require-files.ts';
import {
  type ConfigSchema,
  configSchema,
  propertyAt,
  type RegisteredSchemas,
  readSchema,
  resolved,
  withRegistered,
} from './schema.ts';
import { argumentOf, flagOf } from './values.ts';

/** Options of a config that a command line states. */
export interface Stated {
  flags: readonly ConfigFlag[];
  /** Names of the flags that are arguments. */
  positional: readonly string[];
  /** By the flags' names. */
  values: Readonly<Record<string, unknown>>;
}

type Values = Record<string, unknown>;

/**
 * Reads the config of a command: what a file states, in which paths are relative to it, over that what the command
 * line states, and the schema's defaults.
 *
 * @param command whose schema is `data/COMMAND-config.schema.json`.
 * @param file JSON; undefined where the command line states all.
 * @throws {UsageError} naming the file or the option, and the value that breaks the schema.
 */
export async function readConfig<Config>(
  command: string,
  file: string | undefined,
  { flags, positional, values }: Stated = { flags: [], positional: [], values: {} },
  registered: RegisteredSchemas = {},
): Promise<Config> {
  const schema = await withRegistered(configSchema(command), registered);
  const { $schema: _, ...config } = file === undefined ? {} : withPaths(await jsonOf(file), schema, file);
  const stated = flags.filter(({ name }) => values[name] !== undefined);
  for (const { name, path } of stated) put(config, path, values[name]);
  const called = ({ name }: ConfigFlag) => (positional.includes(name) ? argumentOf(name) : flagOf(name));
  const nameOf = (path: readonly string[]) => {
    const flag = stated.find(each => each.path.every((part, depth) => part === path[depth]));
    return flag ? called(flag) : `${file}: ${path.join('.')}`;
  };
  const ajv = new Ajv2020({ verbose: true, useDefaults: true, loadSchema: loadReferred });
  const check = await ajv.compileAsync<Config>(schema);
  if (check(config)) {
    const options = flags.filter(({ path }) => path.length === 1).map(({ name, option }) => [name, option]);
    await requireFiles(Object.fromEntries(options), config, name => nameOf([name]));
    return config;
  }
  // One of two ways to name a model fails together with its parts, which say less.
  const error = check.errors?.find(({ keyword }) => keyword === 'oneOf') ?? check.errors?.[0];
  const required = (path: readonly string[]) => {
    const flag = flags.find(each => each.path.join('.') === path.join('.'));
    return flag ? called(flag) : path.join('.');
  };
  throw new UsageError(
    error ? messageOf(error, { schema, config, file, nameOf, required }) : `${file} is no config`,
  );
}

/** Loads the schema of `imitation-lab/NAME.schema.json`, which another refers to. */
async function loadReferred(id: string): Promise<AnySchemaObject> {
  return readSchema(basename(id, '.schema.json'));
}

interface Naming {
  schema: ConfigSchema;
  config: Values;
  file: string | undefined;
  /** Returns the name of a value where it is stated: its flag, or its path in the file. */
  nameOf(path: readonly string[]): string;
  /** Returns the name by which a missing value can be stated. */
  required(path: readonly string[]): string;
}

/** Translates an error of the schema's check to one that names an option. */
function messageOf(error: ErrorObject, naming: Naming): string {
  const { schema, config, file, nameOf, required } = naming;
  const { keyword, params, data, instancePath } = error;
  const path = instancePath.split('/').slice(1);
  const property = propertyAt(schema, path);
  const prefix = file === undefined ? '' : `${file}: `;
  if (keyword === 'additionalProperties') {
    const unknown = String(params.additionalProperty);
    const known = Object.keys(property.properties ?? {}).filter(name => name !== '$schema');
    const within = path.length > 0 ? ` in ${path.join('.')}` : '';
    return `${prefix}unknown option ${JSON.stringify(unknown)}${within}${didYouMean(unknown, known)}`;
  }
  if (keyword === 'required')
    return `${prefix}${required([...path, params.missingProperty])} is required, got none`;
  if (keyword === 'oneOf' && path.length === 0) {
    const ways = (schema.oneOf ?? []).map(way => way.required);
    const given = ways.flat().filter(name => name in config);
    const names = ways.map(way => way.map(name => required([name])).join(' and '));
    return `${prefix}${names.join(', or ')}, is required, got ${given.join(', ') || 'none'}`;
  }
  return `${nameOf(path)} ${brokenRule(property, data) ?? error.message}`;
}

/** Puts a value at its path, beside what is there. */
function put(config: Values, [name = '', ...rest]: readonly string[], value: unknown): void {
  if (rest.length === 0) {
    config[name] = value;
    return;
  }
  const found = config[name];
  const inner = isObject(found) ? { ...found } : {};
  put(inner, rest, value);
  config[name] = inner;
}

async function jsonOf(file: string): Promise<Values> {
  const text = await readFile(file, 'utf8').catch((cause: Error) => {
    throw new UsageError(`--config must be a file that can be read: ${cause.message}`, { cause });
  });
  try {
    const value: unknown = JSON.parse(text);
    if (isObject(value)) return { ...value };
  } catch (cause) {
    throw new UsageError(`${file} must be JSON: ${cause instanceof Error ? cause.message : cause}`, {
      cause,
    });
  }
  throw new UsageError(`${file} must be a JSON object, got another value`);
}

function isObject(value: unknown): value is Values {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Makes the paths in a file's values absolute, by what the schema states that they are. */
function withPaths(config: Values, schema: ConfigSchema, file: string): Values {
  const placed = (value: unknown, property: Property): unknown => {
    const { kind, items = {}, properties = {} } = resolved(property);
    if (Array.isArray(value)) return value.map(item => placed(item, items));
    if (isObject(value)) return inside(value, properties);
    if (typeof value !== 'string' || kind === undefined || /^https?:/i.test(value)) return value;
    const path = resolve(dirname(file), value);
    const isNamed = kind === 'source' || (kind === 'model' && isHubId(value));
    if (isNamed) return existsSync(path) ? path : value;
    return ['folder', 'file', 'input', 'model'].includes(kind) ? path : value;
  };
  const inside = (values: Values, properties: Readonly<Record<string, Property>>): Values =>
    Object.fromEntries(
      Object.entries(values).map(([name, value]) => [name, placed(value, properties[name] ?? {})]),
    );
  return inside(config, schema.properties);
}
