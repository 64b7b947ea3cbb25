import { isRecord } from '../row.ts';
import { type Scale, type ScorePair, scoreOf } from './score.ts';
import { pointsOf, verdictOf } from './verdict.ts';

const FENCED = /```(?:json)?\s*\n([\s\S]*?)```/gi;
const OWNERS =
  /^(?:assistant|model|answer|response|candidate|score|rating)?(1|2|a|b|first|second)(?:score|rating)?$/;
const SCORE_NAMES = ['score', 'rating', 'overallscore', 'overallrating', 'overall', 'finalscore'];
const PAIR_NAMES = ['scores', 'ratings'];
const VERDICT_NAMES = ['winner', 'verdict', 'choice', 'better', 'preferred', 'preference'];

/** Finds the JSON values of a reply: all of it, its fenced blocks, and what lies between its outer braces. */
function jsonValues(reply: string): unknown[] {
  const braces = reply.slice(reply.indexOf('{'), reply.lastIndexOf('}') + 1);
  const texts = [reply, ...Array.from(reply.matchAll(FENCED), ([, inside = '']) => inside), braces];
  return texts.flatMap(text => {
    try {
      return [JSON.parse(text)];
    } catch {
      return [];
    }
  });
}

/** Parses two scores, or a verdict, in JSON: `{"assistant_1": 8, "assistant_2": 7}`, `[8, 7]`, `{"winner": "A"}`. */
export function jsonPair(reply: string, scale: Scale): ScorePair | undefined {
  return firstOf(jsonValues(reply), value => pairIn(value, scale));
}

/** Parses one score in JSON: `{"rating": 7}`. */
export function jsonRating(reply: string, scale: Scale): number | undefined {
  return firstOf(jsonValues(reply), value => (isRecord(value) ? ratingIn(value, scale) : undefined));
}

function pairIn(value: unknown, scale: Scale): ScorePair | undefined {
  if (Array.isArray(value)) {
    const [first, second] = value.map(one => numberIn(one, scale));
    return value.length === 2 && first !== undefined && second !== undefined ? [first, second] : undefined;
  }
  if (!isRecord(value)) return undefined;
  const scores = new Map<string, number>();
  for (const [name, own] of Object.entries(value)) {
    const owner = OWNERS.exec(plainName(name))?.[1];
    const score = owner === undefined ? undefined : numberIn(own, scale);
    if (owner !== undefined && score !== undefined)
      scores.set(/^(?:1|a|first)$/.test(owner) ? 'first' : 'second', score);
  }
  const [first, second] = [scores.get('first'), scores.get('second')];
  if (first !== undefined && second !== undefined) return [first, second];
  return (
    firstOf(named(value, PAIR_NAMES), inside => pairIn(inside, scale)) ??
    firstOf(named(value, VERDICT_NAMES), word => {
      const verdict = typeof word === 'string' ? verdictOf(word) : undefined;
      return verdict && pointsOf(verdict);
    })
  );
}

function ratingIn(value: Record<string, unknown>, scale: Scale): number | undefined {
  return firstOf(named(value, SCORE_NAMES), own => numberIn(own, scale));
}

/** Returns a score that is a number, a text such as `8/10`, or an object that holds one. */
function numberIn(value: unknown, scale: Scale): number | undefined {
  if (isRecord(value)) return ratingIn(value, scale);
  if (typeof value !== 'number' && typeof value !== 'string') return undefined;
  const [, number, outOf] = /^\s*(\d+(?:\.\d+)?)(?:\s*\/\s*(\d+))?\s*$/.exec(String(value)) ?? [];
  return scoreOf(number, outOf, scale);
}

function named(value: Record<string, unknown>, names: readonly string[]): unknown[] {
  return Object.entries(value).flatMap(([name, own]) => (names.includes(plainName(name)) ? [own] : []));
}

function plainName(name: string): string {
  return name.toLowerCase().replace(/[^a-z\d]/g, '');
}

function firstOf<Value, Found>(
  values: readonly Value[],
  find: (value: Value) => Found | undefined,
): Found | undefined {
  for (const value of values) {
    const found = find(value);
    if (found !== undefined) return found;
  }
  return undefined;
}
