import { architectureOf } from './architectures/index.ts';
import { isSize, type ModelConfig, type RefuseConfig } from './config.ts';

const SIZES = ['vocabSize', 'maxPositions', 'hiddenSize', 'layers', 'heads', 'intermediateSize'] as const;

/**
 * Returns the config itself, once its sizes are known to fit together.
 *
 * @param at the file that states it, for errors.
 * @throws {RangeError} if a size is no positive whole number, a constant is not positive, or heads do not divide.
 */
export function requireConfig<Config extends ModelConfig>(config: Config, at: string): Config {
  const refuse: RefuseConfig = (required, found) => {
    throw new RangeError(`Cannot make the model of ${at}: ${required} is required, found ${found}`);
  };
  for (const name of SIZES) {
    if (!isSize(config[name])) refuse(`a positive whole number as ${name}`, `${config[name]}`);
  }
  const { normEpsilon } = config;
  if (!(normEpsilon > 0 && normEpsilon < 1)) refuse('a normEpsilon between 0 and 1', `${normEpsilon}`);
  architectureOf(config).requireConfig(config, refuse);
  return config;
}
