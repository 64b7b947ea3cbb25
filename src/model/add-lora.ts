import type { Tensor } from '@tensorflow/tfjs';
import { tf } from '../compute/index.ts';
import { seededRandom } from '../stats/index.ts';
import { adaptedMaps, adapterNames } from './adapter.ts';
import { type MapPattern, matchesPattern, patternValue } from './map-pattern.ts';
import { type Model, modelOf } from './model.ts';
import { linearMaps } from './model-sizes.ts';

/** Options of {@link addLora}: linear maps that get an adapter, and its rank. */
export interface LoraOptions {
  /** Rank of what is added to a matrix; as many numbers are trained for each of its rows and columns. */
  rank: number;
  /** Numerator of the scale: the addition counts alpha / rank fold. */
  alpha: number;
  /**
   * Maps by how their names end, as PEFT takes them: `q_proj`, `mlp.c_proj`. Default all linear maps of the blocks:
   * of attention and of the MLP.
   */
  targets?: readonly string[];
  /** Ranks and alphas of maps that have others, by how their names end, as PEFT takes them: `{ down_proj: 8 }`. */
  rankPattern?: MapPattern;
  alphaPattern?: MapPattern;
  /** Seed of the first values of A; default 0. */
  seed?: number | string;
}

/**
 * Adds fresh adapters to a model's linear maps. It computes what it did before: of each pair, A starts uniform within
 * ±1/√inputs, as PEFT has it, and B at 0.
 *
 * @returns the model's own weights, and the adapters among them under the names that PEFT gives theirs. Both models
 *   share the former.
 * @throws {RangeError} if the model has adapters, a constant is out of bounds, or a target names no map.
 * @see Hu et al. 2021, LoRA: Low-Rank Adaptation of Large Language Models
 */
export function addLora({ config, weights, stored }: Model, options: LoraOptions): Model {
  const { targets, rankPattern = {}, alphaPattern = {}, seed = 0 } = options;
  if (adaptedMaps(weights).length > 0) fail('a model without adapters', 'one that has some');
  for (const rank of [options.rank, ...Object.values(rankPattern)]) {
    if (!(Number.isInteger(rank) && rank > 0)) fail('a rank from 1 on', String(rank));
  }
  for (const alpha of [options.alpha, ...Object.values(alphaPattern)]) {
    if (!(alpha > 0 && Number.isFinite(alpha))) fail('an alpha above 0', String(alpha));
  }
  const maps = linearMaps(config);
  const adapters: Record<string, Tensor> = {};
  for (const name of targeted([...maps.keys()], targets)) {
    const { inputs, outputs } = maps.get(name) ?? { inputs: 0, outputs: 0 };
    const names = adapterNames(name);
    const rank = patternValue(rankPattern, name) ?? options.rank;
    const alpha = patternValue(alphaPattern, name) ?? options.alpha;
    const generator = seededRandom(`${seed}/${names.a}`);
    const bound = 1 / Math.sqrt(inputs);
    const values = Float32Array.from({ length: rank * inputs }, () => bound * (2 * generator.next() - 1));
    adapters[names.a] = tf.tensor2d(values, [rank, inputs]);
    adapters[names.b] = tf.zeros([outputs, rank]);
    adapters[names.scale] = tf.scalar(alpha / rank);
  }
  return modelOf(config, { ...weights, ...adapters }, stored);
}

/** Lists the maps whose names end in a target; each target must name one. */
function targeted(names: readonly string[], targets: readonly string[] | undefined): readonly string[] {
  if (!targets) return names;
  if (targets.length === 0) fail('a target', 'none');
  for (const target of targets) {
    if (names.some(name => matchesPattern(target, name))) continue;
    const ends = new Set(names.map(name => name.slice(name.lastIndexOf('.') + 1)));
    fail(`a target among ${[...ends].join(', ')}`, `"${target}"`);
  }
  return names.filter(name => targets.some(target => matchesPattern(target, name)));
}

function fail(required: string, found: string): never {
  throw new RangeError(`Cannot add adapters: ${required} is required, found ${found}`);
}
