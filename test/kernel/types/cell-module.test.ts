import { describe, expect, test } from 'vitest';
import type { Scope } from '../../../kernel/src/types/cell-module.ts';
import {
  namesDeclaredBy,
  toCellModule,
  toCommittedModule,
  toScopeModule,
} from '../../../kernel/src/types/cell-module.ts';

const scope: Scope = new Map([
  ['table', { from: './a', assignable: false }],
  ['count', { from: './b', assignable: true }],
]);

describe('the names a cell declares', () => {
  test('are those of every kind of declaration, with whether a later cell may assign them', () => {
    const code = `
      import whole, { part as renamed, type Shape } from 'x';
      import * as space from 'y';
      const { a, b: [c, ...d] } = value;
      let e, { f } = value;
      function g() { var notMine; }
      async function* h() {}
      class I {}
      interface J {}
      type K = 1;
      enum L { A }
      namespace M {}
      declare global { interface NotMine {} }
      for (var n of []) { var o = 1; let notMineEither; }
    `;
    expect([...namesDeclaredBy(code)]).toEqual([
      ['whole', false],
      ['renamed', false],
      ['Shape', false],
      ['space', false],
      ['a', false],
      ['c', false],
      ['d', false],
      ['e', true],
      ['f', true],
      ['g', false],
      ['h', false],
      ['I', false],
      ['J', false],
      ['K', false],
      ['L', false],
      ['M', false],
      ['n', true],
      ['o', true],
    ]);
  });

  test('are known of a cell that is still being written', () => {
    expect([...namesDeclaredBy('const a = 1; const b = foo(').keys()]).toEqual(['a', 'b']);
  });
});

describe('a cell as a module', () => {
  test('imports constants of the scope and declares what may be assigned', () => {
    const { text, offset } = toCellModule('count + 1', scope);
    expect(text).toBe(
      "import { table } from './a'; declare let count: typeof import('./b').count; export {};\ncount + 1",
    );
    expect(text.slice(offset)).toBe('count + 1');
  });

  test('leaves out what it declares itself', () => {
    expect(toCellModule('const table = 1; let count = 2', scope).text).toBe(
      'export {};\nconst table = 1; let count = 2',
    );
  });

  test('once it ran, sees only what it uses and exports what it declares', () => {
    expect(toCommittedModule('const size = count * 2;', scope)).toBe(
      "declare let count: typeof import('./b').count; export {};\nconst size = count * 2;\nexport { size };\n",
    );
  });

  test('exports nothing twice', () => {
    expect(toCommittedModule('export const a = 1; const b = 2, c = 3; export { b };', new Map())).toBe(
      'export {};\nexport const a = 1; const b = 2, c = 3; export { b };\nexport { c };\n',
    );
  });
});

test('the scope exports each name from the cell that declared it last', () => {
  expect(toScopeModule(scope)).toBe(
    "export { table } from './a';\nexport { count } from './b';\nexport {};\n",
  );
});
