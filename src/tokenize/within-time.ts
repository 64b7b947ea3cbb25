import { createContext, Script } from 'node:vm';

/** Milliseconds that a text may take, and further ones for each of its characters. */
const MOST_MS = 1500;
const MS_PER_CHARACTER = 0.01;

const script = new Script('run()');

/**
 * Runs work on a text that may never end, such as regular expressions of others, which V8 matches by trial and error.
 *
 * @param what names the work in the error.
 * @throws {Error} if it takes more than a second and a half, and a further one for each 100,000 characters.
 */
export function withinTime<T>(what: string, text: string, run: () => T): T {
  const timeout = Math.ceil(MOST_MS + MS_PER_CHARACTER * text.length);
  let result: { value: T } | undefined;
  const context = createContext({
    run: () => {
      result = { value: run() };
    },
  });
  try {
    script.runInContext(context, { timeout });
  } catch (error) {
    if (!isTimeout(error)) throw error;
    const message = `${what} must take at most ${timeout} ms on a text of ${text.length} characters, it takes longer`;
    throw new Error(message, { cause: error });
  }
  if (!result) throw new Error(`${what} has no result`);
  return result.value;
}

function isTimeout(error: unknown): boolean {
  return (
    typeof error === 'object' &&
    error !== null &&
    'code' in error &&
    error.code === 'ERR_SCRIPT_EXECUTION_TIMEOUT'
  );
}
