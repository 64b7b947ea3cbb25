import type { TokenLikelihood } from '../generate/index.ts';
import type { Tokenizer } from '../tokenize/index.ts';
import type { AnswerToken, Piece } from './job.ts';
import { codePoints, TokenText, tokenTexts } from './token-text.ts';

/** Function that places a token of an answer at its offset in the text. */
export type TokenAt = (offset: number) => AnswerToken;

/** Describer of tokens and their likelihoods in the form that requests are answered in. */
export class TokenDescriber {
  readonly #tokenizer: Tokenizer;
  readonly #textOf: (id: number) => string;

  constructor(tokenizer: Tokenizer) {
    this.#tokenizer = tokenizer;
    this.#textOf = tokenTexts(tokenizer);
  }

  /** Describes a token with its log-probability and the most likely ones at its position. */
  describe({ id, logprob, top }: TokenLikelihood): TokenAt {
    const texts = top.map(likely => ({ text: this.#textOf(likely.id), logprob: likely.logprob }));
    return offset => ({ text: this.#textOf(id), offset, logprob, top: texts });
  }

  /** Describes the token that ends an answer. */
  describeEnd(likelihood: TokenLikelihood): TokenAt {
    const at = this.describe(likelihood);
    return offset => ({ ...at(offset), ends: true });
  }

  /**
   * Describes a prompt.
   *
   * @param likelihoods of its tokens but the first, as far as they are known.
   * @param begin the token that the model itself puts before a text, and that is no part of it.
   */
  describePrompt(
    ids: readonly number[],
    likelihoods: readonly TokenLikelihood[],
    begin: number | undefined,
  ): Piece {
    const detokenized = new TokenText(this.#tokenizer);
    const tokens: AnswerToken[] = [];
    let text = '';
    let offset = 0;
    for (const [at, id] of ids.entries()) {
      const likelihood = likelihoods[at - 1];
      const first = { text: this.#textOf(id), offset, logprob: null, top: [] };
      tokens.push(likelihood ? this.describe(likelihood)(offset) : first);
      const added = at === 0 && id === begin ? '' : detokenized.add(id);
      text += added;
      offset += codePoints(added);
    }
    text += detokenized.rest();
    return { text, tokens };
  }
}
