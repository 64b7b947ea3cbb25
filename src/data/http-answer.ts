/** A server's answer that is not the content. */
export interface HttpAnswer {
  status: number;
  /** Name of the reason, such as a hub's `GatedRepo`. */
  code?: string | undefined;
}

/** Returns what a response states of a refusal. */
export function answerOf({ status, headers }: Response): HttpAnswer {
  return { status, code: headers.get('x-error-code') ?? undefined };
}

/** Reports whether another try may bring another answer. */
export function isPassing({ status }: HttpAnswer): boolean {
  return status === 408 || status === 429 || status >= 500;
}
