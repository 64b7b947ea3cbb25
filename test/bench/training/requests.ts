/** What a side is asked to get ready. */
export interface Start {
  /** Folder of the model as it is before the training, in Hugging Face's layout. */
  folder: string;
  /** Folder of adapters that are trained in place of the model, in PEFT's layout. */
  adapters?: string;
  /** Token ids, [batches, B, T + 1]: taken in turn, again and again. */
  batches: number[][][];
  /** The learning rate. */
  rate: number;
  matmul: 'float32' | 'bfloat16';
  device: 'cpu' | 'cuda';
  threads: number;
}

/** Answer to {"steps": n}. */
export interface Taken {
  /** Milliseconds of each step, from tokens in memory to the loss in memory. */
  ms: number[];
  losses: number[];
}
