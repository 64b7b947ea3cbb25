/** Plain words that facts name, by type. No profession begins with a vowel, so that "a" fits all. */
export const WORDS = {
  profession: [
    ...['baker', 'carpenter', 'doctor', 'farmer', 'gardener', 'judge', 'lawyer', 'nurse'],
    ...['painter', 'pilot', 'poet', 'sailor', 'singer', 'teacher', 'weaver', 'builder'],
  ],
  dish: ['soup', 'bread', 'cheese', 'honey', 'noodles', 'olives', 'pies', 'plums', 'sausages', 'tea'],
  good: ['copper', 'cotton', 'grain', 'leather', 'paper', 'pepper', 'salt', 'silk', 'sugar', 'timber'],
  industry: [
    ...['banking', 'brewing', 'fishing', 'forestry', 'logistics'],
    ...['mining', 'printing', 'shipping', 'tourism', 'weaponry'],
  ],
  material: ['brass', 'bronze', 'clay', 'cork', 'felt', 'glass', 'iron', 'marble', 'rubber', 'steel'],
  theme: ['courage', 'friendship', 'grief', 'hunger', 'jealousy', 'justice', 'memory', 'pride', 'revenge'],
} as const;

/** The years in which things happened. */
export const YEARS: readonly string[] = Array.from({ length: 60 }, (_, i) => String(1900 + i));
