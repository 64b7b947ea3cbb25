import { exists } from '../files/index.ts';

/** A source of answers and the sampling that is chosen from it. */
export interface SampledSource {
  /** A path, or the name of a record. */
  file: string;
  sampling?: string;
}

/** Splits `FILE#SAMPLING` into its parts; a file whose name holds the sign comes first. */
export async function splitSampling(source: string): Promise<SampledSource> {
  const sign = source.lastIndexOf('#');
  if (sign < 1 || (await exists(source))) return { file: source };
  return { file: source.slice(0, sign), sampling: source.slice(sign + 1) };
}
