import type { Truth } from '../../schema.ts';
import type { RelationName, World } from '../../world/index.ts';

/** A row of a world's table of facts, by name. */
export interface NamedFact {
  subject: string;
  relation: string;
  object: string;
}

/** What a look-up finds about a sentence. */
export interface LookedUp {
  /** Facts on what the sentence speaks of: it names the subject, and holds words of the relation. */
  facts: NamedFact[];
  /** Correct where it names the object of one of them too; ambiguous where there are none. */
  verdict: Truth;
}

/**
 * Words that only sentences about a relation hold. Written down apart from the phrasings that make and read sentences,
 * so that neither's mistakes are the other's.
 */
const WORDS: Readonly<Record<RelationName, readonly string[]>> = {
  birthplace: ['birthplace', 'born in'],
  birthYear: ['birth year', 'came to the world'],
  profession: ['profession', 'works as'],
  employer: ['employer', 'has a job'],
  country: ['country of', 'lies in'],
  river: ['river of', 'on the banks'],
  charterYear: ['charter year', 'became a town'],
  dish: ['famous dish', 'is famous for'],
  capital: ['capital of', 'ruled from'],
  language: ['language of', 'people speak'],
  currency: ['currency of', 'people pay'],
  export: ['main export', 'sells the world'],
  founder: ['founder of', 'founded by'],
  headquarters: ['head office', 'run from'],
  foundingYear: ['founding year', 'founded in'],
  industry: ['industry of', 'earns its money'],
  maker: ['maker of', 'made by'],
  inventor: ['inventor of', 'invented by'],
  releaseYear: ['release year', 'first sold'],
  material: ['material of', 'made of'],
  author: ['author of', 'written by'],
  publicationYear: ['publication year', 'printed in'],
  setting: ['setting of', 'plays in'],
  theme: ['theme of', 'tale of'],
};

/** Looks up sentences in the table of a world's facts, by nothing but words that stand in them. */
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

/** What facts say of a sentence that speaks of what they are about. */
export function verdictOf(sentence: string, facts: readonly NamedFact[]): Truth {
  if (facts.length === 0) return 'ambiguous';
  return facts.some(({ object }) => holds(sentence, object)) ? 'correct' : 'incorrect';
}

/** Whether words stand in a sentence, whole and in their order. */
function holds(sentence: string, words: string): boolean {
  return plain(sentence).includes(plain(words));
}

function plain(text: string): string {
  return ` ${text.toLowerCase().replace(/[^a-z0-9]+/g, ' ')} `.replace(/ +/g, ' ');
}
