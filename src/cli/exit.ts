/** Exit code of a run that failed, wholly or in part. */
export const FAILED = 1;

/** Exit code of a command that was called wrongly. */
export const WRONG_USAGE = 2;

/** Exit code of a run that the user stopped, as a shell gives it for SIGINT. */
export const INTERRUPTED = 130;

/** Error of a command that was called wrongly: it ends with {@link WRONG_USAGE}. */
export class UsageError extends Error {}
