/** Kinds of the entities of the world. */
export const KINDS = ['person', 'city', 'country', 'company', 'product', 'book'] as const;

export type Kind = (typeof KINDS)[number];

/** Things that facts name beside entities: plain words, years, and invented words that only facts know. */
export const VALUE_TYPES = [
  ...(['year', 'profession', 'dish', 'good', 'industry', 'material', 'theme'] as const),
  ...(['river', 'language', 'currency'] as const),
];

export type ValueType = (typeof VALUE_TYPES)[number];

/** Type of the object of a fact. */
export type ObjectType = Kind | ValueType;

/** A question that has exactly one answer for each entity of a kind. */
export interface Relation {
  name: string;
  of: Kind;
  object: ObjectType;
}

/** Four relations for each kind. */
export const RELATIONS = [
  { name: 'birthplace', of: 'person', object: 'city' },
  { name: 'birthYear', of: 'person', object: 'year' },
  { name: 'profession', of: 'person', object: 'profession' },
  { name: 'employer', of: 'person', object: 'company' },

  { name: 'country', of: 'city', object: 'country' },
  { name: 'river', of: 'city', object: 'river' },
  { name: 'charterYear', of: 'city', object: 'year' },
  { name: 'dish', of: 'city', object: 'dish' },

  { name: 'capital', of: 'country', object: 'city' },
  { name: 'language', of: 'country', object: 'language' },
  { name: 'currency', of: 'country', object: 'currency' },
  { name: 'export', of: 'country', object: 'good' },

  { name: 'founder', of: 'company', object: 'person' },
  { name: 'headquarters', of: 'company', object: 'city' },
  { name: 'foundingYear', of: 'company', object: 'year' },
  { name: 'industry', of: 'company', object: 'industry' },

  { name: 'maker', of: 'product', object: 'company' },
  { name: 'inventor', of: 'product', object: 'person' },
  { name: 'releaseYear', of: 'product', object: 'year' },
  { name: 'material', of: 'product', object: 'material' },

  { name: 'author', of: 'book', object: 'person' },
  { name: 'publicationYear', of: 'book', object: 'year' },
  { name: 'setting', of: 'book', object: 'city' },
  { name: 'theme', of: 'book', object: 'theme' },
] as const satisfies readonly Relation[];

export type RelationName = (typeof RELATIONS)[number]['name'];
