/** What a side is asked to get ready. */
export interface Start {
  /** Folder of the model in Hugging Face's layout, or its GGUF file for llama.cpp. */
  model: string;
  /** Token ids of the prompts that are answered side by side, all of one length. */
  prompts: number[][];
  /** Tokens of each answer. */
  tokens: number;
  threads: number;
}

/** Answer to {"turn": true}: all prompts were answered, greedily. */
export interface Taken {
  /** From prompts in memory to answers in memory. */
  ms: number;
  answers: number[][];
}
