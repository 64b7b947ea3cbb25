/**
 * Fills the places of a prompt: `{question 1}` by the value of `question 1`.
 *
 * @throws {RangeError} if a place has no value, or a value no place.
 */
export function fillTemplate(template: string, values: Readonly<Record<string, string>>): string {
  const left = new Set(Object.keys(values));
  const filled = template.replace(/\{([^{}]+)\}/g, (_, name: string) => {
    left.delete(name);
    const value = Object.hasOwn(values, name) ? values[name] : undefined;
    if (value !== undefined) return value;
    throw new RangeError(`Cannot fill the prompt: a value for {${name}} is required, found none`);
  });
  if (left.size === 0) return filled;
  throw new RangeError(`Cannot fill the prompt: places for ${[...left].join(', ')} are required, found none`);
}
