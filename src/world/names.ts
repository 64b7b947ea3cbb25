import type { Random } from '../stats/index.ts';
import type { Kind, ValueType } from './relations.ts';

/** Type of what an invented word names. */
export type NamedType = Kind | 'givenName' | Extract<ValueType, 'river' | 'language' | 'currency'>;

const ONSETS = 'b br d dr f g gr h j k kl l m n p pl r s sk t tr v z'.split(' ');
const VOWELS = 'a e i o u'.split(' ');
const CODAS = 'b d g k l m n p r s t v z'.split(' ');

/** Endings of the names of a type, so that a reader can distinguish a city from a company. */
const ENDINGS: Readonly<Record<NamedType, readonly string[]>> = {
  person: ['ard', 'enko', 'ik', 'ow', 'ez'],
  givenName: ['a', 'o', 'i'],
  city: ['burg', 'mere', 'stad', 'ton'],
  country: ['ia', 'land'],
  company: ['co', 'tex', 'werk'],
  product: ['ette', 'omat'],
  book: ['iad', 'essa'],
  river: ['au', 'uva'],
  language: ['ish', 'ese'],
  currency: ['in', 'ar'],
};

/**
 * Creates a source of invented words, none of which is part of another, whatever their types.
 *
 * @param taken words that no name may be part of, nor hold, in lower case.
 */
export function namer(random: Random, taken: readonly string[]): (type: NamedType) => string {
  const known = [...taken];
  return type => {
    for (;;) {
      const stem =
        random.choose(ONSETS) + random.choose(VOWELS) + random.choose(CODAS) + middle(random, type);
      const word = stem + random.choose(ENDINGS[type]);
      if (known.some(other => other.includes(word) || word.includes(other))) continue;
      known.push(word);
      return type === 'currency' ? word : word.charAt(0).toUpperCase() + word.slice(1);
    }
  };
}

/** Draws a second syllable; given names are short. */
function middle(random: Random, type: NamedType): string {
  if (type === 'givenName') return '';
  return random.choose(VOWELS) + random.choose(CODAS);
}
