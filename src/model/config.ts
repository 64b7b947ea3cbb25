/** Shape and constants of a GPT-2 model. */
export interface Gpt2Config {
  architecture: 'gpt2';
  /** Number of tokens in the vocabulary. */
  vocabSize: number;
  /** Most positions of a sequence. */
  maxPositions: number;
  /** Width of the residual stream. */
  hiddenSize: number;
  layers: number;
  /** Attention heads; each is `width / heads` wide. */
  heads: number;
  /** Width of the hidden layer in each block's perceptron. */
  intermediateSize: number;
  /** Added to the variance in layer norms. */
  normEpsilon: number;
  /** Whether the output matrix is the token embedding. */
  tieWordEmbeddings: boolean;
}

/** Shape and constants of a LLaMA model. */
export interface LlamaConfig extends Omit<Gpt2Config, 'architecture'> {
  architecture: 'llama';
  /** Heads of keys and values; each serves `heads / keyHeads` query heads. */
  kvHeads: number;
  /** Width of a head, of queries, keys and values alike. */
  headDim: number;
  rope: Rope;
}

/** Rotary position embedding: the angle of pair i at position p is p · theta^(-2i / headWidth), rescaled. */
export interface Rope {
  theta: number;
  scaling?: RopeScaling;
}

/** How the angles of a model that was stretched to a longer context differ. */
export type RopeScaling =
  /** All divided by the factor. */
  | { type: 'linear'; factor: number }
  /** Slow ones divided by the factor, fast ones as they are, between the two a mixture (LLaMA 3.1). */
  | {
      type: 'llama3';
      factor: number;
      lowFreqFactor: number;
      highFreqFactor: number;
      originalMaxPositions: number;
    }
  /** Each divided by a factor of its own, as GGUF files state it. */
  | { type: 'factors'; factors: readonly number[] };

/** Shape and constants of a model. */
export type ModelConfig = Gpt2Config | LlamaConfig;

/**
 * The config itself, once its parts are known to fit together.
 *
 * @param at where it stands, for errors.
 * @throws {RangeError} if a size is no positive whole number, a constant is not positive, or heads do not divide.
 */
export function requireConfig<C extends ModelConfig>(config: C, at: string): C {
  const fail = (required: string, found: string): never => {
    throw new RangeError(`Cannot make the model of ${at}: ${required} is required, found ${found}`);
  };
  const sizes = ['vocabSize', 'maxPositions', 'hiddenSize', 'layers', 'heads', 'intermediateSize'] as const;
  for (const size of sizes) requireSize(config[size], size);
  if (!(config.normEpsilon > 0 && config.normEpsilon < 1))
    fail('a normEpsilon between 0 and 1', `${config.normEpsilon}`);
  if (config.architecture === 'gpt2') {
    if (config.hiddenSize % config.heads !== 0) {
      fail('a hiddenSize that the heads divide', `${config.hiddenSize} and ${config.heads} heads`);
    }
    return config;
  }
  const { heads, kvHeads, headDim, rope } = config;
  requireSize(kvHeads, 'kvHeads');
  requireSize(headDim, 'headDim');
  if (heads % kvHeads !== 0) fail('a multiple of kvHeads as heads', `${heads} and ${kvHeads}`);
  if (headDim % 2 !== 0) fail('an even headDim', `${headDim}`);
  const constants = [rope.theta, ...scalingConstants(rope)];
  if (!constants.every(constant => constant > 0 && Number.isFinite(constant))) {
    fail('positive constants of the rotary embedding', constants.join(', '));
  }
  if (rope.scaling?.type === 'factors' && rope.scaling.factors.length !== headDim / 2) {
    fail(`${headDim / 2} factors of the rotary embedding`, `${rope.scaling.factors.length}`);
  }
  return config;

  function requireSize(size: number, name: string): void {
    if (!(Number.isInteger(size) && size > 0 && size < 2 ** 31)) {
      fail(`a positive whole number as ${name}`, `${size}`);
    }
  }
}

function scalingConstants({ scaling }: Rope): readonly number[] {
  if (!scaling) return [];
  if (scaling.type === 'factors') return scaling.factors;
  if (scaling.type === 'linear') return [scaling.factor];
  const { factor, lowFreqFactor, highFreqFactor, originalMaxPositions } = scaling;
  return [factor, lowFreqFactor, highFreqFactor, originalMaxPositions, highFreqFactor - lowFreqFactor];
}
