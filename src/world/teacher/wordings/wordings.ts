import type { Random } from '../../../stats/index.ts';
import { lowercaseWords } from '../../../text/index.ts';
import { inTurn } from '../../in-turn.ts';
import type { Instruction, Split, Task } from '../instruction.ts';
import { compose, type Grammar } from './grammar.ts';
import { withSmallTalk } from './small-talk.ts';

/** Wordings of the requests of a task. Values are named in capitals of four letters or more. */
export interface Wordings extends Readonly<Record<Split, readonly string[]>> {
  /** Each composes more for the forum and for imitation data. */
  grammars?: readonly Grammar[];
}

/** Name of a value in a wording. */
const VALUE = /[A-Z]{4,}/g;
/** Share of requests that a grammar composes. */
const COMPOSED = 0.6;

/** Values to fill in, by name in lower case. */
export type Slots = Instruction['slots'];

/**
 * Words a request: in one that the task's grammar composes, or else in the written wordings by turns, as far as their
 * values are given.
 *
 * @param turn number of requests of the task before this one.
 */
export function wordRequest(
  { task, wordings: { grammars = [], ...written } }: { task: Task; wordings: Wordings },
  { split, slots, turn }: { split: Split; slots: Slots; turn: number },
  random: Random,
): Pick<Instruction, 'template' | 'slots' | 'text'> {
  const isComposed = split !== 'test' && grammars.length > 0 && random.next() < COMPOSED;
  const chosen = writtenWording(written[split], slots, turn);
  const wording = isComposed ? compose(random.choose(grammars), split, random) : chosen;
  const text = split === 'test' ? wording : withSmallTalk(wording, split, random);
  return {
    template: isComposed
      ? `${task}/${split}/grammar`
      : `${task}/${split}/${written[split].indexOf(chosen) + 1}`,
    ...fillIn(text, slots),
  };
}

/**
 * Takes a written wording by turns, of those whose values are given.
 *
 * @throws {RangeError} if there is none.
 */
export function writtenWording(written: readonly string[], slots: Slots, turn: number): string {
  return inTurn(
    written.filter(wording => valuesOf(wording).every(name => name in slots)),
    turn,
  );
}

/** Lists the values that a wording names, in lower case. */
function valuesOf(wording: string): string[] {
  return (wording.match(VALUE) ?? []).map(name => name.toLowerCase());
}

/**
 * Fills values in.
 *
 * @throws {RangeError} if a value is missing.
 */
export function fillIn(wording: string, slots: Slots): Pick<Instruction, 'slots' | 'text'> {
  const used: Record<string, string> = {};
  const text = wording.replace(VALUE, name => {
    const key = name.toLowerCase();
    const value = slots[key];
    if (value === undefined)
      throw new RangeError(
        `Cannot word a request: a value for ${name} is required, found ${Object.keys(slots).join(', ')}`,
      );
    used[key] = value;
    return value;
  });
  return { slots: used, text };
}

/** Reduces a request to its wording: values as their names in capitals, the rest in lower case, without punctuation. */
export function wordingOf({ text, slots }: Pick<Instruction, 'text' | 'slots'>): string {
  const values = Object.entries(slots)
    .map(([name, value]) => ({ name: name.toUpperCase(), words: lowercaseWords(value) }))
    // The longest first: a value may be part of another.
    .sort((one, other) => other.words.length - one.words.length);
  const words = lowercaseWords(text);
  const wording: string[] = [];
  for (let at = 0; at < words.length; ) {
    const value = values.find(value => value.words.every((word, index) => word === words[at + index]));
    wording.push(value?.name ?? words[at] ?? '');
    at += value?.words.length ?? 1;
  }
  return wording.join(' ');
}
