import type { Budget } from './budget.ts';
import { equal } from './operators.ts';
import { TemplateError } from './template-error.ts';
import { Callable, Loop, Series, Undefined, type Value } from './values.ts';

/**
 * Makes what `loop` is in each iteration.
 *
 * @param items what the loop goes through.
 * @param depth how many loops deep a recursive one is, counted from 1.
 */
export function loopState(
  items: readonly Value[],
  depth: number,
  budget: Budget,
): (index: number, recurse?: Callable) => Loop {
  let last: Value | undefined;
  const changed = new Callable('changed', ({ positional }) => {
    const values = new Series('tuple', positional);
    const differs = last === undefined || !equal(last, values, budget);
    last = values;
    return differs;
  });
  return (index, recurse) => {
    const at = (name: string): Value | undefined => {
      switch (name) {
        case 'index':
          return index + 1;
        case 'index0':
          return index;
        case 'revindex':
          return items.length - index;
        case 'revindex0':
          return items.length - index - 1;
        case 'first':
          return index === 0;
        case 'last':
          return index === items.length - 1;
        case 'length':
          return items.length;
        case 'depth':
          return depth;
        case 'depth0':
          return depth - 1;
        case 'previtem':
          return neighbour(index - 1, 'there is no previous item');
        case 'nextitem':
          return neighbour(index + 1, 'there is no next item');
        case 'changed':
          return changed;
        case 'cycle':
          return new Callable('cycle', ({ positional }) => {
            if (positional.length === 0) throw new TemplateError('cycle requires values, got none');
            return positional[index % positional.length] ?? null;
          });
        default:
          return undefined;
      }
    };
    return new Loop(at, recurse);
  };

  function neighbour(index: number, what: string): Value {
    const item = items[index];
    return item === undefined ? new Undefined(what) : item;
  }
}
