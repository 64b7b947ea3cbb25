import type { Option, Property } from './property.ts';
import { type ConfigSchema, resolved } from './schema.ts';

/** An option, and the path of its value in a config: `loraRank` at `lora`, `rank`. */
export interface ConfigFlag {
  readonly name: string;
  readonly path: readonly string[];
  readonly option: Option;
}

/** Derives an option from each property of a config but some, and from each part of a property that has parts. */
export function configFlags({ properties }: ConfigSchema, without: readonly string[]): ConfigFlag[] {
  return Object.entries(properties).flatMap(([name, property]): ConfigFlag[] => {
    if (without.includes(name)) return [];
    const { properties: parts, ...own } = resolved(property);
    if (!parts) return [{ name, path: [name], option: optionOf(name, own) }];
    return Object.entries(parts).map(([part, inner]) => {
      const { description = part, ...rest } = resolved(inner);
      const option = optionOf(part, { ...rest, description: `${name}: ${description}` });
      return { name: name + part.charAt(0).toUpperCase() + part.slice(1), path: [name, part], option };
    });
  });
}

/**
 * Derives an option. Its default is applied once file and command line are merged, so that it does not override a
 * file's value.
 */
function optionOf(name: string, { items, default: defaultLater, ...property }: Property): Option {
  return { description: name, ...property, defaultLater, ...(items && { items: resolved(items) }) };
}
