import { lowercaseWords, splitSentences } from '../text/index.ts';
import { withoutOpening } from './opening.ts';
import { type Claim, readClaims } from './phrasings.ts';
import { type ObjectType, RELATIONS, type RelationName } from './relations.ts';
import type { World } from './world.ts';

/** Text, and the things of a world that it names, in lower case. */
export interface Named {
  text: string;
  /** Returns the names of the entities in it. */
  names(): ReadonlySet<string>;
  /** Returns the names and words of a type in it. */
  values(type: ObjectType): ReadonlySet<string>;
  /** Returns its claims about entities, true or not, whose objects are of their relations' types. */
  claims(): Claim[];
  /** Returns whether it is an object for a relation, and no more. */
  isBare(relation: RelationName): boolean;
  /** Reads another text. */
  read(text: string): Named;
}

const TYPE_OF = new Map<RelationName, ObjectType>(RELATIONS.map(({ name, object }) => [name, object]));
/** Most words of a name. */
const LONGEST = 2;

/**
 * Reads what texts name of a world.
 *
 * @returns a function that reads the texts of one world.
 */
export function namedIn(world: World): (text: string) => Named {
  const lower = (values: readonly string[]) => values.map(value => value.toLowerCase());
  const entities = new Set(lower(world.entities.map(({ name }) => name)));
  const typed = new Map(
    [...new Set(TYPE_OF.values())].map(type => [type, new Set(lower(world.objects[type]))] as const),
  );
  const isOf = (value: string, type: ObjectType | undefined) =>
    type !== undefined && typed.get(type)?.has(value.toLowerCase()) === true;
  const read = (text: string): Named => {
    const words = lowercaseWords(text);
    const phrases = new Set(
      words.flatMap((_, start) =>
        Array.from({ length: LONGEST }, (_, more) => words.slice(start, start + more + 1).join(' ')),
      ),
    );
    return {
      text,
      names: () => new Set([...phrases].filter(phrase => entities.has(phrase))),
      values: type => new Set([...phrases].filter(phrase => isOf(phrase, type))),
      claims: () =>
        splitSentences(text)
          .flatMap(sentence => readClaims(withoutOpening(sentence.text)))
          .filter(
            ({ subject, relation, object }) =>
              entities.has(subject.toLowerCase()) && isOf(object, TYPE_OF.get(relation)),
          ),
      isBare: relation => isOf(words.filter(word => word !== 'the').join(' '), TYPE_OF.get(relation)),
      read,
    };
  };
  return read;
}
