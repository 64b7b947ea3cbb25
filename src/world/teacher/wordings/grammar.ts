import type { Random } from '../../../stats/index.ts';
import { ASKS, type Composed } from './small-talk.ts';

/** Ways to mention values in a request. */
export interface Mention {
  /** The values by their capital names, as a request in keywords lists them. */
  values: string;
  /** Phrases that follow what is wanted; none where the values need a sentence. */
  within: readonly string[];
  /** Sentences of their own. */
  apart: readonly string[];
}

/** Parts of the requests of a task: what is wanted, in which words, and what it is about. */
export interface Grammar {
  /** Names of what is wanted. */
  things: readonly string[];
  mentions: readonly Mention[];
  /** Ways to ask that belong to the task, with or without the word `THING`. */
  asks: Readonly<Record<Composed, readonly string[]>>;
  /** Uses the task's own ways to ask alone. */
  ownAsksOnly?: boolean;
}

/** Shares of requests in keywords, in lines, and with no or another last mark. */
const KEYWORDS = 0.08;
const IN_LINES = 0.12;
const REMARKED = 0.15;
/** Share of the task's own ways to ask. */
const OWN = 0.5;

/** Composes a request, its values by their capital names: each part in one of its words, in any order. */
export function compose(grammar: Grammar, split: Composed, random: Random): string {
  const { things, mentions } = grammar;
  const { choose, next, shuffle } = random;
  if (next() < KEYWORDS) return inKeywords(choose(things), mentions, split, random);
  const ask = choose(asksOf(grammar, split, next()));
  const isOpen = ask.includes('THING');
  const within: string[] = [];
  const apart: string[] = [];
  for (const mention of shuffle(mentions)) {
    const isWithin = isOpen && mention.within.length > 0 && (mention.apart.length === 0 || next() < 0.5);
    (isWithin ? within : apart).push(choose(isWithin ? mention.within : mention.apart));
  }
  const asked = ask.replace('THING', [choose(things), ...within].join(' '));
  const sentences = shuffle([asked, ...apart]);
  return remarked(sentences.join(next() < IN_LINES ? '\n' : ' '), random);
}

/** Lists what is wanted and the values, as people write who are in a hurry. */
function inKeywords(
  thing: string,
  mentions: readonly Mention[],
  split: Composed,
  { shuffle }: Random,
): string {
  const values = shuffle(mentions.map(({ values }) => values)).join(', ');
  if (split === 'forum') return `${values}, who has ${thing}?`;
  return `${thing.charAt(0).toUpperCase()}${thing.slice(1)}: ${values}`;
}

function asksOf({ asks, ownAsksOnly = false }: Grammar, split: Composed, drawn: number): readonly string[] {
  const isOwn = ownAsksOnly || (asks[split].length > 0 && drawn < OWN);
  return isOwn ? asks[split] : ASKS[split];
}

/** Replaces a last full stop now and then. */
function remarked(text: string, { next, choose }: Random): string {
  return text.endsWith('.') && next() < REMARKED ? `${text.slice(0, -1)}${choose(['!', ''])}` : text;
}
