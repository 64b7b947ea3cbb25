import { didYouMean } from '../text/index.ts';

/**
 * Makes sure that an object has no option besides the known ones, so that a misspelt one is not ignored.
 *
 * @param known names of the options, as keys.
 * @param of what the options are of, for the error.
 * @throws {TypeError} naming the first that is unknown.
 */
export function requireOptions(options: object, known: Readonly<Record<string, true>>, of: string): void {
  const unknown = Object.keys(options).find(name => !Object.hasOwn(known, name));
  if (unknown === undefined) return;
  const suggestion = didYouMean(unknown, Object.keys(known));
  throw new TypeError(`${of}: unknown option ${JSON.stringify(unknown)}${suggestion}`);
}
