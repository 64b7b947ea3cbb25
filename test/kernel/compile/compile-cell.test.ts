import { describe, expect, it } from 'vitest';
import { Evaluator } from '../../../kernel/src/child/evaluate.ts';
import { compileCell } from '../../../kernel/src/compile/compile-cell.ts';
import { SourceSyntaxError } from '../../../kernel/src/compile/syntax-error.ts';

/** Runs cells one after another on one scope; gives the value of the last. */
async function run(...cells: string[]): Promise<unknown> {
  const evaluator = new Evaluator(import.meta.dirname);
  let value: unknown;
  for (const cell of cells) value = (await evaluator.evaluate(cell, 'In [1]'))?.value;
  return value;
}

const nothingKnown = {
  has: () => false,
  isConstant: () => false,
  isGlobal: (name: string) => name in globalThis,
};

describe('the value of a cell', () => {
  it.each<[string, unknown]>([
    ['1 + 1', 2],
    ['1 + 1;', 2],
    ['const a = 2; a * 3', 6],
    ['6 // six', 6],
    ['6 /* six */;\n// the end\n\n', 6],
    ["'hello'", 'hello'],
    ['"use strict"', 'use strict'],
    [`\`import \${1} const\``, 'import 1 const'],
    ["'const x = 1; import y'", 'const x = 1; import y'],
    ['/const|let/.source', 'const|let'],
    ['(1, 2)', 2],
    ['[1, 2].map(n => n * 2)', [2, 4]],
    ['({ a: 1 })', { a: 1 }],
    ['{ a: 1, b: "two" }', { a: 1, b: 'two' }],
    ['{}', {}],
    ['export default 5', 5],
    ['export default (1, 2);', 2],
    ['await Promise.resolve(7)', 7],
    ['5 as number satisfies unknown', 5],
    ['let x: number | undefined; x!', undefined],
    ['this', undefined],
  ])('of %j is %j', async (cell, value) => {
    expect(await run(cell)).toEqual(value);
  });

  it.each([
    'const a = 1',
    'function f() { return 1 }',
    'if (true) { 5 }',
    'for (let i = 0; i < 3; i++) { i }',
    '{ let a = 1; a }',
    'interface A { b: string }',
    'type A = string;',
    '1;\nfunction f() {}',
    '',
    '// nothing but words',
  ])('is nothing for %j', async cell => {
    expect(await run(cell)).toBeUndefined();
  });

  it('is a promise if the last expression is one: it is not awaited behind the back', async () => {
    const evaluator = new Evaluator(import.meta.dirname);
    const result = await evaluator.evaluate('Promise.resolve(1)', 'In [1]');
    expect(result?.value).toBeInstanceOf(Promise);
  });
});

describe('names of earlier cells', () => {
  it('are seen by closures after they were assigned again', async () => {
    expect(await run('let x = 1', 'const read = () => x', 'x = 2', 'read()')).toBe(2);
  });

  it('are seen by closures after they were declared again', async () => {
    expect(await run('let x = 1; const read = () => x', 'const x = 2', 'read()')).toBe(2);
  });

  it('may be declared later than the function that uses them', async () => {
    expect(await run('const outer = () => inner()', 'function inner() { return 3 }', 'outer()')).toBe(3);
  });

  it('keep their value when a cell fails before it declares them again', async () => {
    const evaluator = new Evaluator(import.meta.dirname);
    await evaluator.evaluate('const data = 1', 'In [1]');
    await expect(evaluator.evaluate('throw 0; const data = 2', 'In [2]')).rejects.toBe(0);
    expect((await evaluator.evaluate('data', 'In [3]'))?.value).toBe(1);
  });

  it('shadow a global of the runtime without touching it', async () => {
    expect(await run('const process = 5, name = 6', 'process + name')).toBe(11);
    expect(typeof globalThis.process).toBe('object');
  });

  it('can be changed from a function declared in another cell', async () => {
    expect(await run('let n = 0; function bump() { n++; n += 10 }', 'bump(); bump()', 'n')).toBe(22);
  });

  it('are not confused with names of inner scopes', async () => {
    const cell = 'const f = (x: number) => { const y = x + 1; { let x = 100; y + x } return y };';
    expect(await run('let x = 1, y = 2', cell, 'f(5) + x + y')).toBe(9);
  });
});

describe('declarations', () => {
  it.each<[string, string, string, unknown]>([
    [
      'patterns',
      'const { a, b: { c = 3 }, ...rest } = { a: 1, b: {}, d: 4 } as any',
      '[a, c, rest.d]',
      [1, 3, 4],
    ],
    ['array patterns', 'let [p, , q = 5, ...r] = [1, 2, undefined, 6, 7]', '[p, q, r.length]', [1, 5, 2]],
    ['several names at once', 'let a = 1, b, c = 3', '[a, b, c]', [1, undefined, 3]],
    ['exports', 'export const a = 1; export function f() { return 2 }', '[a, f()]', [1, 2]],
    ['var in a loop', 'for (var i = 0, j = 5; i < 3; i++) { var last = i }', '[i, last, j]', [3, 2, 5]],
    ['var of a loop over values', 'for (var v of [1, 2, 3]) {}', 'v', 3],
    ['a var pattern of a loop', 'for (var { k } of [{ k: 1 }, { k: 2 }]) {}', 'k', 2],
    ['var without a value, which keeps the old one', 'var kept = 1; var kept', 'kept', 1],
    ['let without a value, which does not', 'let fresh', 'fresh', undefined],
  ])('knows %s', async (_name, cell, read, value) => {
    expect(await run('let fresh = 1', cell, read)).toEqual(value);
  });

  it('hoists functions above the code that calls them', async () => {
    expect(await run('twice(4); function twice(n: number) { return 2 * n }', 'twice(5)')).toBe(10);
  });

  it('lets a function call itself', async () => {
    expect(await run('const fact = (n: number): number => (n < 2 ? 1 : n * fact(n - 1));', 'fact(5)')).toBe(
      120,
    );
    expect(
      await run('function fib(n: number): number { return n < 2 ? n : fib(n - 1) + fib(n - 2) }', 'fib(10)'),
    ).toBe(55);
  });

  it('gives functions and classes the name of their variable', async () => {
    expect(
      await run('const f = () => 1; let g = function () {}; const C = class {}', '[f.name, g.name, C.name]'),
    ).toEqual(['f', 'g', 'C']);
    expect(await run('let h: any; h = () => 1; h.name')).toBe('h');
  });

  it('keeps classes, with statics, private fields and heirs', async () => {
    const base =
      'class Base { static made = 0; #secret = 7; constructor(public n: number) { Base.made++ } get secret() { return this.#secret } }';
    expect(
      await run(
        base,
        'class Heir extends Base { twice() { return this.n * 2 } }',
        'const h = new Heir(4); [h.twice(), h.secret, Base.made]',
      ),
    ).toEqual([8, 7, 1]);
  });

  it('turns enums into objects', async () => {
    expect(await run('enum Color { Red, Green = 5, Blue }', '[Color.Red, Color.Blue, Color[5]]')).toEqual([
      0,
      6,
      'Green',
    ]);
    expect(await run('const enum E { A = 3 }', 'E.A')).toBe(3);
  });

  it('does not keep members of an enum that is declared again', async () => {
    expect(await run('enum E { Old }', 'enum E { New }', 'Object.keys(E)')).toEqual(['0', 'New']);
  });

  it('merges two enums of one cell, as TypeScript does', async () => {
    expect(await run('enum E { A = 1 }\nenum E { B = 2 }', '[E.A, E.B]')).toEqual([1, 2]);
  });

  it('keeps namespaces', async () => {
    expect(await run('namespace N { export const z = 4 }', 'N.z')).toBe(4);
  });

  it('lets types vanish', async () => {
    expect(
      await run(
        'interface A { b: number }\ntype C = A | null\ndeclare const ghost: number\nconst a: A = { b: 2 }',
        'a.b',
      ),
    ).toBe(2);
  });
});

describe('what a module would refuse', () => {
  it('refuses to read a new name before its declaration', async () => {
    await expect(run('early; const early = 1')).rejects.toThrow(
      "Cannot access 'early' before initialization",
    );
  });

  it('refuses to assign to a constant, in the cell and in later ones', async () => {
    await expect(run('const c = 1; c = 2')).rejects.toThrow("Assignment to constant variable 'c'");
    await expect(run('const c = 1', 'c++')).rejects.toThrow("Assignment to constant variable 'c'");
    expect(await run('const c = 1', 'let c = 2', 'c = 3; c')).toBe(3);
  });

  it('refuses to use or assign a name that nobody declared', async () => {
    await expect(run('nobody')).rejects.toThrow('nobody is not defined');
    await expect(run('nobody = 1')).rejects.toThrow('nobody is not defined');
    expect(await run('typeof nobody')).toBe('undefined');
  });

  it.each([
    ['let z = ;', 1, 9],
    ['let a = 1;\nlet a = 2', 2, 5],
    ['const é = "ü";\n\n  foo(', 3, 7],
    ['return 5', 1, 1],
    ['"😀" b', 1, 5],
  ])('reports where %j is wrong', (cell, line, column) => {
    let fault: unknown;
    try {
      compileCell(cell, nothingKnown);
    } catch (error) {
      fault = error;
    }
    expect(fault).toBeInstanceOf(SourceSyntaxError);
    expect((fault as SourceSyntaxError).faults[0]).toMatchObject({ line, column });
  });
});

describe('expressions on the names of other cells', () => {
  it.each<[string, unknown]>([
    ['({ x })', { x: 1 }],
    ['({ x = 9 } = {} as any); x', 9],
    ['[x, o.y] = [5, 6]; [x, o.y]', [5, 6]],
    ['({ y: x } = { y: 8 }); x', 8],
    ['[...[x]].length', 1],
    ['for (x of [1, 2, 3]) {} x', 3],
    [`tag\`a\${x}b\``, 'a|b:1'],
    ['new Box(x).value', 1],
    ['o?.y', 2],
    ['who()', undefined],
    ['maybe?.()', undefined],
    ['((x: number) => x)(7)', 7],
    ['label: for (const a of [1, 2]) { for (;;) { x += a; continue label } }\nx', 4],
    ['let s = 0; for await (const n of numbers()) s += n; s', 6],
    ['typeof x', 'number'],
    ['const { x: renamed } = { x: 3 }; renamed + x', 4],
    ['(({ x = 2 }: { x?: number }) => x)({}) + x', 3],
    [`\`\${x}\${\`\${x}\`}\``, '11'],
    ['x satisfies number ? "yes" : "no"', 'yes'],
  ])('%s', async (cell, value) => {
    const world = `
      let x = 1; const o = { y: 2 }; let maybe: undefined | (() => void);
      function who(this: unknown) { return this }
      const tag = (parts: TemplateStringsArray, ...values: unknown[]) => parts.join('|') + ':' + values;
      class Box<T> { constructor(readonly value: T) {} }
      async function* numbers() { yield 1; yield 2; yield 3 }`;
    expect(await run(world, cell)).toEqual(value);
  });
});

describe('imports', () => {
  it('are awaited calls, above the code wherever they are; unused ones are kept and types vanish', () => {
    const cell =
      'f();\nimport type { T } from "types";\nimport d, { a as b, type U } from "m";\nimport * as ns from "n" with { type: "json" };\nimport "bare";\nfunction f() { b }';
    const { code } = compileCell(cell, nothingKnown);
    expect(code).not.toContain('"types"');
    expect(code).toContain('await __kernel.load("m", [["d","default"],["b","a"]]);');
    expect(code).toContain('await __kernel.load("n", [["ns","*"]], {"with":{"type":"json"}});');
    expect(code).toContain('await __kernel.load("bare", []);');
    expect(code.indexOf('"bare"')).toBeLessThan(code.indexOf('(0, __scope.f)()'));
  });

  it('inside of functions, and import.meta, go through the kernel too', () => {
    const { code } = compileCell('const load = () => import("m"); import.meta.url', nothingKnown);
    expect(code).toContain('__kernel.import("m")');
    expect(code).toContain('__kernel.meta.url');
  });
});

describe('the source map', () => {
  it('leads from a place in the code back to the cell', () => {
    const cell =
      'interface Long {\n  a: string;\n}\nconst f = (n: number) => {\n  throw new Error(String(n));\n};';
    const { code, originalPosition } = compileCell(cell, nothingKnown);
    const lines = code.split('\n');
    const line = lines.findIndex(text => text.includes('throw new Error')) + 1;
    const column = (lines[line - 1]?.indexOf('new Error') ?? 0) + 1;
    expect(originalPosition({ line, column })).toEqual({ line: 5, column: 9 });
  });
});
