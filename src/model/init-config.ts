import type { InitConfig, InitOption, InitSchema } from './architecture.ts';
import { ARCHITECTURES, architectureOf } from './architectures/index.ts';
import type { ModelConfig } from './config.ts';
import { requireConfig } from './require-config.ts';

const SIZE: InitOption = { type: 'integer', minimum: 1 };

/** Options of {@link InitConfig} that every architecture has. */
const COMMON: Readonly<Record<string, InitOption>> = {
  maxPositions: SIZE,
  hiddenSize: SIZE,
  layers: SIZE,
  heads: SIZE,
  intermediateSize: SIZE,
  normEpsilon: { type: 'number', exclusiveMinimum: 0 },
  tieWordEmbeddings: { type: 'boolean' },
};

/** Returns the JSON Schema of {@link InitConfig}, with the names and the options of all architectures. */
export function initSchema(): InitSchema {
  return {
    type: 'object',
    description: 'shape of a model to train from scratch',
    additionalProperties: false,
    required: ['architecture', 'maxPositions', 'hiddenSize', 'layers', 'heads'],
    properties: {
      architecture: { enum: ARCHITECTURES.map(({ name }) => name) },
      ...COMMON,
      ...Object.assign({}, ...ARCHITECTURES.map(({ init }) => init.properties)),
    },
  };
}

/**
 * Returns the config of a model to train from scratch.
 *
 * @throws {RangeError} if the architecture is unknown, it does not have an option, or the sizes do not fit together.
 */
export function initConfig(init: InitConfig, vocabSize: number): ModelConfig {
  const { name, init: own } = architectureOf(init);
  const known = ['architecture', ...Object.keys(COMMON), ...Object.keys(own.properties)];
  const unknown = Object.keys(init).find(option => !known.includes(option));
  if (unknown !== undefined) throw new RangeError(`init: "${name}" has no option "${unknown}"`);
  return requireConfig(own.config(init, vocabSize), 'init');
}
