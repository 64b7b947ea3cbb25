import { readFileSync } from 'node:fs';

/** A property of a config. */
export interface Property {
  type?: 'string' | 'number' | 'integer' | 'boolean' | 'array' | 'object';
  enum?: string[];
  description?: string;
  default?: unknown;
  items?: Property;
  properties?: Record<string, Property>;
  $ref?: string;
  /** The last part of `$ref`; of a text it says what that is: `folder`, `file`, `source`, `model` or `name`. */
  kind?: string;
}

/** The JSON Schema of a command's config. */
export interface ConfigSchema {
  properties: Record<string, Property>;
}

/** The schema of what `imitation-lab COMMAND --config` reads, as it is published. */
export function configSchema(command: string): ConfigSchema {
  return readSchema(`${command}-config`);
}

/** The schema that those of configs refer to. */
export function optionSchema(): { $defs: Record<string, Property> } {
  return readSchema('option');
}

/** A property with what it refers to, and over that what it says itself. */
export function resolved(property: Property): Property {
  const { $ref, ...own } = property;
  if ($ref === undefined) return own;
  // Only the schema of shared options refers to itself.
  const [file, ...path] = $ref.replace(/^#/, 'option.schema.json#').split(/\.schema\.json#\/|\//);
  const target = path.reduce<unknown>(
    (found, part) => Reflect.get(Object(found), part),
    readSchema<object>(file ?? ''),
  );
  return { kind: path.at(-1) ?? '', ...resolved(Object(target)), ...own };
}

/** A published schema by its name, such as `train-config`. */
export function readSchema<Schema>(name: string): Schema {
  return JSON.parse(readFileSync(new URL(`../../data/${name}.schema.json`, import.meta.url), 'utf8'));
}
