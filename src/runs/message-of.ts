/** Returns an error's message, whatever was thrown. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** Returns the system's code and the message of an error's cause, which is where Node's fetch puts them. */
export function causeOf(error: unknown): { code?: string; message?: string } {
  const cause: unknown = error instanceof Error ? error.cause : undefined;
  if (typeof cause !== 'object' || cause === null) return {};
  return {
    ...('code' in cause && typeof cause.code === 'string' && { code: cause.code }),
    ...('message' in cause && typeof cause.message === 'string' && { message: cause.message }),
  };
}
