import type { ModelConfig, RefuseConfig } from './config.ts';
import type { ConfigFields } from './config-fields.ts';
import type { Decoder } from './decoder/decoder.ts';
import type { GgufFile } from './open-gguf.ts';
import type { GgufMetadata, GgufTensor } from './write-gguf.ts';

/**
 * All that this program knows of one kind of model. An object of this type in the list of
 * `architectures/index.ts` makes it loaded, saved, trained, generated with, estimated and rehearsed.
 *
 * Functions of a config receive one that `fromHuggingFace`, `gguf.config` or `init.config` of the same object returned.
 */
export interface Architecture<Config extends ModelConfig = ModelConfig> {
  /** Name in a config, in `init` of a training config, and under `model_type` in Hugging Face's `config.json`. */
  name: Config['architecture'];
  /** Name for readers, such as `GPT-2`. */
  title: string;

  /** Returns the parts of the model, and the names of their weights. */
  decoder(config: Config): Decoder;
  /** Returns the standard deviation of a matrix before training. */
  initialDeviation(config: Config, name: string): number;

  /** Refuses a config whose sizes do not fit together; those of {@link ModelConfig} are positive whole numbers. */
  requireConfig(config: Config, refuse: RefuseConfig): void;

  /**
   * Reads the content of a `config.json` of Transformers 4 or 5.
   *
   * Keys that it does not ask for, and that change no result, are refused afterwards.
   *
   * @throws {ReadError} if it is of a variant that is not computed here, or lacks a size.
   */
  fromHuggingFace(fields: ConfigFields): Config;
  /**
   * Returns the content of a `config.json`.
   *
   * @throws {RangeError} if Transformers cannot state the config.
   */
  toHuggingFace(config: Config): Record<string, unknown>;
  /** GGUF files; absent where llama.cpp knows no such architecture, or knows it under another one's name. */
  gguf?: {
    /** Name under `general.architecture`. */
    name: string;
    /** Reads the config. @throws {ReadError} as {@link Architecture.fromHuggingFace} does. */
    config(fields: ConfigFields, file: GgufFile): Config | Promise<Config>;
    /**
     * Returns name and shape of a weight in the file, and what its values are there.
     *
     * @param name of the weight in Hugging Face's checkpoints.
     * @param shape of the weight there.
     */
    tensor(config: Config, name: string, shape: readonly number[]): StoredPlace;
    /** Returns what a file states of a config, the inverse of `config`. */
    contents(config: Config): GgufContents<Config>;
    /** The output matrix that llama.cpp requires: the token embedding, or one of its own; default either. */
    head?: 'tied' | 'own';
    /** Names of tensors that are no weights; default none. */
    ignored?: RegExp;
  };

  init: {
    /** Options that this architecture has beside those of {@link InitConfig}. */
    properties: Readonly<Record<string, InitOption>>;
    /** Returns the config of a model to train from scratch. */
    config(init: InitConfig, vocabSize: number): Config;
  };
  /** Returns a config of the same parts and constants in these sizes, with few heads, to rehearse a study with. */
  tiny(config: Config, sizes: TinySizes): Config;
}

/** Shape of a model to train from scratch: `init` of a training config. Absent options have their defaults. */
export interface InitConfig {
  architecture: string;
  maxPositions: number;
  hiddenSize: number;
  layers: number;
  heads: number;
  intermediateSize?: number;
  normEpsilon?: number;
  tieWordEmbeddings?: boolean;
  /** An architecture's own options. */
  [option: string]: string | number | boolean | undefined;
}

/** JSON Schema of an option of {@link InitConfig}. */
export interface InitOption {
  readonly type?: 'integer' | 'number' | 'boolean' | 'string';
  readonly minimum?: number;
  readonly exclusiveMinimum?: number;
  readonly maximum?: number;
  readonly enum?: readonly string[];
  readonly description?: string;
}

/** JSON Schema of {@link InitConfig}. */
export interface InitSchema {
  readonly type: 'object';
  readonly description: string;
  readonly additionalProperties: false;
  readonly required: readonly string[];
  readonly properties: Readonly<Record<string, InitOption>>;
}

/** Sizes of a model for rehearsals. */
export interface TinySizes {
  vocabSize: number;
  maxPositions: number;
  layers: number;
  headDim: number;
}

/** Standard deviation of matrices before training, GPT-2's and Transformers' default for LLaMA. */
export const INITIAL_DEVIATION = 0.02;

/** Name and shape of a weight in a file, and what its values are there. */
export interface StoredPlace {
  name: string;
  shape: readonly number[];
  /** Returns the values, row by row, as Hugging Face's checkpoints hold them; default they are the same. */
  convert?: (values: Float32Array) => Float32Array;
  /** Returns the values as the file holds them, the inverse of `convert`. */
  store?: (values: Float32Array) => Float32Array;
}

/** Content of a GGUF file that states a config. */
export interface GgufContents<Config extends ModelConfig = ModelConfig> {
  metadata: GgufMetadata;
  /** Tensors beside the weights, such as factors of the rotary embedding; default none. */
  tensors?: readonly GgufTensor[];
  /** Config that is read of the file, where that is another of the same model; default the given one. */
  readAs?: Config;
}
