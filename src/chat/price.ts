/** Money for a million tokens. */
export interface Price {
  /** Of prompts. */
  input: number;
  /** Of answers. */
  output: number;
}
