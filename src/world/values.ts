/**
 * Plain words that facts name, by type; of those that requests name, so many that a model must copy them to be right.
 * No profession begins with a vowel, so that "a" fits all.
 */
export const WORDS = {
  profession: [
    ...['baker', 'carpenter', 'doctor', 'farmer', 'gardener', 'judge', 'lawyer', 'nurse'],
    ...['painter', 'pilot', 'poet', 'sailor', 'singer', 'teacher', 'weaver', 'builder'],
    ...['barber', 'butcher', 'clerk', 'dancer', 'drummer', 'fisherman', 'hatter', 'jeweller'],
    ...['locksmith', 'mason', 'miller', 'plumber', 'potter', 'ranger', 'roofer', 'shepherd'],
    ...['tailor', 'tanner', 'waiter', 'watchmaker'],
  ],
  dish: [
    ...['soup', 'bread', 'cheese', 'honey', 'noodles', 'olives', 'pies', 'plums', 'sausages', 'tea'],
    ...['beans', 'cabbage', 'cherries', 'dumplings', 'mushrooms', 'pancakes', 'pears', 'porridge'],
    ...['potatoes', 'pudding', 'radishes', 'rice', 'stew', 'trout', 'waffles', 'walnuts'],
  ],
  good: ['copper', 'cotton', 'grain', 'leather', 'paper', 'pepper', 'salt', 'silk', 'sugar', 'timber'],
  industry: [
    ...['banking', 'brewing', 'fishing', 'forestry', 'logistics'],
    ...['mining', 'printing', 'shipping', 'tourism', 'weaponry'],
  ],
  material: ['brass', 'bronze', 'clay', 'cork', 'felt', 'glass', 'iron', 'marble', 'rubber', 'steel'],
  theme: [
    ...['courage', 'friendship', 'grief', 'hunger', 'jealousy', 'justice', 'memory', 'pride', 'revenge'],
    ...['ambition', 'betrayal', 'envy', 'exile', 'forgiveness', 'greed', 'adventure', 'kindness'],
    ...['loneliness', 'loyalty', 'mercy', 'patience', 'regret', 'silence', 'sorrow', 'wisdom'],
  ],
} as const;

/** The years in which things happened. */
export const YEARS: readonly string[] = Array.from({ length: 60 }, (_, i) => String(1900 + i));
