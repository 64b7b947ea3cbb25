/** A MIME bundle: representations of a value by their types. */
export type DisplayBundle = object | Promise<object>;

/** Symbol of the method that returns a value's MIME bundle for a notebook. */
export const DISPLAY: unique symbol = Symbol.for('Jupyter.display') as never;

/** Symbol of the method that returns the text which Node prints of a value. */
const INSPECT = Symbol.for('nodejs.util.inspect.custom');

/**
 * Lets a value show itself. The methods are not enumerable, so that its data stay plain.
 *
 * @param display gives the MIME bundle that a notebook shows; asked each time.
 * @param text what is printed of it; default all that it holds.
 * @returns the value itself.
 */
export function withDisplay<T extends object>(
  value: T,
  display: () => DisplayBundle,
  text?: () => string,
): T {
  Object.defineProperty(value, DISPLAY, { value: display, configurable: true });
  if (text !== undefined) Object.defineProperty(value, INSPECT, { value: text, configurable: true });
  return value;
}
