import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { type Context, runInContext } from 'node:vm';
import { beforeAll, describe, expect, test } from 'vitest';
import { bareRealm } from '../../../../src/evaluate/sandbox/child/bare-realm.mjs';
import { pyodideFolder } from '../../../../src/evaluate/sandbox/pyodide-package.ts';
import { ensureSnapshot } from '../../../../src/evaluate/sandbox/snapshot.ts';

describe('a bare realm', () => {
  let realm: Context;
  const log: string[] = [];
  beforeAll(() => {
    realm = bareRealm(text => log.push(text));
  });
  const evaluate = (code: string) => runInContext(code, realm);

  test('has nothing of Node', () => {
    const found = evaluate(
      `['process', 'require', 'module', 'Buffer', 'fetch', 'WebSocket', 'setImmediate', 'global', 'navigator']
        .filter(name => name in globalThis)`,
    );
    expect([...found]).toEqual([]);
  });

  test('makes no code from text', () => {
    for (const code of [
      'eval("1")',
      'Function("return 1")',
      'new (async () => {}).constructor("return 1")',
      'console.log.constructor("return process")()',
      'performance.now.constructor("return process")()',
      'globalThis.constructor.constructor("return process")()',
      'setTimeout("1", 0); (function* () {}).constructor("1")',
    ]) {
      expect(() => evaluate(code)).toThrow('Code generation from strings disallowed');
    }
  });

  test('imports no module', async () => {
    await expect(evaluate('import("node:fs")')).rejects.toThrow();
  });

  test('gives random bytes, the time, and text to bytes and back', () => {
    expect(evaluate('new TextDecoder().decode(new TextEncoder().encode("größe 🙂"))')).toBe('größe 🙂');
    expect(evaluate('new TextEncoder().encode("ä").join()')).toBe('195,164');
    expect(evaluate('new Set(crypto.getRandomValues(new Uint8Array(64))).size')).toBeGreaterThan(20);
    expect(evaluate('typeof performance.now()')).toBe('number');
    evaluate('console.warn("a", 1)');
    expect(log).toContain('a 1');
  });

  test('shows no object of the host to code that is called back or catches what the host throws', () => {
    const seen = evaluate(`
      const seen = [];
      const own = value => value === undefined || Object(value) !== value || value instanceof Object;
      const spy = new Proxy({}, { get: (_, key) => { seen.push(key); return undefined; } });
      const inspect = Symbol.for('nodejs.util.inspect.custom');
      Uint8Array.prototype[inspect] = Object.prototype[inspect] = (...all) => { seen.push(...all); return ''; };
      for (const action of [
        () => new TextDecoder('no such encoding').decode(new Uint8Array(1)),
        () => new TextDecoder('utf-8', { fatal: true }).decode(new Uint8Array([255])),
        () => new TextDecoder().decode(spy),
        () => new TextDecoder().decode({ buffer: 1n }),
        () => new TextEncoder().encodeInto(spy, spy),
        () => new TextEncoder().encodeInto('x', {}),
        () => crypto.getRandomValues(spy),
        () => console.log(spy),
        () => console.log({ toString() { throw seen; } }),
        () => { const f = () => { try { f(); } catch { performance.now(); } }; f(); },
      ]) {
        try { seen.push(action()); } catch (error) { seen.push(error); }
      }
      Error.prepareStackTrace = (error, sites) => {
        seen.push(error, sites, ...sites.flatMap(s => [s, s.getThis(), s.getFunction(), s.getEvalOrigin()]));
      };
      try { new TextDecoder('no such encoding').decode(); } catch (error) { error.stack; }
      ({ count: seen.length, foreign: seen.filter(value => !own(value)).length });
    `);
    expect(seen.count).toBeGreaterThan(10);
    expect(seen.foreign).toBe(0);
  });
});

describe('started in it, Python', () => {
  test('holds nothing that leads to an object of the host', async () => {
    const script = fileURLToPath(new URL('./find-foreign.mjs', import.meta.url));
    const folder = pyodideFolder();
    const { stdout } = await promisify(execFile)(process.execPath, [
      ...['--experimental-vm-modules', '--no-warnings'],
      ...[script, folder, await ensureSnapshot(folder)],
    ]);
    const { python, planted } = JSON.parse(stdout);
    expect(python.visited).toBeGreaterThan(5_000);
    expect(python.foreign).toEqual([]);
    expect(planted.foreign).toContain('root');
  });
});
