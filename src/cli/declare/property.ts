import type { ValueRules } from '../../text/index.ts';

/** A value as JSON Schema describes it, in the words that options of a command and files of configs share. */
export interface Property extends ValueRules {
  readonly items?: Property;
  readonly properties?: Readonly<Record<string, Property>>;
  readonly additionalProperties?: Property | false;
  readonly description?: string;
  readonly default?: unknown;
  readonly $ref?: string;
  readonly kind?: Kind;
}

/**
 * Meanings of a text: `folder` and `file` are written, `input` is a file or folder that exists, `source` an existing
 * file or the name of a public record, `model` an existing file or folder, an address, or a hub's name of a model.
 */
export type Kind = 'folder' | 'file' | 'input' | 'source' | 'model' | 'name' | 'url' | 'text';

/** An option or argument of a command. */
export interface Option extends Property {
  readonly description: string;
  /** Set where a command line must state the option. */
  readonly required?: true;
  /** Word that help shows for the value; default by its kind. */
  readonly placeholder?: string;
  /** Heading under which help lists it. */
  readonly group?: string;
  /** Default that help shows, where it is applied later than on the command line. */
  readonly defaultLater?: unknown;
  /** Reads the whole text of a list that is one word, such as `7,9` or `101-103`. */
  readonly parse?: (text: string) => unknown;
}

/** Options by their names in code: `maxTokens` is `--max-tokens`. */
export type Options = Readonly<Record<string, Option>>;

/** Type of the values that a property allows. */
export type ValueOf<P> = P extends { enum: readonly (infer Choice)[] }
  ? Choice
  : P extends { type: 'integer' | 'number' }
    ? number
    : P extends { type: 'boolean' }
      ? boolean
      : P extends { type: 'array'; items: infer Item }
        ? ValueOf<Item>[]
        : P extends { type: 'object'; additionalProperties: infer Value }
          ? Record<string, ValueOf<Value>>
          : P extends { type: 'object' }
            ? Record<string, unknown>
            : string;

/** Properties of an option that guarantee a value. */
type Present = { required: true } | { default: unknown };

/** Values of options: those that are required or have a default, and those that may be left out. */
export type ValuesOf<All extends Options> = {
  -readonly [Name in keyof All as All[Name] extends Present ? Name : never]: ValueOf<All[Name]>;
} & {
  -readonly [Name in keyof All as All[Name] extends Present ? never : Name]?: ValueOf<All[Name]>;
};
