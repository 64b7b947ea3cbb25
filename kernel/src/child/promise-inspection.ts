import { type InspectOptions, inspect } from 'node:util';

/** Descriptions of the symbols that Node's hooks, before version 24, leave on every promise. */
const MARKS = new Set(['async_id_symbol', 'trigger_async_id_symbol', 'kResourceStore']);

/** Shows promises as `Promise { <pending> }`, without the marks of the hooks that follow a cell's contexts. */
export function hidePromiseMarks(): void {
  const show = function (this: object, _depth: number, options: InspectOptions): string {
    for (const mark of Object.getOwnPropertySymbols(this))
      if (MARKS.has(mark.description ?? '')) Object.defineProperty(this, mark, { enumerable: false });
    Reflect.deleteProperty(Promise.prototype, inspect.custom);
    try {
      return inspect(this, options);
    } finally {
      install();
    }
  };
  const install = (): void => {
    Object.defineProperty(Promise.prototype, inspect.custom, { value: show, configurable: true });
  };
  install();
}
