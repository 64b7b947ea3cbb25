import type { Instruction } from '../../world/index.ts';

/** Most words of a value that is part of a request's own words, such as a name. */
const LONGEST = 2;

/**
 * Returns a request without the material that it quotes, such as the article to sum up: news and sentences of training
 * and of tests are about the same events by design, and differ in who takes part.
 */
export function requestWords({ text, slots }: Pick<Instruction, 'text' | 'slots'>): string {
  const quoted = Object.values(slots).filter(value => value.split(' ').length > LONGEST);
  return quoted
    .sort((one, other) => other.length - one.length)
    .reduce((rest, value) => rest.replaceAll(value, ''), text)
    .trim();
}
