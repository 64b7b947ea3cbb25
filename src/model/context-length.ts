import { architectureOf } from './architectures/index.ts';
import type { ModelConfig } from './config.ts';

/**
 * Returns the most tokens of a sequence: the positions that the config states, times the factor of a rotary embedding
 * with "dynamic" scaling, which is for sequences beyond them.
 */
export function contextLength(config: ModelConfig): number {
  const { scaling } = architectureOf(config).decoder(config).attention.rope ?? {};
  if (scaling?.type !== 'dynamic') return config.maxPositions;
  return Math.max(config.maxPositions, Math.floor(scaling.factor * scaling.originalMaxPositions));
}
