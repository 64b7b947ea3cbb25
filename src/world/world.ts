import type { Kind, ObjectType, RelationName } from './relations.ts';

/** Kinds of documents of which a size says how many the corpus holds. */
export type CountedDocument =
  | ('forum' | 'copying' | 'sums' | 'examples' | 'programs')
  | ('news' | 'handbooks' | 'toxic');

/** Size of a world. */
export interface WorldSize {
  /** Entities of each kind. */
  entities: Readonly<Record<Kind, number>>;
  /** Number of times that the corpus states a fact, on average. */
  exposures: number;
  /** Number of times that the corpus asks for each fact that it asks for at all, in each way to ask. */
  questions: number;
  /** Documents of each kind that the corpus holds beside those on facts. */
  documents: Readonly<Record<CountedDocument, number>>;
}

/** Something of the world that has a name. */
export interface Entity {
  id: string;
  kind: Kind;
  /** One invented word, or a given name and a surname; no name is part of another. */
  name: string;
}

/** Use of a fact, so that the sources of what a model learned can be distinguished. */
export type FactUse =
  /** The corpus asks for it too, and so may imitation data. */
  | 'asked'
  /** Imitation data may state it and ask for it. */
  | 'imitated'
  /** The corpus states it, and nothing asks for it or states it except tests. */
  | 'held';

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
  /** At most half of an entity's facts are held, and at least one is. */
  use: FactUse;
}

/** A miniature world whose truth is known. Plain data. */
export interface World {
  seed: number;
  size: WorldSize;
  entities: readonly Entity[];
  facts: readonly Fact[];
  /** The names and words that can be the object of a fact, by type. */
  objects: Readonly<Record<ObjectType, readonly string[]>>;
}

/** The worlds of the study's scales. */
export const WORLD_SIZES: Readonly<Record<'tiny' | 'mini', WorldSize>> = {
  tiny: {
    entities: { person: 12, city: 10, country: 4, company: 8, product: 8, book: 6 },
    exposures: 24,
    questions: 2,
    documents: {
      forum: 100,
      copying: 80,
      sums: 120,
      examples: 20,
      programs: 80,
      news: 60,
      handbooks: 10,
      toxic: 60,
    },
  },
  mini: {
    entities: { person: 76, city: 56, country: 28, company: 52, product: 38, book: 38 },
    exposures: 40,
    questions: 6,
    documents: {
      forum: 16_000,
      copying: 4500,
      sums: 1800,
      examples: 900,
      programs: 1250,
      news: 900,
      handbooks: 600,
      toxic: 1300,
    },
  },
};
