import { mkdir, mkdtemp, readdir, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { Worker } from 'node:worker_threads';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
// The worker thread runs compiled code, so the service is tested as it is built.
import type { TypeService } from '../../../kernel/dist/types/type-service.js';
import { startTypeService } from '../../../kernel/dist/types/type-service.js';

const root = resolve(import.meta.dirname, '../../..');
const libraryPaths = [join(root, 'kernel/node_modules'), join(root, 'node_modules')];

let cwd: string;
let service: TypeService;

beforeAll(async () => {
  cwd = await mkdtemp(join(tmpdir(), 'cell-types-'));
  service = startTypeService({ cwd, libraryPaths });
});

afterEach(async () => {
  await service.reset();
  for (const entry of await readdir(cwd)) await rm(join(cwd, entry), { recursive: true });
});

afterAll(async () => {
  await service.close();
  await rm(cwd, { recursive: true });
});

/** Completes at `|` in the code. */
const complete = (code: string) => service.complete(code.replace('|', ''), code.indexOf('|'));
const inspect = (code: string) => service.inspect(code.replace('|', ''), code.indexOf('|'));
const messages = async (code: string) => (await service.check(code)).map(({ message }) => message);

describe('checking a cell', () => {
  test('finds nothing wrong with top-level await, unused names, Node’s modules or an enum', async () => {
    const code = `
      import { readFile } from 'node:fs/promises';
      enum Level { Low, High }
      const unused = await fetch('http://localhost');
      await new Promise(done => setTimeout(done, 1));
      Buffer.from('a'); Level.Low
    `;
    expect(await messages(code)).toEqual([]);
  });

  test('reports the place of an error in the cell, in lines and columns from 1', async () => {
    await service.commit('const earlier = 1; let another = 2;');
    expect(await service.check('const a = earlier;\r\n  const b: string = a + another;\n')).toEqual([
      {
        message: "Type 'number' is not assignable to type 'string'.",
        line: 2,
        column: 9,
        code: 2322,
        category: 'error',
      },
    ]);
  });

  test('is strict', async () => {
    expect(await messages('const f = a => a;')).toEqual(["Parameter 'a' implicitly has an 'any' type."]);
    expect(await messages("['a'].find(x => x === 'b').length")).toEqual(["Object is possibly 'undefined'."]);
  });

  test('reports a syntax error alone, not what follows from it', async () => {
    expect(await service.check('const a: string = 1;\nconst b = (2;')).toMatchObject([
      { message: "')' expected.", line: 2, column: 13, code: 1005 },
    ]);
  });

  test('takes braces alone for an object, as running them does, and other braces for a block', async () => {
    await service.commit('const b = 1;');
    expect(await messages('{ a: 1, b }')).toEqual([]);
    expect(await messages('{ let a = b; }')).toEqual([]);
    expect(await service.check('{ a: missing }')).toMatchObject([{ line: 1, column: 6 }]);
  });

  test('names a module that is nowhere', async () => {
    expect(await service.check("import { a } from 'no-such-package';\nimport b from './missing';")).toEqual([
      {
        message: "Cannot find module 'no-such-package' or its corresponding type declarations.",
        line: 1,
        column: 19,
        code: 2307,
        category: 'error',
      },
      {
        message: "Cannot find module './missing' or its corresponding type declarations.",
        line: 2,
        column: 15,
        code: 2307,
        category: 'error',
      },
    ]);
  });

  test('only warns of a package without types, whose values are any', async () => {
    await mkdir(join(cwd, 'node_modules/plain'), { recursive: true });
    await writeFile(join(cwd, 'node_modules/plain/index.js'), 'exports.x = 1;');
    expect(await service.check("import { x } from 'plain'; x.anything")).toMatchObject([
      { code: 7016, category: 'warning' },
    ]);
  });

  test('knows the kernel’s own packages from any folder', async () => {
    const code = `
      import * as aq from 'arquero';
      import { COMPARISON_MIME } from 'imitation-lab';
      import { display } from 'tslab';
      import * as kernel from '@imitation-lab/kernel';
      const wrong: number = COMPARISON_MIME;
      display.html(1);
    `;
    expect(await messages(code)).toEqual([
      "Type 'string' is not assignable to type 'number'.",
      "Argument of type 'number' is not assignable to parameter of type 'string'.",
    ]);
  });

  test('takes a package from the notebook’s folder before the kernel’s own', async () => {
    await mkdir(join(cwd, 'node_modules/arquero'), { recursive: true });
    await writeFile(join(cwd, 'node_modules/arquero/index.d.ts'), 'export const mine: 42;');
    expect(await messages("import { mine } from 'arquero'; const s: 43 = mine;")).toEqual([
      "Type '42' is not assignable to type '43'.",
    ]);
  });
});

describe('cells that ran', () => {
  test('give later cells their names, of every kind', async () => {
    await service.commit(
      `import { join } from 'node:path';
       interface Point { x: number }
       type Pair<T> = [T, T];
       class Circle { constructor(readonly centre: Point) {} }
       enum Level { Low }
       async function load(): Promise<Pair<Point>> { return [{ x: 1 }, { x: 2 }]; }
       const { a, b: [c] } = { a: 1, b: ['c'] };`,
    );
    const code = `
      const [first] = await load();
      const circle: Circle = new Circle(first);
      const pair: Pair<Level> = [Level.Low, Level.Low];
      const wrong: [Point, boolean, boolean, boolean] = [circle.centre, a, c, join('a', 'b')];
    `;
    expect(await messages(code)).toEqual([
      "Type 'number' is not assignable to type 'boolean'.",
      "Type 'string' is not assignable to type 'boolean'.",
      "Type 'string' is not assignable to type 'boolean'.",
    ]);
  });

  test('may be assigned to where they said let, and nowhere else', async () => {
    await service.commit('let n = 1; const fixed = 2;');
    expect(await messages('n = 3; n += 1; n++;')).toEqual([]);
    expect(await messages("n = 'three';")).toEqual(["Type 'string' is not assignable to type 'number'."]);
    expect(await messages('fixed = 3;')).toEqual([
      "Cannot assign to 'fixed' because it is a constant or an import.",
    ]);
  });

  test('may be declared again with another type, in the same cell and after it', async () => {
    await service.commit('const value = 1; class Model { size = 1 } const model = new Model();');
    expect(await messages("const value = 'text'; value.length")).toEqual([]);
    await service.commit("const value = 'text'; class Model { name = '' }");
    expect(await messages('value.length; new Model().name; model.size')).toEqual([]);
    expect(await messages('value.toFixed(); new Model().size')).toEqual([
      "Property 'toFixed' does not exist on type '\"text\"'. Did you mean 'fixed'?",
      "Property 'size' does not exist on type 'Model'.",
    ]);
  });

  test('see names of cells before them inside functions', async () => {
    await service.commit('const rate = 0.5;');
    await service.commit('function scale(x: number) { return { scaled: x * rate }; }');
    await service.commit("const rate = 'half';");
    expect(await messages('const s: string = scale(2).scaled;')).toEqual([
      "Type 'number' is not assignable to type 'string'.",
    ]);
  });

  test('are forgotten on reset', async () => {
    await service.commit('const value = 1;');
    expect(await messages('value')).toEqual([]);
    await service.reset();
    expect(await messages('value')).toEqual(["Cannot find name 'value'."]);
  });

  test('with errors in them still give what they declare', async () => {
    await service.commit("const broken: number = 'a'; const fine = 1;");
    expect(await messages('const sum: string = broken + fine;')).toEqual([
      "Type 'number' is not assignable to type 'string'.",
    ]);
  });
});

describe('the notebook’s folder', () => {
  test('gives TypeScript files, with and without extension, read again when they change', async () => {
    const helper = join(cwd, 'helper.ts');
    const code =
      "import { twice } from './helper';\nimport { twice as again } from './helper.ts';\ntwice(again(1))";
    expect(await service.check(code)).toMatchObject([{ code: 2307 }, { code: 2307 }]);
    await writeFile(helper, 'export const twice = (x: number) => 2 * x;');
    expect(await messages(code)).toEqual([]);
    await writeFile(helper, 'export const twice = (x: string) => x + x;');
    await utimes(helper, new Date(), new Date(Date.now() + 5_000));
    expect(await messages(code)).toEqual([
      "Argument of type 'number' is not assignable to parameter of type 'string'.",
    ]);
  });

  test('gives JSON files their types', async () => {
    await writeFile(join(cwd, 'data.json'), '{"rows": [{"n": 1}]}');
    expect(await messages("import data from './data.json';\nconst s: string = data.rows[0].n;")).toEqual([
      "Type 'number' is not assignable to type 'string'.",
    ]);
  });

  test('sets the rules with its tsconfig.json, but not how cells are run', async () => {
    const tsconfig = join(cwd, 'tsconfig.json');
    await writeFile(
      tsconfig,
      '{"compilerOptions": {"noUncheckedIndexedAccess": true, "noUnusedLocals": true, "module": "commonjs"}}',
    );
    expect(await messages('const unused = 1; const first: number = [1][0]; await 0;')).toEqual([
      "Type 'number | undefined' is not assignable to type 'number'.\n  Type 'undefined' is not assignable to type 'number'.",
    ]);
    await writeFile(tsconfig, '{"compilerOptions": {"strict": false}}');
    await utimes(tsconfig, new Date(), new Date(Date.now() + 5_000));
    expect(await messages('const first: number = [1][0]; const f = a => a; let s: string = null;')).toEqual(
      [],
    );
  });

  test('with a mistaken tsconfig.json warns of it', async () => {
    await writeFile(join(cwd, 'tsconfig.json'), '{"compilerOptions": {"stricter": true}}');
    expect(await service.check('1 + 1')).toEqual([
      {
        message: "tsconfig.json: Unknown compiler option 'stricter'. Did you mean 'strict'?",
        line: 1,
        column: 1,
        code: 5025,
        category: 'warning',
      },
    ]);
  });
});

describe('completion', () => {
  test('offers the members of an arquero table', async () => {
    await service.commit("import * as aq from 'arquero';");
    const { matches, start, end, types } = await complete('const t = aq.table({ a: [1] }); t.fil|');
    expect({ matches, start, end }).toEqual({ matches: ['filter'], start: 34, end: 37 });
    expect(types).toEqual([
      { text: 'filter', type: 'method', signature: '(criteria: TableExpr): aq.ColumnTable' },
    ]);
    expect((await complete('const t = aq.table({ a: [1] }); t.|')).matches).toContain('groupby');
  });

  test('replaces the whole word typed so far, and no more', async () => {
    await service.commit('const größe = 1;');
    expect(await complete('1 + grö|')).toMatchObject({ matches: ['größe'], start: 4, end: 7 });
    expect(await complete("'😀'; grö| + 1")).toMatchObject({ matches: ['größe'], start: 6, end: 9 });
  });

  test('offers names of earlier cells before globals and keywords', async () => {
    await service.commit('const concept = 1; let constant = 2;');
    expect((await complete('con|')).matches).toEqual(['concept', 'constant', 'console', 'const', 'continue']);
  });

  test('works in a cell that is not finished', async () => {
    await service.commit("const words = ['a'];");
    expect((await complete('for (const w of words) { `${w.toUp|')).matches).toEqual(['toUpperCase']);
    expect((await complete('words.map(w => ({ w, n: w.leng|')).matches).toEqual(['length']);
  });

  test('offers files, packages and the paths inside packages in an import', async () => {
    await writeFile(join(cwd, 'helper.ts'), 'export const twice = 2;');
    expect(await complete("import { twice } from './he|'")).toMatchObject({
      matches: ['helper'],
      start: 25,
      end: 27,
    });
    expect(await complete("import * as aq from 'arq|")).toMatchObject({
      matches: ['arquero'],
      start: 21,
      end: 24,
    });
    expect(await complete("import * as s from 'imitation-lab/sta|'")).toMatchObject({
      matches: ['stats'],
      start: 34,
    });
    expect(await complete("await import('node:fs/p|")).toMatchObject({ matches: ['promises'], start: 22 });
  });

  test('offers what a module exports', async () => {
    const { matches } = await complete("import { COMP| } from 'imitation-lab'");
    expect(matches).toEqual(['COMPARISON_MIME']);
  });

  test('has nothing to offer inside a comment', async () => {
    expect((await complete('// con|')).matches).toEqual([]);
  });
});

describe('inspection', () => {
  test('shows an export of imitation-lab with its documentation', async () => {
    expect(await inspect("import { COMPARISON_MIME } from 'imitation-lab'; COMPARISON|_MIME")).toEqual({
      found: true,
      text: 'const COMPARISON_MIME: "application/vnd.imitation-lab.comparison.v1+json"\n\nMIME type of a {@link Comparison}: kernel output, and the content of `*.compare.json`.',
      markdown:
        '```typescript\nconst COMPARISON_MIME: "application/vnd.imitation-lab.comparison.v1+json"\n```\n\nMIME type of a {@link Comparison}: kernel output, and the content of `*.compare.json`.',
    });
  });

  test('shows the tags of JSDoc as Markdown', async () => {
    await service.commit(
      '/**\n * Doubles.\n *\n * @param x the number\n * @returns twice `x`\n * @example\n * twice(2) // 4\n */\nfunction twice(x: number) { return 2 * x; }',
    );
    expect(await inspect('twice|(1)')).toEqual({
      found: true,
      text: 'twice(x: number): number\n\nDoubles.\n\n@param x the number\n@returns twice `x`\n@example twice(2) // 4',
      markdown:
        '```typescript\ntwice(x: number): number\n```\n\nDoubles.\n\n*@param* `x` — the number\n\n*@returns* — twice `x`\n\n*@example*\n```typescript\ntwice(2) // 4\n```',
    });
  });

  test('shows an earlier cell’s variable, which may be assigned, with its documentation', async () => {
    await service.commit('/** Passes over the data. */\nlet epochs = 3;');
    expect(await inspect('epochs|')).toMatchObject({ text: 'let epochs: number\n\nPasses over the data.' });
  });

  test('shows the called function between its parentheses', async () => {
    await service.commit('/** Adds. */\nfunction add(a: number, b = 1) { return a + b; }');
    expect(await inspect('add(|')).toMatchObject({ text: 'add(a: number, b?: number): number\n\nAdds.' });
  });

  test('finds nothing where nothing is', async () => {
    expect(await inspect('1 + | 2')).toEqual({ found: false, text: '', markdown: '' });
  });
});

describe('the thread', () => {
  test('leaves this one free while it starts and checks', async () => {
    const fresh = startTypeService({ cwd, libraryPaths });
    const began = performance.now();
    const delay = monitorEventLoopDelay({ resolution: 1 });
    delay.enable();
    await fresh.check("import * as aq from 'arquero'; aq.table({ a: [1] })");
    delay.disable();
    await fresh.close();
    expect(delay.percentile(90) / 1e6).toBeLessThan((performance.now() - began) / 10);
  });

  test('answers calls in the order they are made', async () => {
    const [before, , after] = await Promise.all([
      messages('x'),
      service.commit('const x = 1;'),
      messages('x'),
    ]);
    expect({ before, after }).toEqual({ before: ["Cannot find name 'x'."], after: [] });
  });

  test('is started again when it died, and knows the cells that ran', async () => {
    const mortal = startTypeService({ cwd, libraryPaths });
    const posted = vi.spyOn(Worker.prototype, 'postMessage');
    await mortal.commit('const kept = 1;');
    const thread = posted.mock.contexts[0] as Worker | undefined;
    posted.mockRestore();
    const asked = mortal.complete('kep', 3);
    await Promise.all([
      expect(asked).rejects.toThrow('The type service stopped: its thread ended with code 1'),
      thread?.terminate(),
    ]);
    expect((await mortal.complete('kep', 3)).matches).toEqual(['kept']);
    await mortal.close();
  });

  test('takes no calls once closed', async () => {
    const closed = startTypeService({ cwd, libraryPaths });
    const waiting = closed.check('1 + 1');
    await Promise.all([
      expect(waiting).rejects.toThrow('The type service stopped: it was closed'),
      closed.close(),
    ]);
    await expect(closed.check('1')).rejects.toThrow('Cannot check a cell: the type service is closed');
  });
});
