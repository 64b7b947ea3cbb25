/** Sizes and constants that the models of every architecture have. */
export interface ModelConfig {
  /** Name of one of the registered architectures. */
  architecture: string;
  /** Number of tokens in the vocabulary, V. */
  vocabSize: number;
  /** Most positions of a sequence. */
  maxPositions: number;
  /** Width of the residual stream, C. */
  hiddenSize: number;
  /** Number of blocks. */
  layers: number;
  /** Number of query heads, H. */
  heads: number;
  /** Width of the MLP's hidden layer, I. */
  intermediateSize: number;
  /** Constant that is added to the variance in norms. */
  normEpsilon: number;
  /** True if the output matrix is the token embedding. */
  tieWordEmbeddings: boolean;
}

/** Function that refuses a config: what is required, and what was found. */
export type RefuseConfig = (required: string, found: string) => never;

/** Reports whether a number is a size: a positive whole number that an int32 holds. */
export function isSize(value: number): boolean {
  return Number.isInteger(value) && value > 0 && value < 2 ** 31;
}
