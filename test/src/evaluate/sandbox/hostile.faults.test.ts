import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type PythonVerdict, runPython } from '../../../../src/evaluate/index.ts';

const SECRET = 'the-secret-of-the-host';

/** What a hostile program would want: a folder, a variable, a server. Nothing of it may change or be seen. */
let folder: string;
let server: Server;
let port: number;
let connections = 0;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'host-'));
  writeFileSync(join(folder, 'secret.txt'), SECRET);
  process.env.HOST_SECRET = SECRET;
  server = createServer(socket => {
    connections++;
    socket.destroy();
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  port = typeof address === 'object' && address ? address.port : 0;
});

afterAll(() => {
  delete process.env.HOST_SECRET;
  server.close();
  rmSync(folder, { recursive: true });
});

/** Runs a program under five times the default time limit, so that a busy machine does not end it. */
async function attack(program: string, timeout = 15): Promise<PythonVerdict> {
  const targets = `FOLDER = ${JSON.stringify(folder)}\nPORT = ${port}\nPID = ${process.pid}\n`;
  const verdict = await runPython(targets + program, { timeout });
  expect(readdirSync(folder)).toEqual(['secret.txt']);
  expect(readFileSync(join(folder, 'secret.txt'), 'utf8')).toBe(SECRET);
  expect(JSON.stringify(verdict)).not.toContain(SECRET);
  expect(connections).toBe(0);
  expect(ownChildren()).toEqual([]);
  return verdict;
}

/** Processes that this one has started and that still run. */
function ownChildren(): string[] {
  return execFileSync('ps', ['-A', '-o', 'ppid=,stat=,args='], { encoding: 'utf8' })
    .split('\n')
    .filter(line => line.trim().startsWith(`${process.pid} `))
    .filter(line => line.includes('main.mjs'));
}

describe('endless programs', () => {
  test.each([
    ['an infinite loop', 'while True: pass'],
    [
      'one that swallows every exception',
      'while True:\n  try:\n    while True: pass\n  except BaseException: pass',
    ],
    ['a long sleep', 'import time\ntime.sleep(60)'],
    ['a huge integer', 'x = 10 ** 10 ** 8'],
    ['a regular expression that backtracks', 'import re\nre.match("(a+)+$", "a" * 60 + "b")'],
    ['a flood of prints', 'while True: print("x" * 10000)'],
    [
      'a handler that will not be interrupted',
      'import signal\nsignal.signal(signal.SIGINT, signal.SIG_IGN)\nwhile True: pass',
    ],
  ])('%s is timed out', async (_, program) => {
    const { verdict, stdout } = await attack(program, 0.5);
    expect(verdict).toBe('timed out');
    expect(stdout.length).toBeLessThanOrEqual(65_536);
  });
});

describe('greedy programs', () => {
  test.each([
    [
      'a list without end',
      'x = []\nwhile True: x.append(bytearray(10 ** 6))',
      'out of memory',
      'MemoryError',
    ],
    ['one allocation too large', 'bytearray(10 ** 9)', 'out of memory', 'MemoryError'],
    [
      'a file without end',
      'with open("x", "wb") as f:\n  while True: f.write(b"x" * 10 ** 6)',
      'failed',
      'No space left',
    ],
    [
      'a file with a hole',
      'f = open("x", "wb")\nf.seek(10 ** 10)\nf.write(b"x")\nf.flush()',
      'failed',
      'No space left',
    ],
    ['a file cut long', 'open("x", "wb").truncate(10 ** 11)', 'failed', 'No space left'],
    [
      'a pipe that nobody reads',
      'import os\n_, w = os.pipe()\nwhile True: os.write(w, b"x" * 10 ** 6)',
      'failed',
      'No space left',
    ],
    [
      'memory mapped without end',
      'import mmap\nx = []\nwhile True: x.append(mmap.mmap(-1, 10 ** 7))',
      'failed',
      'memory',
    ],
    ['files without end', 'i = 0\nwhile True:\n  open(str(i), "w").close()\n  i += 1', 'timed out', ''],
    ['deep recursion', 'def f(): f()\nf()', 'failed', 'RecursionError'],
    [
      'recursion without Python’s limit',
      'import sys\nsys.setrecursionlimit(10 ** 8)\ndef f(): f()\nf()',
      'failed',
      'stack',
    ],
  ])('%s is stopped', async (_, program, verdict, detail) => {
    const found = await attack(program, verdict === 'timed out' ? 1 : 20);
    expect(found).toMatchObject({ verdict });
    expect(found.detail).toContain(detail);
  });
});

/** Each is tried alone, in one program. */
const ATTEMPTS = {
  'read its files': ['open(FOLDER + "/secret.txt").read()', 'FileNotFoundError'],
  'read the project': ['open("/proc/self/cwd/../package.json").read()', 'FileNotFoundError'],
  'find its folders': ['os.listdir("/etc")', 'FileNotFoundError'],
  'write its files': ['open(FOLDER + "/new.txt", "w").write("x")', 'FileNotFoundError'],
  'read its environment': ['os.environ["HOST_SECRET"], os.environ["NODE_OPTIONS"]', 'KeyError'],
  'read its environment from memory': ['open("/proc/self/environ").read()', 'FileNotFoundError'],
  fork: ['os.fork()', 'OSError: Function not implemented'],
  'start a process': ['subprocess.run(["touch", FOLDER + "/new.txt"])', 'OSError'],
  'start a shell': ['os.posix_spawn("/bin/sh", ["sh"], {})', 'Error'],
  'start a thread': ['threading.Thread(target=print).start()', "RuntimeError: can't start new thread"],
  'kill it': ['os.kill(PID, 9)', 'Error'],
  'open a connection': ['socket.create_connection(("127.0.0.1", PORT), timeout=1)', 'OSError'],
  'send a datagram': ['socket.socket(type=socket.SOCK_DGRAM).sendto(b"x", ("127.0.0.1", PORT))', 'Error'],
  'fetch an address': ['urllib.request.urlopen(f"http://127.0.0.1:{PORT}", timeout=1)', 'URLError'],
  'read its input': ['input()', 'OSError'],
  'load native code': ['__import__("_imp").create_dynamic(SPEC)', 'Error'],
  ...Object.fromEntries(
    ['js', 'pyodide', 'pyodide_js', 'pyodide.code', '_pyodide_core', 'ctypes', '_ctypes', '_testcapi'].map(
      name => [`import ${name}`, [`__import__("${name}")`, 'ModuleNotFoundError']],
    ),
  ),
};

describe('a program that reaches for the host', () => {
  let found: Record<string, string>;
  beforeAll(async () => {
    const tries = Object.entries(ATTEMPTS).map(([name, [code]]) => [name, code]);
    const { verdict, detail, stdout } = await attack(
      `
import importlib.machinery, json, os, socket, subprocess, threading, urllib.request
SPEC = importlib.machinery.ModuleSpec("x", None, origin=FOLDER + "/x.so")
found = {}
for name, code in json.loads(${JSON.stringify(JSON.stringify(tries))}):
    try:
        found[name] = "done: " + repr(eval(code))
    except BaseException as error:
        found[name] = type(error).__name__ + ": " + (getattr(error, "strerror", None) or str(error))
print(json.dumps(found))`,
      30,
    );
    expect({ verdict, detail }).toEqual({ verdict: 'passed', detail: '' });
    found = JSON.parse(stdout);
  });

  test.each(Object.entries(ATTEMPTS))('cannot %s', (name, [, refusal]) => {
    expect(found[name]).not.toMatch(/^done/);
    expect(found[name]).toContain(refusal);
  });
});

describe('programs that leave', () => {
  test.each([
    ['sys.exit', 'import sys\nsys.exit(0)', 'SystemExit'],
    ['os._exit', 'import os\nos._exit(0)', 'exit(0)'],
    ['os.abort', 'import os\nos.abort()', 'stopped'],
    ['a signal to itself', 'import os, signal\nos.kill(os.getpid(), signal.SIGKILL)\nassert False', ''],
    ['quit', 'quit()', 'SystemExit'],
    [
      'broken bytecode',
      'f = lambda: 0\nf.__code__ = f.__code__.replace(co_code=b"\\x53\\xff" * 9, co_stacksize=1)\nf()\nassert False',
      '',
    ],
  ])('fail by %s, and never pass', async (_, program, detail) => {
    const found = await attack(program);
    expect(found.verdict).toBe('failed');
    expect(found.detail).toContain(detail);
  });
});

describe('the bridge to JavaScript', () => {
  test('raw memory stays closed to a program that goes around the import system', async () => {
    const found = await attack(`
import _imp, importlib.machinery, sys
for name in ("_ctypes", "_testcapi", "_testinternalcapi", "_remote_debugging"):
    spec = importlib.machinery.ModuleSpec(name, importlib.machinery.BuiltinImporter)
    assert _imp.create_builtin(spec) is None, name
`);
    expect(found).toMatchObject({ verdict: 'passed' });
  });

  test('no object, type or module of it is among those that the collector or a class hierarchy lists', async () => {
    const found = await attack(`
import gc, sys
def is_foreign(name):
    return any(part in name.lower() for part in ("pyodide", "jsproxy", "jsnull", "javascript", "py2js", "js2py"))
seen, pending = set(), [*gc.get_objects(), *sys.modules.values(), object]
while pending:
    found = pending.pop()
    if id(found) in seen:
        continue
    seen.add(id(found))
    assert not is_foreign(type(found).__name__ + str(type(found).__module__)), type(found)
    if isinstance(found, type):
        assert not is_foreign(found.__name__ + str(found.__module__)), found
        pending += type.__subclasses__(found)
    if type(found) is type(sys):
        assert not is_foreign(found.__name__), found
    pending += gc.get_referents(found)
print(len(seen) > 10_000)
`);
    expect(found).toMatchObject({ verdict: 'passed', detail: '', stdout: 'True\n' });
  });

  test('no part of it is made by going around the import system', async () => {
    const found = await attack(`
import _imp, importlib.machinery, sys
for name in ("js", "pyodide_js", "_pyodide_core", "hiwire"):
    spec = importlib.machinery.ModuleSpec(name, importlib.machinery.BuiltinImporter)
    assert _imp.create_builtin(spec) is None, name
# What is left of Pyodide is Python of its archive, which finds no bridge.
sys.meta_path[:] = [finder for finder in sys.meta_path if "Closed" not in str(finder)]
from pyodide.ffi import to_js
assert to_js([1]) == [1]
`);
    expect(found).toMatchObject({ verdict: 'passed', detail: '' });
  });

  test('a program that brings WebAssembly of its own, which could call it, cannot load that', async () => {
    // A module of WebAssembly that is linked dynamically, and imports one of Pyodide's functions.
    const found = await attack(`
import _imp, importlib.machinery
dylink = bytes([0, 15, 8]) + b"dylink.0" + bytes([1, 4, 0, 0, 0, 0])
kinds = bytes([1, 4, 1, 0x60, 0, 0])
wanted = bytes([2, 21, 1, 3]) + b"env" + bytes([13]) + b"JsvObject_New" + bytes([0, 0])
open("x.so", "wb").write(b"\\0asm" + bytes([1, 0, 0, 0]) + dylink + kinds + wanted)
_imp.create_dynamic(importlib.machinery.ModuleSpec("x", None, origin="x.so"))
`);
    expect(found.verdict).toBe('failed');
    expect(found.detail).toContain('ImportError: unknown dlopen() error');
  });
});

describe('one program after another', () => {
  test('what one patches, the next finds whole', async () => {
    const patch =
      'import builtins, sys\nbuiltins.len = lambda x: 7\nsys.modules["math"] = None\nopen("left", "w").write("x")';
    expect(await attack(patch)).toMatchObject({ verdict: 'passed' });
    const check = 'import math, os\nassert len([]) == 0 and not os.path.exists("left")';
    expect(await attack(check)).toMatchObject({ verdict: 'passed' });
  });
});
