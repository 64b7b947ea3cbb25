import { initConfig, modelSizes } from '../../model/index.ts';
import { type BaseShape, baseInit } from './world-study.ts';

/** Counts the weights of a base model outside its embeddings, which do not depend on the vocabulary. */
export function baseSize(shape: BaseShape, maxPositions: number): number {
  const { maps, rest } = modelSizes(initConfig(baseInit(shape, maxPositions), 1)).weights;
  return maps + rest;
}
