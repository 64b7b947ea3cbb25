/** A command that was called wrongly: it ends with the exit code of wrong usage. */
export class UsageError extends Error {}
