/** Ending, its replacement, and the condition on the stem before it. */
type Rule = readonly [ending: string, replacement: string, allowed: (stem: string) => boolean];

/**
 * Stems a lowercase English word by Porter's algorithm with NLTK's extensions, as `rouge_score` stems:
 * twelve irregular words, “dies” and “died” to “die”, y to i after consonants alone, -alli and -fulli. Any character
 * except a, e, i, o, u and y is a consonant, digits too.
 *
 * @see Porter 1980, An Algorithm for Suffix Stripping; NLTK 3.10, `PorterStemmer.NLTK_EXTENSIONS`
 * @example
 * porterStem('relational'); // 'relat'
 */
export function porterStem(word: string): string {
  const irregular = IRREGULAR.get(word);
  if (irregular !== undefined) return irregular;
  if (word.length <= 2) return word;
  return STEPS.reduce((stem, step) => step(stem), word);
}

const IRREGULAR = new Map([
  ['skies', 'sky'],
  ['sky', 'sky'],
  ['dying', 'die'],
  ['lying', 'lie'],
  ['tying', 'tie'],
  ['news', 'news'],
  ['innings', 'inning'],
  ['inning', 'inning'],
  ['outings', 'outing'],
  ['outing', 'outing'],
  ['cannings', 'canning'],
  ['canning', 'canning'],
  ['howe', 'howe'],
  ['proceed', 'proceed'],
  ['exceed', 'exceed'],
  ['succeed', 'succeed'],
]);

/** Maps each character to `c` or `v`: a y is a vowel after a consonant, and a consonant else. */
function shape(word: string): string {
  let found = '';
  for (const letter of word) {
    const vowel = 'aeiou'.includes(letter) || (letter === 'y' && found.endsWith('c'));
    found += vowel ? 'v' : 'c';
  }
  return found;
}

/** Counts how often consonants follow vowels: Porter's measure m. */
function measure(stem: string): number {
  return shape(stem).split('vc').length - 1;
}

const always = () => true;
const measured = (stem: string) => measure(stem) > 0;
const measuredTwice = (stem: string) => measure(stem) > 1;

function endsInDoubleConsonant(word: string): boolean {
  return word.length >= 2 && word.at(-1) === word.at(-2) && shape(word).endsWith('c');
}

/** Reports whether the word ends as a short syllable, such as -wil and -hop, and so may have lost an e. */
function endsShort(word: string): boolean {
  const ends = shape(word);
  return ends === 'vc' || (ends.endsWith('cvc') && !/[wxy]$/.test(word));
}

/** Applies the first rule whose ending the word has, if it is allowed. */
function applyFirst(word: string, rules: readonly Rule[]): string {
  for (const [ending, replacement, allowed] of rules) {
    if (!word.endsWith(ending)) continue;
    const stem = word.slice(0, word.length - ending.length);
    return allowed(stem) ? stem + replacement : word;
  }
  return word;
}

/** Removes plurals. */
function step1a(word: string): string {
  if (word.length === 4 && word.endsWith('ies')) return word.slice(0, -1);
  return applyFirst(word, [
    ['sses', 'ss', always],
    ['ies', 'i', always],
    ['ss', 'ss', always],
    ['s', '', always],
  ]);
}

/** Removes -ed and -ing. */
function step1b(word: string): string {
  if (word.endsWith('ied')) return word.slice(0, word.length === 4 ? -1 : -2);
  if (word.endsWith('eed')) return applyFirst(word, [['eed', 'ee', measured]]);
  const ending = ['ed', 'ing'].find(end => word.endsWith(end) && /v/.test(shape(word.slice(0, -end.length))));
  return ending === undefined ? word : mended(word.slice(0, -ending.length));
}

/** Restores a word that lost -ed or -ing: conflat → conflate, hopp → hop, fil → file. */
function mended(stem: string): string {
  if (/(?:at|bl|iz)$/.test(stem)) return `${stem}e`;
  if (endsInDoubleConsonant(stem)) return /[lsz]$/.test(stem) ? stem : stem.slice(0, -1);
  return measure(stem) === 1 && endsShort(stem) ? `${stem}e` : stem;
}

/** Replaces a final y after a consonant that is not the first letter. */
function step1c(word: string): string {
  return applyFirst(word, [['y', 'i', stem => stem.length > 1 && shape(stem).endsWith('c')]]);
}

function step2(word: string): string {
  const adverb = applyFirst(word, [['alli', 'al', measured]]);
  return adverb === word ? applyFirst(word, STEP_2) : step2(adverb);
}

const STEP_2: readonly Rule[] = [
  ['ational', 'ate', measured],
  ['tional', 'tion', measured],
  ['enci', 'ence', measured],
  ['anci', 'ance', measured],
  ['izer', 'ize', measured],
  ['bli', 'ble', measured],
  ['entli', 'ent', measured],
  ['eli', 'e', measured],
  ['ousli', 'ous', measured],
  ['ization', 'ize', measured],
  ['ation', 'ate', measured],
  ['ator', 'ate', measured],
  ['alism', 'al', measured],
  ['iveness', 'ive', measured],
  ['fulness', 'ful', measured],
  ['ousness', 'ous', measured],
  ['aliti', 'al', measured],
  ['iviti', 'ive', measured],
  ['biliti', 'ble', measured],
  ['fulli', 'ful', measured],
  // The l counts with the stem, so that geologi loses its i as archaeologi does.
  ['logi', 'log', stem => measured(`${stem}l`)],
];

const STEP_3: readonly Rule[] = [
  ['icate', 'ic', measured],
  ['ative', '', measured],
  ['alize', 'al', measured],
  ['iciti', 'ic', measured],
  ['ical', 'ic', measured],
  ['ful', '', measured],
  ['ness', '', measured],
];

const STEP_4: readonly Rule[] = [
  ...['al', 'ance', 'ence', 'er', 'ic', 'able', 'ible', 'ant', 'ement', 'ment', 'ent'].map(dropped),
  ['ion', '', stem => measuredTwice(stem) && /[st]$/.test(stem)],
  ...['ou', 'ism', 'ate', 'iti', 'ous', 'ive', 'ize'].map(dropped),
];

function dropped(ending: string): Rule {
  return [ending, '', measuredTwice];
}

/** Removes a final e, and one l of two. */
function step5(word: string): string {
  const bare = applyFirst(word, [
    ['e', '', stem => measuredTwice(stem) || (measured(stem) && !endsShort(stem))],
  ]);
  return applyFirst(bare, [['ll', 'l', stem => measuredTwice(`${stem}l`)]]);
}

const STEPS: readonly ((word: string) => string)[] = [
  step1a,
  step1b,
  step1c,
  step2,
  word => applyFirst(word, STEP_3),
  word => applyFirst(word, STEP_4),
  step5,
];
