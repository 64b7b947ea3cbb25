import { seededRandom } from '../stats/index.ts';
import type { GenerateOptions, Question } from './language-model.ts';

/** The options that decide an answer, complete and checked. */
export interface GenerationSettings {
  maxTokens: number;
  temperature: number;
  topP: number;
  seed: number;
  stop: readonly string[];
  chat: boolean;
}

/** Fills in the defaults. @throws {RangeError} naming the first option that is out of range. */
export function generationSettings(options: GenerateOptions): GenerationSettings {
  const { maxTokens = 256, temperature = 0, topP = 1, seed = 0, stop = [], chat = false } = options;
  require(Number.isInteger(maxTokens) && maxTokens >= 1, 'maxTokens', 'an integer of at least 1', maxTokens);
  require(temperature >= 0 && temperature < Infinity, 'temperature', 'a number of at least 0', temperature);
  require(topP > 0 && topP <= 1, 'topP', 'a number above 0, at most 1', topP);
  require(Number.isInteger(seed) &&
    seed >= 0 &&
    seed < 2 ** 32, 'seed', 'an integer from 0 to 2^32 − 1', seed);
  require(!stop.includes(''), 'stop', 'texts that are not empty', '""');
  return { maxTokens, temperature, topP, seed, stop, chat };
}

/** Returns the seed of one sample of a prompt: that of the settings for the first, and one derived from it for others. */
export function sampleSeed(seed: number, { sample = 0 }: Pick<Question, 'sample'>): number {
  return sample === 0 ? seed : seededRandom(`sample/${seed}/${sample}`).integer(2 ** 32);
}

function require(holds: boolean, name: string, required: string, found: unknown): void {
  if (!holds) throw new RangeError(`Cannot generate: ${name} must be ${required}, found ${found}`);
}
