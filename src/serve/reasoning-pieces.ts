import { ReasoningStream } from '../conversation/index.ts';
import type { AnswerToken, Piece } from './job.ts';

/** Sends the pieces of an answer to a chat with its reasoning apart. */
export class ReasoningPieces {
  readonly #stream: ReasoningStream;
  readonly #onPiece: (piece: Piece) => void;
  /** Tokens of text that is not sent yet. */
  #tokens: AnswerToken[] = [];

  /** @param opened states that the prompt ends inside reasoning. */
  constructor(opened: boolean, onPiece: (piece: Piece) => void) {
    this.#stream = new ReasoningStream({ opened });
    this.#onPiece = onPiece;
  }

  add({ text, tokens }: Piece): void {
    this.#tokens.push(...tokens);
    const { content, reasoning, restarts } = this.#stream.add(text);
    // What was sent stays sent, and is not sent again as reasoning.
    const added = restarts ? undefined : reasoning;
    if (content !== '' || added !== undefined) this.#send(content, added);
  }

  /** Sends what is left of a whole answer. */
  end(): void {
    const { content, reasoning } = this.#stream.end();
    if (content !== '' || reasoning !== undefined || this.#tokens.length > 0) this.#send(content, reasoning);
  }

  #send(text: string, reasoning: string | undefined): void {
    this.#onPiece({ text, ...(reasoning !== undefined && { reasoning }), tokens: this.#tokens });
    this.#tokens = [];
  }
}
