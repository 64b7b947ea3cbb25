import { describe, expect, it } from 'vitest';
import { startTypeService, type TypeService } from '../../kernel/dist/types/type-service.js';
import { codePointsToUtf16, utf16ToCodePoints } from '../../kernel/src/code-points.ts';
import { completeness } from '../../kernel/src/complete.ts';
import { endMark, frameReader } from '../../kernel/src/frames.ts';
import { kernelSpec } from '../../kernel/src/kernelspec.ts';
import { NativeOutput } from '../../kernel/src/native-output.ts';
import { checkPolicy, TypeChecks } from '../../kernel/src/type-checks.ts';

describe('cursors', () => {
  it('count an emoji once in Jupyter and twice in JavaScript', () => {
    expect(codePointsToUtf16('a😀b', 2)).toBe(3);
    expect(utf16ToCodePoints('a😀b', 3)).toBe(2);
    expect(codePointsToUtf16('ab', 9)).toBe(2);
  });
});

describe('a cell is', () => {
  it.each(['1', 'const x = 1;', '`a`', '', '// done', 'await f()', 'type A = string'])(
    'complete: %j',
    code => {
      expect(completeness(code)).toEqual({ status: 'complete' });
    },
  );
  it.each([
    ['function f() {', '  '],
    ['if (x) {\n  for (;;) {', '    '],
    ['foo(', '  '],
    ['const a = [1,', ''],
    ['`abc', ''],
    ['/* note', ''],
    ['1 +', ''],
    ['x = {\n  a: 1', '  '],
  ])('incomplete: %j', (code, indent) => {
    expect(completeness(code)).toEqual({ status: 'incomplete', indent });
  });
  it.each(['let = = 3', 'foo)', 'class 3 {}', '"abc', '}'])('invalid: %j', code => {
    expect(completeness(code)).toEqual({ status: 'invalid' });
  });
});

describe('frames', () => {
  it('are read whole from chunks cut anywhere, also inside of a character', () => {
    const bytes = Buffer.from('{"a":"ü😀"}\n{"b":2}\n{"cut');
    const frames: unknown[] = [];
    const read = frameReader(frame => frames.push(frame));
    for (const byte of bytes) read(Buffer.from([byte]));
    expect(frames).toEqual([{ a: 'ü😀' }, { b: 2 }]);
  });
});

describe('native output', () => {
  it('passes on all text but the mark that ends a cell, however it is cut', async () => {
    let text = '';
    const output = new NativeOutput(part => {
      text += part;
    });
    let ended = false;
    const end = output.endOf(7).then(() => {
      ended = true;
    });
    for (const byte of Buffer.from(`before${endMark(7)}after`)) output.write(Buffer.from([byte]));
    await end;
    expect(ended).toBe(true);
    expect(text).toBe('beforeafter');
  });
});

describe('settings', () => {
  it('of type checks are block, warn or off; warn by default', () => {
    expect([checkPolicy(undefined), checkPolicy('block'), checkPolicy('off')]).toEqual([
      'warn',
      'block',
      'off',
    ]);
    expect(() => checkPolicy('loud')).toThrow('it is loud');
  });
});

describe('the kernel spec', () => {
  it('starts the kernel by absolute paths and asks for interrupts by message', () => {
    expect(kernelSpec({ node: '/bin/node', main: '/k/main.js' })).toMatchObject({
      argv: ['/bin/node', '/k/main.js', '{connection_file}'],
      display_name: 'TypeScript (Imitation Lab)',
      language: 'typescript',
      interrupt_mode: 'message',
    });
  });
});

describe('warming up the types', () => {
  it('makes the first completion fast enough for JupyterLab, which waits a second', async () => {
    const options = { cwd: process.cwd(), libraryPaths: [] };
    const first = async (service: TypeService): Promise<number> => {
      const start = performance.now();
      expect((await service.complete('Math.fl', 7)).matches).toEqual(['floor']);
      return performance.now() - start;
    };
    const [cold, warm] = [startTypeService(options), startTypeService(options)];
    try {
      const coldTime = await first(cold);
      new TypeChecks(warm, 'off').warmUp();
      // Calls are answered in order: this one after the warm-up.
      await warm.commit('');
      expect(await first(warm)).toBeLessThan(coldTime / 2);
    } finally {
      await Promise.all([cold.close(), warm.close()]);
    }
  });

  it('fails in silence: the next call reports it', async () => {
    const closed = startTypeService({ cwd: process.cwd(), libraryPaths: [] });
    await closed.close();
    new TypeChecks(closed, 'off').warmUp();
    await expect(closed.check('1')).rejects.toThrow('Cannot check a cell: the type service is closed');
  });
});
