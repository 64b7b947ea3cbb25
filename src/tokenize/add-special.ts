import type { Tokenizer, TokensWithOffsets } from './tokenizer.ts';

/**
 * Adds special tokens to a tokenizer. They are found in a text only if the caller allows it, the longest first, and
 * each stretch between them is encoded by itself.
 *
 * @param names ids by name; or names, of which new ones get the ids after the vocabulary, in order, and those that
 *   are special already keep theirs.
 * @throws {Error} if a name is empty.
 */
export function addSpecial(
  base: Tokenizer,
  names: Readonly<Record<string, number>> | readonly string[],
): Tokenizer {
  const added = new Map(isList(names) ? following(base, names) : Object.entries(names));
  if (added.size === 0) return base;
  if (added.has('')) throw new Error('Cannot add a special token: its name must not be empty');
  const nameOf = new Map([...added].map(([name, id]) => [id, name]));
  const longestFirst = [...added.keys()].sort((a, b) => b.length - a.length);
  const pattern = new RegExp(`(${longestFirst.map(escapePattern).join('|')})`);
  return {
    vocabSize: Math.max(base.vocabSize, ...[...nameOf.keys()].map(id => id + 1)),
    special: { ...base.special, ...Object.fromEntries(added) },
    encode: (text, options = {}) => {
      if (!options.allowSpecial) return base.encode(text, options);
      return text
        .split(pattern)
        .flatMap(part => (part === '' ? [] : (added.get(part) ?? base.encode(part, options))));
    },
    encodeWithOffsets: (text, options = {}) => {
      if (!options.allowSpecial) return base.encodeWithOffsets(text, options);
      const ids: number[] = [];
      const offsets: TokensWithOffsets['offsets'] = [];
      let start = 0;
      for (const part of text.split(pattern)) {
        const special = added.get(part);
        const encoded =
          special === undefined
            ? base.encodeWithOffsets(part, options)
            : { ids: [special], offsets: [[0, part.length] as const] };
        for (const id of encoded.ids) ids.push(id);
        for (const [from, to] of encoded.offsets) offsets.push([start + from, start + to]);
        start += part.length;
      }
      return { ids, offsets };
    },
    decode: (ids, options = {}) => {
      const nameAt = (stretch: readonly number[]) => nameOf.get(stretch[0] ?? Number.NaN);
      return stretches(ids, id => nameOf.has(id))
        .map(stretch => {
          const name = nameAt(stretch);
          if (name === undefined) return base.decode(stretch, options);
          return options.skipSpecial ? '' : name;
        })
        .join('');
    },
    tokenText: id => nameOf.get(id) ?? base.tokenText(id),
  };
}

function isList(names: Readonly<Record<string, number>> | readonly string[]): names is readonly string[] {
  return Array.isArray(names);
}

function following(base: Tokenizer, names: readonly string[]): [string, number][] {
  const added = names.filter(name => !Object.hasOwn(base.special, name));
  return [...new Set(added)].map((name, i) => [name, base.vocabSize + i]);
}

function escapePattern(name: string): string {
  return name.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
}

/** Cuts the ids so that each one that is separate is a stretch of its own. */
function stretches(ids: readonly number[], alone: (id: number) => boolean): number[][] {
  const cut: number[][] = [];
  let open: number[] | undefined;
  for (const id of ids) {
    if (alone(id)) {
      cut.push([id]);
      open = undefined;
    } else if (open) {
      open.push(id);
    } else {
      open = [id];
      cut.push(open);
    }
  }
  return cut;
}
