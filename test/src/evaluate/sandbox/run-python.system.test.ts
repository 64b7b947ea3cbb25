import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { runPython } from '../../../../src/evaluate/index.ts';
import { protectionFlags } from '../../../../src/evaluate/sandbox/locked-process.ts';
import { PYODIDE_VERSION, pyodideFolder } from '../../../../src/evaluate/sandbox/pyodide-package.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'sandbox-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

describe('a program', () => {
  test('that raises nothing passes, with what it printed and its time', async () => {
    const { seconds, ...rest } = await runPython('print("größe"); assert sorted([2, 1]) == [1, 2]');
    expect(rest).toEqual({ verdict: 'passed', detail: '', stdout: 'größe\n' });
    expect(seconds).toBeGreaterThan(0);
  });

  test('that raises fails, with the exception and its line', async () => {
    expect(await runPython('x = 1\nassert x == 2, "no"')).toMatchObject({
      verdict: 'failed',
      detail: 'AssertionError: no (line 2)',
    });
  });

  test('that does not parse fails', async () => {
    const { verdict, detail } = await runPython('def f(:');
    expect(verdict).toBe('failed');
    expect(detail).toContain('SyntaxError');
  });

  test('has the standard library, runs under its own name and after the prelude', async () => {
    const program = `
import collections, datetime, decimal, fractions, functools, hashlib, heapq, itertools, json, math, os, random
import re, statistics, string, typing
assert hashlib.md5(b"x").hexdigest() == "9dd4e461268c8034f5c8564e155c67a6"
assert __name__ == "builtins" and os.getcwd is None
open("/tmp/x", "w").write("1")
assert open("/tmp/x").read() == "1"`;
    expect(await runPython(program, { prelude: 'import os\nos.getcwd = None' })).toMatchObject({
      verdict: 'passed',
    });
  });

  test('prints at most what is asked for', async () => {
    expect(await runPython('print("a" * 100)', { outputBytes: 10 })).toMatchObject({ stdout: 'aaaaaaaaaa' });
  });

  test('runs coroutines, which may wait for each other and for the clock', async () => {
    const program = `
import asyncio
async def late(value, seconds):
    await asyncio.sleep(seconds)
    return value
async def main():
    queue = asyncio.Queue()
    await asyncio.gather(queue.put(1), late(2, 0.02))
    try:
        await asyncio.wait_for(late(3, 60), 0.01)
    except asyncio.TimeoutError:
        return [await queue.get(), await late(4, 0)]
assert asyncio.run(main()) == [1, 4]
assert asyncio.new_event_loop().run_until_complete(late(5, 0)) == 5`;
    expect(await runPython(program)).toMatchObject({ verdict: 'passed', detail: '' });
  });

  test('that imports numpy is unsupported, and says why; one that can handle its absence passes', async () => {
    expect(await runPython('import numpy.linalg')).toMatchObject({
      verdict: 'unsupported',
      detail:
        "ModuleNotFoundError: No module named 'numpy': the sandbox has Python's standard library alone (line 1)",
    });
    const guarded = 'try:\n  import numpy\nexcept ImportError:\n  numpy = None\nassert numpy is None';
    expect(await runPython(guarded)).toMatchObject({ verdict: 'passed' });
    expect(await runPython('import pandas')).toMatchObject({ verdict: 'failed' });
  });

  test('gets the memory it is given', async () => {
    const program = 'x = bytearray(100 * 2 ** 20)';
    expect(await runPython(program, { memory: 96 * 2 ** 20 })).toMatchObject({ verdict: 'out of memory' });
    expect(await runPython(program, { memory: 192 * 2 ** 20 })).toMatchObject({ verdict: 'passed' });
  });
});

test('a program of megabytes, more than a pipe holds, is read whole', async () => {
  const text = '# a comment\n'.repeat(200_000);
  expect(await runPython(`${text}assert False`)).toMatchObject({ verdict: 'failed' });
  expect(await runPython(`${text}assert True`)).toMatchObject({ verdict: 'passed' });
});

test('an aborted program is killed', async () => {
  const signal = AbortSignal.timeout(1_500);
  await expect(runPython('while True: pass', { timeout: 60, signal })).rejects.toThrow('timeout');
  await expect(runPython('1', { signal })).rejects.toThrow('timeout');
});

test('the memory of a started Python is kept once, and one that is damaged says so', async () => {
  const cache = join(folder, 'cache');
  expect(await runPython('1', { cache })).toMatchObject({ verdict: 'passed' });
  const [name = ''] = readdirSync(join(cache, 'pyodide'));
  expect(name).toContain(PYODIDE_VERSION);
  writeFileSync(join(cache, 'pyodide', name), 'damaged');
  const { verdict, detail } = await runPython('1', { cache });
  expect(verdict).toBe('error');
  expect(detail).not.toBe('');
});

describe('it refuses to run', () => {
  test.each([
    [{ timeout: 0 }, 'timeout must lie within 0.001 and 100000, found 0'],
    [{ timeout: Number.NaN }, 'timeout must lie within 0.001 and 100000, found NaN'],
    [{ memory: 1_000 }, 'memory must lie within 33554432 and 2147483648, found 1000'],
    [{ outputBytes: -1 }, 'outputBytes must lie within 0 and 1048576, found -1'],
    [{ outputBytes: 2e6 }, 'outputBytes must lie within 0 and 1048576, found 2000000'],
  ])('with %o', async (options, message) => {
    await expect(runPython('1', options)).rejects.toThrow(RangeError);
    await expect(runPython('1', options)).rejects.toThrow(message);
  });

  test('without Pyodide, and says how to get it', () => {
    const missing = () => {
      throw new Error("Cannot find module 'pyodide/package.json'");
    };
    expect(() => pyodideFolder(missing)).toThrow(
      `the package pyodide is required; install it with \`npm install pyodide@${PYODIDE_VERSION}\``,
    );
  });

  test('with another version of Pyodide', () => {
    const manifest = join(folder, 'package.json');
    writeFileSync(manifest, '{"version": "0.20.0"}');
    expect(() => pyodideFolder(() => manifest)).toThrow(
      `pyodide ${PYODIDE_VERSION} is required, found 0.20.0`,
    );
  });

  test('on a Node without a permission model', () => {
    expect(() => protectionFlags([], new Set())).toThrow(
      "Node's permission model (Node 20 or newer) is required",
    );
    expect(protectionFlags(['/a'], new Set(['--permission']))).toEqual([
      '--permission',
      '--allow-fs-read=/a',
    ]);
  });

  test('in a process that the permission model does not hold, whatever it is asked', () => {
    const main = fileURLToPath(new URL('../../../../src/evaluate/sandbox/child/main.mjs', import.meta.url));
    const task = { pyodide: pyodideFolder(), snapshot: null, program: 'print(1)', memory: 2 ** 28 };
    const run = (...flags: string[]) =>
      spawnSync(process.execPath, [...flags, '--experimental-vm-modules', '--no-warnings', main], {
        input: JSON.stringify(task),
        encoding: 'utf8',
      });
    const open = run();
    expect({ status: open.status, stdout: open.stdout }).toEqual({ status: 1, stdout: '' });
    expect(open.stderr).toContain(
      'found it to allow reading other files, writing files, starting processes, starting threads',
    );
    const loose = run(...protectionFlags(['*']), '--allow-fs-write=*');
    expect({ status: loose.status, stdout: loose.stdout }).toEqual({ status: 1, stdout: '' });
    expect(loose.stderr).toContain('found it to allow reading other files, writing files');
  });
});
