/** Abbreviations that never end a sentence: titles before names, and words that point at what follows. */
const ALWAYS = wordSet(
  'Mr Mrs Ms Mx Dr Prof Rev Hon Gen Col Lt Sgt Capt Cmdr Adm Maj Gov Sen Rep Pres Supt Messrs Mme Mlle',
  'e.g eg i.e ie cf vs viz approx ca resp',
);
/** Abbreviations that can end a sentence: they do when a word follows that commonly begins one. */
const SOMETIMES = wordSet(
  'St Mt Ft Jr Sr al Inc Ltd Co Corp Bros Univ Dept Ave Blvd Rd Ph.D M.D B.A M.A',
  'Jan Feb Mar Apr Jun Jul Aug Sep Sept Oct Nov Dec',
);
/** Abbreviations before a number only: “No. 5”, but “No. I disagree.” */
const BEFORE_NUMBER = wordSet(
  'No Nos Fig Figs Eq Eqs Sec Ch Vol Art Ref no nos fig figs eq eqs sec ch vol art ref p pp',
);

const COMMON_FIRST_WORD = new RegExp(
  `^["'“‘(\\[]*(?:${[
    'A An And As At Because But By For From He Her His How However I If In It Its My No Not On One Or Our She',
    'Since So Some That The Their Then There These They This Those To Today We What When Where Which While Who',
    'Why With Yes You Your',
  ]
    .join(' ')
    .replaceAll(' ', '|')})(?![\\p{L}\\p{N}.])`,
  'u',
);

/** Code units before and after a break that decide on it; more than any abbreviation with its quotation marks. */
const REACH = 24;

/**
 * Reports whether a sentence continues over a break that the Unicode rules propose.
 *
 * - inside a word or address, without white space at the break: `file?x=1`;
 * - after an opening quotation or bracket that is all there is, and after a bare list number: `**1. First**`;
 * - after a quotation, when a lowercase letter follows: “Stop!” he said;
 * - after an abbreviation, an initial or an ellipsis: Dr. Smith, e.g. Python, J. K. Rowling, the U.S. Army. Initials,
 *   acronyms and ellipses do end the sentence before a word that commonly begins one (The, It, We, …).
 *
 * @param plain the paragraph without markup.
 * @param at the proposed break.
 */
export function continues(plain: string, at: number): boolean {
  const before = plain.slice(Math.max(0, at - REACH), at);
  const after = plain.slice(at, at + REACH);
  const left = before.trimEnd();
  if (left === before && /[!-~]$/.test(left) && /^[!-~]/.test(after)) return true;
  if (at <= REACH && /^[^\p{L}\p{N}]*\d{0,3}[^\p{L}\p{N}]*$/u.test(left)) return true;
  if (/["'”’»)\]]$/.test(left) && /^\p{Ll}/u.test(after)) return true;

  const word = /(?:^|[^\p{L}\p{N}.])((?:\p{L}+\.)*\p{L}*)\.$/u.exec(left)?.[1] ?? '';
  if (ALWAYS.has(word)) return true;
  if (BEFORE_NUMBER.has(word)) return /^\d/.test(after);
  const uncertain =
    SOMETIMES.has(word) || /^(?:\p{Lu}\.)*\p{Lu}$/u.test(word) || /\.\.["'”’)\]]*$/.test(left);
  return uncertain && !COMMON_FIRST_WORD.test(after);
}

function wordSet(...lists: string[]): ReadonlySet<string> {
  return new Set(lists.flatMap(list => list.split(' ')));
}
