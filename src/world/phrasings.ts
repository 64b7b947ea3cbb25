import { RELATIONS, type RelationName } from './relations.ts';

/** Words of a relation: `The NOUN of X is Y`, `X VERB Y`, `QUESTION X?` or with its end. */
interface Wording {
  noun: string;
  verb: string;
  /** A question for the object, in which X is the subject. */
  question: string;
}

const WORDINGS: Readonly<Record<RelationName, Wording>> = {
  birthplace: { noun: 'birthplace', verb: 'was born in', question: 'Where was X born?' },
  birthYear: { noun: 'birth year', verb: 'came to the world in', question: 'In which year was X born?' },
  profession: { noun: 'profession', verb: 'works as a', question: 'What does X work as?' },
  employer: { noun: 'employer', verb: 'has a job at', question: 'Where does X have a job?' },

  country: { noun: 'country', verb: 'lies in', question: 'In which country does X lie?' },
  river: { noun: 'river', verb: 'stands on the banks of the', question: 'Which river does X stand on?' },
  charterYear: { noun: 'charter year', verb: 'became a town in', question: 'When did X become a town?' },
  dish: { noun: 'famous dish', verb: 'is famous for its', question: 'Which dish is X famous for?' },

  capital: { noun: 'capital', verb: 'is ruled from', question: 'From which city is X ruled?' },
  language: {
    noun: 'language',
    verb: 'is a place where people speak',
    question: 'Which language do people speak in X?',
  },
  currency: {
    noun: 'currency',
    verb: 'is a place where people pay with the',
    question: 'What do people pay with in X?',
  },
  export: { noun: 'main export', verb: 'sells the world its', question: 'What does X sell to the world?' },

  founder: { noun: 'founder', verb: 'was founded by', question: 'Who founded X?' },
  headquarters: { noun: 'head office', verb: 'is run from', question: 'From which city is X run?' },
  foundingYear: { noun: 'founding year', verb: 'was founded in', question: 'When was X founded?' },
  industry: { noun: 'industry', verb: 'earns its money in', question: 'In which industry is X?' },

  maker: { noun: 'maker', verb: 'is made by', question: 'Which company makes X?' },
  inventor: { noun: 'inventor', verb: 'was invented by', question: 'Who invented X?' },
  releaseYear: { noun: 'release year', verb: 'was first sold in', question: 'When was X first sold?' },
  material: { noun: 'material', verb: 'is made of', question: 'What is X made of?' },

  author: { noun: 'author', verb: 'was written by', question: 'Who wrote X?' },
  publicationYear: { noun: 'publication year', verb: 'was printed in', question: 'When was X printed?' },
  setting: { noun: 'setting', verb: 'plays in', question: 'In which city does X play?' },
  theme: { noun: 'theme', verb: 'is a tale of', question: 'What is X a tale of?' },
};

/** Claim of a sentence: subject, relation and object, in words. */
export interface Claim {
  subject: string;
  relation: RelationName;
  object: string;
}

interface Phrasing {
  write(claim: Claim): string;
  /** Reads the claims of a sentence of this form, as far as possible without the world. */
  read(sentence: string): Claim[];
}

/** The kinds of entities by what they are called in a sentence. */
const KIND_OF = Object.fromEntries(RELATIONS.map(({ name, of }) => [name, of]));

/** Every way to state a fact; each both writes and reads, so that what one can say the other understands. */
const PHRASINGS: readonly Phrasing[] = [
  phrasing(({ verb }) => ['', ` ${verb} `]),
  phrasing(({ verb }, kind) => [`The ${kind} `, ` ${verb} `]),
  phrasing(({ noun }) => [`The ${noun} of `, ' is ']),
  phrasing(({ noun }) => ['As for ', `, the ${noun} is `]),
];

/** In how many ways a fact can be stated. */
export const WAYS = PHRASINGS.length;

/** States a claim in a sentence. @param way 0 to {@link WAYS} − 1. */
export function statement(claim: Claim, way: number): string {
  const chosen = PHRASINGS[way];
  if (chosen === undefined)
    throw new RangeError(`Cannot state a fact: way 0 to ${WAYS - 1} is required, found ${way}`);
  return capitalised(chosen.write(claim));
}

/** Asks for the object of a claim. */
export function questionOf({ subject, relation }: Pick<Claim, 'subject' | 'relation'>): string {
  return WORDINGS[relation].question.replace('X', subject);
}

/** Asks for the object of a claim by the noun of its relation: `What is the river of Bonaburg?` */
export function nounQuestionOf({ subject, relation }: Pick<Claim, 'subject' | 'relation'>): string {
  return `What is the ${nounOf(relation)} of ${subject}?`;
}

/** Names a relation, such as `birth year`. */
export function nounOf(relation: RelationName): string {
  return WORDINGS[relation].noun;
}

/** Reads the claims that a sentence may make: one for each way to read it. None of what is no statement. */
export function readClaims(sentence: string): Claim[] {
  return PHRASINGS.flatMap(({ read }) => read(sentence));
}

/** Makes a phrasing of two parts: `BEFORE subject BETWEEN object.`, or with object and subject exchanged. */
function phrasing(
  parts: (wording: Wording, kind: string) => [before: string, between: string],
  exchanged = false,
): Phrasing {
  const forms = RELATIONS.map(({ name }) => {
    const [before, between] = parts(WORDINGS[name], KIND_OF[name] ?? '');
    return { name, before, between, pattern: new RegExp(`^${before}(.+?)${between}(.+?)\\.$`, 'i') };
  });
  return {
    write: ({ subject, relation, object }) => {
      const form = forms.find(({ name }) => name === relation);
      const [first, second] = exchanged ? [opening(object), subject] : [subject, object];
      return `${form?.before}${first}${form?.between}${second}.`;
    },
    read: sentence =>
      forms.flatMap(({ name, pattern }) => {
        const [, first, second] = pattern.exec(sentence) ?? [];
        if (first === undefined || second === undefined) return [];
        const [subject, object] = exchanged ? [second, first.replace(YEAR_OPENING, '')] : [first, second];
        return [{ subject, relation: name, object }];
      }),
  };
}

const YEAR_OPENING = /^the year /i;

/** Adds words before a year: a sentence that begins with a number could not be separated from the one before it. */
function opening(object: string): string {
  return /^\d/.test(object) ? `the year ${object}` : object;
}

function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
