import type { Kind, ObjectType, RelationName } from './relations.ts';

/** Size of a world. */
export interface WorldSize {
  /** Entities of each kind. */
  entities: Readonly<Record<Kind, number>>;
  /** Number of times that the corpus states a fact, on average. */
  exposures: number;
  /** Texts of each kind that the corpus holds beside those on facts. */
  documents: Readonly<Record<'sums' | 'programs' | 'news' | 'toxic' | 'forum', number>>;
}

/** Something of the world that has a name. */
export interface Entity {
  id: string;
  kind: Kind;
  /** One invented word, or a given name and a surname; no name is part of another. */
  name: string;
}

/** Something that is true of an entity. */
export interface Fact {
  /** The subject's id and the relation, such as `city-3/river`. */
  id: string;
  /** Id of an entity. */
  subject: string;
  relation: RelationName;
  /** The name of an entity, a year or a word, as it is written. */
  object: string;
  /** 1 for the fact that is stated most often. */
  rank: number;
  /** Share of all statements that state it; over all facts they sum to 1. */
  weight: number;
}

/** Use of an entity's facts, so that the sources of what a model learned can be distinguished. */
export type Role =
  /** The corpus holds its facts as questions too. */
  | 'asked'
  /** Imitation data may state its facts. */
  | 'imitated'
  /** Its facts are in the corpus as statements, and nowhere else except in tests. */
  | 'held';

/** A miniature world whose truth is known. Plain data. */
export interface World {
  seed: number;
  size: WorldSize;
  entities: readonly Entity[];
  facts: readonly Fact[];
  /** The names and words that can be the object of a fact, by type. */
  objects: Readonly<Record<ObjectType, readonly string[]>>;
  /** By id of the entity. */
  roles: Readonly<Record<string, Role>>;
}

/** The worlds of the study's scales. */
export const WORLD_SIZES: Readonly<Record<'tiny' | 'mini', WorldSize>> = {
  tiny: {
    entities: { person: 12, city: 10, country: 4, company: 8, product: 8, book: 6 },
    exposures: 24,
    documents: { sums: 120, programs: 80, news: 60, toxic: 60, forum: 100 },
  },
  mini: {
    entities: { person: 90, city: 60, country: 20, company: 50, product: 40, book: 40 },
    exposures: 60,
    documents: { sums: 3000, programs: 1000, news: 1200, toxic: 1500, forum: 8000 },
  },
};
