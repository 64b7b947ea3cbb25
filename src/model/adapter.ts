import type { Scalar, Tensor2D } from '@tensorflow/tfjs';
import type { Weights } from './network.ts';

/** Addition of LoRA to a linear map: x · Aᵀ · Bᵀ · scale, of rank R. */
export interface Adapter {
  /** float32 [R, I]. */
  a: Tensor2D;
  /** float32 [O, R]. */
  b: Tensor2D;
  /** Alpha over the rank, scalar. */
  scale: Scalar;
}

const A = '.lora_A.weight';
const B = '.lora_B.weight';
const SCALE = '.lora_scale';

/** Names an adapter's parts among a model's weights, beside the map that it adapts; A's and B's are PEFT's. */
export function adapterNames(map: string): Record<keyof Adapter, string> {
  return { a: map + A, b: map + B, scale: map + SCALE };
}

/** Returns the adapter of a map, if it has one. */
export function adapterOf(weights: Weights, map: string): Adapter | undefined {
  const names = adapterNames(map);
  const [a, b, scale] = [weights[names.a], weights[names.b], weights[names.scale]];
  if (!a || !b || !scale) return undefined;
  return { a: a as Tensor2D, b: b as Tensor2D, scale: scale as Scalar };
}

/** Lists the maps that have adapters. */
export function adaptedMaps(weights: Weights): string[] {
  return Object.keys(weights)
    .filter(name => name.endsWith(A))
    .map(name => name.slice(0, -A.length));
}

/** Names the matrices that LoRA trains: all else stays as it is. None where the model has no adapters. */
export function adapterMatrices(weights: Weights): string[] {
  return Object.keys(weights).filter(name => name.endsWith(A) || name.endsWith(B));
}
