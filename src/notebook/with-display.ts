/** A MIME bundle: representations of a value by their types. */
type Bundle = object | Promise<object>;

/** How a value shows itself in a notebook: a method that returns a MIME bundle. */
export const DISPLAY: unique symbol = Symbol.for('Jupyter.display') as never;

/** What Node prints of a value, in place of all that it holds. */
const INSPECT = Symbol.for('nodejs.util.inspect.custom');

/**
 * Lets a value show itself. The methods are not enumerable, so that its data stay plain.
 *
 * @param display gives the MIME bundle that a notebook shows; asked each time.
 * @param text what is printed of it; default all that it holds.
 * @returns the value itself.
 */
export function withDisplay<T extends object>(value: T, display: () => Bundle, text?: () => string): T {
  Object.defineProperty(value, DISPLAY, { value: display, configurable: true });
  if (text !== undefined) Object.defineProperty(value, INSPECT, { value: text, configurable: true });
  return value;
}
