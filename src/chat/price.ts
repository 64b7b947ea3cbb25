/** Money for a million tokens. */
export interface Price {
  /** Price of prompts. */
  input: number;
  /** Price of answers. */
  output: number;
}
