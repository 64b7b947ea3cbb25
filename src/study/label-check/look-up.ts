import type { Truth } from '../../schema.ts';
import type { RelationName, World } from '../../world/index.ts';

/** A fact of a world, with names in place of ids. */
export interface NamedFact {
  subject: string;
  relation: string;
  object: string;
}

/** Result of looking a sentence up. */
export interface LookedUp {
  /** Facts that the sentence concerns: it names the subject and contains words of the relation. */
  facts: NamedFact[];
  /** Correct where it names the object of one of them too; ambiguous where there are none. */
  verdict: Truth;
}

/**
 * Words that only sentences about a relation contain. They are listed separately from the phrasings that write and
 * parse sentences, so that both do not share mistakes.
 */
const WORDS: Readonly<Record<RelationName, readonly string[]>> = {
  birthplace: ['birthplace', 'born in'],
  birthYear: ['birth year', 'came to the world'],
  profession: ['profession', 'works as'],
  employer: ['employer', 'has a job'],
  country: ['country of', 'the country is', 'lies in'],
  river: ['river of', 'the river is', 'on the banks'],
  charterYear: ['charter year', 'became a town'],
  dish: ['famous dish', 'is famous for'],
  capital: ['capital of', 'the capital is', 'ruled from'],
  language: ['language of', 'the language is', 'people speak'],
  currency: ['currency of', 'the currency is', 'people pay'],
  export: ['main export', 'sells the world'],
  founder: ['founder of', 'the founder is', 'founded by'],
  headquarters: ['head office', 'run from'],
  foundingYear: ['founding year', 'founded in'],
  industry: ['industry of', 'the industry is', 'earns its money'],
  maker: ['maker of', 'the maker is', 'made by'],
  inventor: ['inventor of', 'the inventor is', 'invented by'],
  releaseYear: ['release year', 'first sold'],
  material: ['material of', 'the material is', 'made of'],
  author: ['author of', 'the author is', 'written by'],
  publicationYear: ['publication year', 'printed in'],
  setting: ['setting of', 'the setting is', 'plays in'],
  theme: ['theme of', 'the theme is', 'tale of'],
};

/** Looks sentences up in the table of a world's facts, only by the words in them. */
export function lookUpIn(world: World): (sentence: string) => LookedUp {
  const names = new Map(world.entities.map(({ id, name }) => [id, name]));
  const table = world.facts.map(({ subject, relation, object }) => ({
    subject: names.get(subject) ?? subject,
    relation,
    object,
    words: WORDS[relation],
  }));
  return sentence => {
    const facts = table
      .filter(({ subject, words }) => holds(sentence, subject) && words.some(word => holds(sentence, word)))
      .map(({ words: _, ...fact }) => fact);
    return { facts, verdict: verdictOf(sentence, facts) };
  };
}

/** Judges a sentence by the facts that it concerns. */
export function verdictOf(sentence: string, facts: readonly NamedFact[]): Truth {
  if (facts.length === 0) return 'ambiguous';
  return facts.some(({ object }) => holds(sentence, object)) ? 'correct' : 'incorrect';
}

/** Returns whether a sentence contains words, whole and in their order. */
function holds(sentence: string, words: string): boolean {
  return plain(sentence).includes(plain(words));
}

function plain(text: string): string {
  return ` ${text.toLowerCase().replace(/[^a-z0-9]+/g, ' ')} `.replace(/ +/g, ' ');
}
