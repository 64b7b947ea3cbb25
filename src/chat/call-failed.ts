import type { FailureKind } from '../schema.ts';

/** A call of a model that gave no answer, by its kind. */
export class CallFailed extends Error {
  readonly kind: FailureKind;

  constructor(kind: FailureKind, message: string, options?: ErrorOptions) {
    super(message, options);
    this.kind = kind;
  }
}

/** A reason for which no prompt at all can be answered: it ends the whole run. */
export class Unanswerable extends CallFailed {}
