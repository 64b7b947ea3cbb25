import { ReadError } from '../../readers/index.ts';
import type { RefuseConfig } from '../config.ts';
import type { ConfigFields } from '../config-fields.ts';
import type { SlidingLayers } from './decoder.ts';

/** Fields of a config whose layers may have a sliding window. */
export interface SlidingConfig {
  layers: number;
  /** Number of positions that a position attends to in layers with a sliding window; default all see everything. */
  slidingWindow?: number;
  /** Layers that have it; default all. */
  slidingLayers?: readonly boolean[];
}

/** Most layers of a model: one list of their kinds is made, and a hostile config may state billions. */
export const MOST_LAYERS = 2 ** 16;

/**
 * Returns what holds of each layer.
 *
 * @throws {ReadError} if there are more layers than any model has.
 */
export function eachLayer(
  { at }: ConfigFields,
  layers: number,
  holds: (layer: number) => boolean,
): readonly boolean[] {
  if (layers > MOST_LAYERS) {
    throw new ReadError({ at, required: `at most ${MOST_LAYERS} layers`, found: `${layers}` });
  }
  return Array.from({ length: layers }, (_, layer) => holds(layer));
}

const SLIDING = 'sliding_attention';

/** Reads `layer_types` of a `config.json`: whether each layer has a sliding window. */
export function slidingLayerTypes(fields: ConfigFields): readonly boolean[] | undefined {
  const isType = (item: unknown): item is string => item === SLIDING || item === 'full_attention';
  const types = fields.list('layer_types', `"${SLIDING}" and "full_attention"`, isType);
  return types?.map(type => type === SLIDING);
}

/** Returns the sliding window of the layers that have one, as fields of a config; none where no layer has. */
export function slidingFields(
  slidingWindow: number | undefined,
  slidingLayers: readonly boolean[],
): Omit<SlidingConfig, 'layers'> {
  return slidingWindow !== undefined && slidingLayers.includes(true) ? { slidingWindow, slidingLayers } : {};
}

/** Returns `layer_types` of a `config.json`. */
export function layerTypesJson({ layers, slidingWindow, slidingLayers }: SlidingConfig): string[] {
  const slides = (layer: number) => slidingWindow !== undefined && (slidingLayers?.[layer] ?? true);
  return Array.from({ length: layers }, (_, layer) => (slides(layer) ? SLIDING : 'full_attention'));
}

/** Returns the layers with a sliding window as a part of attention. */
export function slidingPart({ slidingWindow, slidingLayers }: SlidingConfig): SlidingLayers | undefined {
  if (slidingWindow === undefined) return undefined;
  return { window: slidingWindow, includes: layer => slidingLayers?.[layer] ?? true };
}

/** Refuses a window that is no size, and lists of another length than there are layers. */
export function requireSliding(
  { layers, slidingWindow, slidingLayers }: SlidingConfig,
  refuse: RefuseConfig,
): void {
  if (slidingWindow !== undefined && !(Number.isInteger(slidingWindow) && slidingWindow > 0)) {
    refuse('a positive whole number as slidingWindow', `${slidingWindow}`);
  }
  requireEachLayer('kinds', slidingLayers, layers, refuse);
}

/** Refuses a list of another length than there are layers. */
export function requireEachLayer(
  what: string,
  list: readonly boolean[] | undefined,
  layers: number,
  refuse: RefuseConfig,
): void {
  if (list && list.length !== layers) refuse(`${what} of ${layers} layers`, `${list.length}`);
}
