import { readFileSync } from 'node:fs';
import type { Kind, Option, Property } from './property.ts';

/** The JSON Schema of a command's config. */
export interface ConfigSchema {
  readonly properties: Readonly<Record<string, Property>>;
  /** Ways to state what is required, such as a model. */
  readonly oneOf?: readonly { readonly required: readonly string[] }[];
}

const KINDS: readonly Kind[] = ['folder', 'file', 'input', 'source', 'model', 'name'];

/** Reads the schema of what `imitation-lab COMMAND --config` reads, as it is published. */
export function configSchema(command: string): ConfigSchema {
  return readSchema(`${command}-config`);
}

/** Schemas, in place of the published ones, of properties whose choices are a registry's. */
export type RegisteredSchemas = Readonly<Record<string, () => Promise<Property>>>;

/** Returns a schema with those of some properties as their registries have them now. */
export async function withRegistered(
  schema: ConfigSchema,
  registered: RegisteredSchemas,
): Promise<ConfigSchema> {
  const properties = { ...schema.properties };
  for (const [name, property] of Object.entries(registered)) properties[name] = await property();
  return { ...schema, properties };
}

/** Resolves what a property refers to; what it states itself comes first. */
export function resolved(property: Property): Property {
  const { $ref, ...own } = property;
  if ($ref === undefined) return own;
  const [file = '', pointer = ''] = $ref.split('#/');
  // Only the schema of shared options refers to itself.
  const schema: unknown = readSchema(file === '' ? 'option' : file.replace('.schema.json', ''));
  const target = pointer.split('/').reduce((found, part) => Reflect.get(Object(found), part), schema);
  const kind = KINDS.find(known => pointer === `$defs/${known}`);
  return { ...(kind && { kind }), ...resolved(Object(target)), ...own };
}

/** Finds the property at a path of a config, such as `lora`, `rank`, or that of a list's item at its index. */
export function propertyAt(schema: ConfigSchema, path: readonly string[]): Property {
  return path.reduce<Property>((property, part) => {
    const { items, properties = {} } = property;
    return resolved((/^\d+$/.test(part) ? items : properties[part]) ?? {});
  }, schema);
}

/**
 * Declares an option that several commands share, with the bounds and the description of `data/option.schema.json`.
 *
 * @param type what the schema states of its type, for TypeScript.
 */
export function sharedOption<const Type extends Partial<Option>>(
  name: string,
  type: Type,
): Type & { readonly description: string } {
  return { description: name, ...resolved({ $ref: `#/$defs/${name}` }), ...type };
}

/** Reads a published schema by its name, such as `train-config`. */
export function readSchema<Schema>(name: string): Schema {
  return JSON.parse(readFileSync(new URL(`../../../data/${name}.schema.json`, import.meta.url), 'utf8'));
}
