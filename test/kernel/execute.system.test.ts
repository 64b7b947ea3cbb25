import { mkdir, mkdtemp, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { stripVTControlCharacters } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Client, type Run } from './client.ts';

let folder: string;
let kernel: Client;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'notebooks-'));
  await mkdir(join(folder, 'lib'));
  kernel = await Client.start({ cwd: folder, env: { IMITATION_LAB_TYPES: 'off' } });
});
afterAll(async () => {
  await kernel.stop();
  await rm(folder, { recursive: true });
});

const types = ({ outputs }: Run): string[] => outputs.map(({ header }) => header.msg_type);
const data = ({ outputs }: Run, type: string): unknown =>
  outputs.find(({ header }) => header.msg_type === type)?.content.data;
const trace = ({ reply }: Run): string =>
  stripVTControlCharacters((reply.content.traceback as string[]).join('\n'));

describe('a cell', () => {
  it('replies with its count and publishes its input and result', async () => {
    const first = await kernel.run('const x: number = 40; x + 2');
    expect(first.reply.content).toMatchObject({ status: 'ok', payload: [], user_expressions: {} });
    expect(types(first)).toEqual(['execute_input', 'execute_result']);
    expect(first.result).toBe('42');
    const second = await kernel.run('x');
    expect(second.reply.content.execution_count).toBe(Number(first.reply.content.execution_count) + 1);
  });

  it('prints to both streams, in order', async () => {
    const run = await kernel.run(
      'console.log("one"); console.error("two"); void process.stdout.write("three\\n")',
    );
    expect(run.outputs.slice(1).map(({ content }) => [content.name, content.text])).toEqual([
      ['stdout', 'one\n'],
      ['stderr', 'two\n'],
      ['stdout', 'three\n'],
    ]);
  });

  it('prints 100,000 lines, whole and in order, in few messages', async () => {
    const run = await kernel.run('for (let i = 0; i < 100_000; i++) console.log("line " + i)');
    expect(run.text('stdout')).toBe(Array.from({ length: 100_000 }, (_, i) => `line ${i}\n`).join(''));
    expect(run.outputs.length).toBeLessThan(200);
  });

  it('passes on what subprocesses and native code print', async () => {
    const run = await kernel.run(
      'import { execSync } from "node:child_process"; execSync("echo out; echo err >&2", { stdio: "inherit" })',
    );
    expect([run.text('stdout'), run.text('stderr')]).toEqual(['out\n', 'err\n']);
  });

  it('displays what has a display method, tables, figures, comparisons and images', async () => {
    const own = await kernel.run(
      '({ [Symbol.for("Jupyter.display")]: async () => ({ "text/html": "<b>own</b>" }) })',
    );
    expect(data(own, 'execute_result')).toMatchObject({
      'text/html': '<b>own</b>',
      'text/plain': expect.any(String),
    });
    const table = await kernel.run('import { table } from "arquero"; table({ a: ["<img>", "y"] })');
    expect(data(table, 'execute_result')).toMatchObject({
      'text/html': expect.stringContaining('<td style="text-align: left;">&lt;img&gt;</td>'),
      'text/plain': expect.stringContaining('|a'),
    });
    const figure = await kernel.run('({ data: [{ y: [1, 2] }], layout: {} })');
    expect(data(figure, 'execute_result')).toEqual({
      'application/vnd.plotly.v1+json': { data: [{ y: [1, 2] }], layout: {} },
      'text/plain': 'Plotly figure of 1 trace',
    });
    const comparison = await kernel.run(
      '({ version: 1, answers: [{ id: "a", label: "A", role: "other" }], items: [] })',
    );
    expect(data(comparison, 'execute_result')).toMatchObject({
      'application/vnd.imitation-lab.comparison.v1+json': { version: 1 },
      'text/html': expect.any(String),
    });
    const image = await kernel.run('Buffer.from("iVBORw0KGgo=", "base64")');
    expect(data(image, 'execute_result')).toMatchObject({ 'image/png': 'iVBORw0KGgo=' });
    const svg = await kernel.run('new TextEncoder().encode("<svg/>")');
    expect(data(svg, 'execute_result')).toMatchObject({ 'image/svg+xml': '<svg/>' });
    const error = await kernel.run('new RangeError("shown, not thrown")');
    expect(error.result).toContain('RangeError: shown, not thrown');
  });

  it('shows a promise as one', async () => {
    expect((await kernel.run('new Promise(() => {})')).result).toBe('Promise { <pending> }');
    expect((await kernel.run('({ p: Promise.resolve(1) })')).result).toBe('{ p: Promise { 1 } }');
  });

  it("shows tslab's displays, updates them in place and clears outputs", async () => {
    const run = await kernel.run(`
      import { display, newDisplay } from 'tslab';
      import { clearOutput } from '@imitation-lab/kernel';
      display.html('<i>once</i>');
      const bar = newDisplay(); bar.text('0 %'); bar.text('100 %');
      clearOutput(true);`);
    expect(types(run).slice(1)).toEqual([
      'display_data',
      'display_data',
      'update_display_data',
      'clear_output',
    ]);
    const [, once, first, update, clear] = run.outputs.map(({ content }) => content);
    expect(once).toEqual({ data: { 'text/html': '<i>once</i>' }, metadata: {} });
    expect(first?.transient).toEqual({ display_id: expect.any(String) });
    expect(update).toMatchObject({ data: { 'text/plain': '100 %' }, transient: first?.transient as object });
    expect(clear).toEqual({ wait: true });
  });

  it('prints under itself what its timers print after it ended, also while another runs', async () => {
    const first = await kernel.run('setTimeout(() => console.log("late"), 150); 1');
    const second = await kernel.run('await new Promise(done => setTimeout(done, 300)); 2');
    expect(second.text('stdout')).toBe('');
    const late = kernel
      .outputsOf(first.reply.parent.msg_id)
      .find(({ header }) => header.msg_type === 'stream');
    expect(late?.content.text).toBe('late\n');
  });

  it('reports errors that nobody awaits under the cell that caused them, and continues', async () => {
    const run = await kernel.run(
      'Promise.reject(new Error("nobody")); setTimeout(() => { throw new Error("late") }); await new Promise(done => setTimeout(done, 50)); 3',
    );
    expect(run.result).toBe('3');
    expect(run.text('stderr')).toMatch(/Error.*: nobody\n[\s\S]*In \[\d+\]:1:16[\s\S]*Error.*: late\n/);
  });

  it('refuses to read input, plainly', async () => {
    const run = await kernel.run('prompt("name?")');
    expect(run.reply.content).toMatchObject({ status: 'error', ename: 'StdinNotImplementedError' });
  });
});

describe('execute options', () => {
  it('silent publishes nothing and counts nothing', async () => {
    const before = await kernel.run('0');
    const silent = await kernel.run('console.log("quiet"); const hidden = 1; hidden', { silent: true });
    expect(silent.outputs).toEqual([]);
    expect((await kernel.run('hidden')).reply.content.execution_count).toBe(
      Number(before.reply.content.execution_count) + 1,
    );
  });

  it('store_history false publishes but does not count', async () => {
    const before = await kernel.run('0');
    const unstored = await kernel.run('5', { store_history: false });
    expect(unstored.result).toBe('5');
    expect((await kernel.run('0')).reply.content.execution_count).toBe(
      Number(before.reply.content.execution_count) + 1,
    );
  });

  it('user_expressions are evaluated after the cell, each with its own error', async () => {
    const { reply } = await kernel.run('const base = 20', {
      user_expressions: { twice: 'base * 2', bad: 'nowhere' },
    });
    expect(reply.content.user_expressions).toMatchObject({
      twice: { status: 'ok', data: { 'text/plain': '40' } },
      bad: { status: 'error', ename: 'ReferenceError', evalue: 'nowhere is not defined' },
    });
  });

  it('stop_on_error aborts the cells that wait, and only those', async () => {
    const [failed, waiting] = await Promise.all([
      kernel.run('await new Promise(done => setTimeout(done, 50)); throw new Error("stop")'),
      kernel.run('var ran = true'),
    ]);
    expect(failed.reply.content.status).toBe('error');
    expect(waiting.reply.content.status).toBe('aborted');
    expect(waiting.outputs).toEqual([]);
    expect((await kernel.run('typeof ran')).result).toBe("'undefined'");
  });

  it('stop_on_error false lets them run', async () => {
    const [, waiting] = await Promise.all([
      kernel.run('await new Promise(done => setTimeout(done, 50)); throw 1', { stop_on_error: false }),
      kernel.run('"went on"'),
    ]);
    expect(waiting.result).toBe("'went on'");
  });
});

describe('an error', () => {
  it("is one message, with the cell's own lines", async () => {
    const run = await kernel.run(
      'interface A { b: number }\n\nconst fail = (a: A) => {\n  throw new TypeError(`b is 5`);\n};\nfail({ b: 5 });',
    );
    const n = run.reply.content.execution_count;
    expect(types(run)).toEqual(['execute_input', 'error']);
    expect(run.reply.content).toMatchObject({ status: 'error', ename: 'TypeError', evalue: 'b is 5' });
    expect(trace(run)).toContain(`at fail (In [${n}]:4:9)`);
    expect(trace(run)).toContain(`at In [${n}]:6:1`);
    expect(trace(run)).toContain('> 4 |   throw new TypeError(`b is 5`);');
    expect(trace(run)).not.toMatch(/__scope|__kernel|node:|dist/);
  });

  it('names the cell that declared the failing function', async () => {
    const declared = await kernel.run('\n\nfunction boom() { return (undefined as any).x }');
    const called = await kernel.run('boom()');
    expect(trace(called)).toContain(`at boom (In [${declared.reply.content.execution_count}]:3:45)`);
    expect(trace(called)).toContain(`at In [${called.reply.content.execution_count}]:1:1`);
  });

  it('of a name has the name as it was written', async () => {
    expect((await kernel.run('const five = 5; (five as any)()')).reply.content.evalue).toBe(
      'five is not a function',
    );
    expect((await kernel.run('missing')).reply.content.evalue).toBe('missing is not defined');
  });

  it('of any kind ends the cell, even one that cannot be looked at', async () => {
    const run = await kernel.run('throw new Proxy({}, { get() { throw new Error("no") }, has: () => true })');
    expect(run.reply.content).toMatchObject({
      status: 'error',
      evalue: expect.stringContaining('cannot be shown'),
    });
    expect((await kernel.run('throw null')).reply.content).toMatchObject({ ename: 'Thrown', evalue: 'null' });
  });

  it('of syntax shows the place', async () => {
    const run = await kernel.run('const a = 1;\nlet b = ;');
    expect(run.reply.content.ename).toBe('SyntaxError');
    expect(trace(run)).toMatch(/In \[\d+\]:2:9\n {2}1 \| const a = 1;\n> 2 \| let b = ;\n {4}\| {9}\^/);
  });

  it('in an imported .ts file shows its line there, and the cell that called', async () => {
    const file = join(folder, 'lib', 'deep.ts');
    await writeFile(
      file,
      'interface Long {\n  a: string;\n}\n\nexport function deep(n: number): never {\n  throw new Error("n is " + n);\n}\n',
    );
    const run = await kernel.run('import { deep } from "./lib/deep.ts";\n\ndeep(3);');
    expect(trace(run)).toContain(`at deep (${file}:6:9)`);
    expect(trace(run)).toContain(`at In [${run.reply.content.execution_count}]:3:1`);
  });
});

describe('an error in compiled code', () => {
  it("shows the cell's own line, for the compiler's are nobody's to change", async () => {
    const compiled =
      '\nexport function fail(why) {\n  throw new Error("no " + why);\n}\n//# sourceMappingURL=fail.js.map\n';
    await writeFile(join(folder, 'lib', 'fail.mjs'), compiled);
    const run = await kernel.run('import { fail } from "./lib/fail.mjs";\nfail("luck")');
    expect(trace(run)).toContain('> 2 | fail("luck")');
    expect(trace(run)).not.toContain('throw new Error');
    expect(trace(run)).toMatch(/at fail \(.*fail\.mjs/);
  });

  it('is reported once where the error around it repeats its message', async () => {
    const wrapped = await kernel.run(
      'const inner = new Error("disk full"); throw new Error("Cannot save: " + inner.message, { cause: inner })',
    );
    expect(trace(wrapped)).toContain('Caused by: Error: disk full');
    await writeFile(
      join(folder, 'lib', 'wrap.mjs'),
      'export const wrap = () => { const cause = new Error("disk full"); throw new Error("Cannot save: " + cause.message, { cause }); }\n//# sourceMappingURL=wrap.js.map\n',
    );
    const run = await kernel.run('import { wrap } from "./lib/wrap.mjs";\nwrap()');
    expect(trace(run)).toContain('Error: Cannot save: disk full');
    expect(trace(run)).not.toContain('Caused by');
  });
});

describe('imports', () => {
  it('resolve from the folder, with or without extension, JSON and packages of the installation', async () => {
    await writeFile(
      join(folder, 'lib', 'index.ts'),
      'export { two as zwei } from "./two";\nexport enum Kind { A = 7 }',
    );
    await writeFile(join(folder, 'lib', 'two.ts'), 'export const two: number = 2;');
    await writeFile(join(folder, 'numbers.json'), '{ "pi": 3 }');
    const run = await kernel.run(`
      import { zwei, Kind } from './lib';
      import numbers from './numbers.json';
      import { mean } from 'imitation-lab/stats';
      import type { Missing } from 'no-such-package';
      [zwei, Kind.A, numbers.pi, typeof mean]`);
    expect(run.result).toBe("[ 2, 7, 3, 'function' ]");
  });

  it('read a file again when it, or a file it imports, changed on disk', async () => {
    const inner = join(folder, 'lib', 'inner.ts');
    await writeFile(join(folder, 'lib', 'outer.ts'), 'export { value } from "./inner.ts";');
    const read = 'import { value } from "./lib/outer.ts"; value';
    await writeFile(inner, 'export const value = 1;');
    expect((await kernel.run(read)).result).toBe('1');
    await writeFile(inner, 'export const value = 2;');
    await utimes(inner, new Date(), new Date(Date.now() + 5000));
    expect((await kernel.run(read)).result).toBe('2');
  });

  it('name what is missing, and where it was imported', async () => {
    const run = await kernel.run('\nimport "no-such-package"');
    expect(run.reply.content.evalue).toBe(
      `Cannot find package 'no-such-package': it must be installed in ${folder} or above it, as by npm install no-such-package`,
    );
    const file = await kernel.run('import "./missing"');
    expect(file.reply.content.evalue).toBe(`Cannot find module './missing' from ${folder}`);
    expect(trace(run)).toContain(`at In [${run.reply.content.execution_count}]:2:1`);
    const name = await kernel.run('import { nothing } from "arquero"; nothing');
    expect(name.reply.content.evalue).toBe("The module 'arquero' does not export 'nothing'");
  });
});

describe('answers beside the cells', () => {
  it('kernel_info reports true versions', async () => {
    const { content } = await kernel.request('kernel_info_request', {});
    expect(content).toMatchObject({
      status: 'ok',
      protocol_version: '5.5',
      implementation: 'imitation-lab',
      implementation_version: '0.2.0',
      language_info: {
        name: 'typescript',
        version: '6.0.3',
        mimetype: 'text/typescript',
        file_extension: '.ts',
      },
    });
  });

  it('completion and hover count code points, not UTF-16', async () => {
    const { content } = await kernel.request('complete_request', { code: '"😀"; [].ma', cursor_pos: 10 });
    expect(content).toMatchObject({ status: 'ok', matches: ['map'], cursor_start: 8, cursor_end: 10 });
    const hover = await kernel.request('inspect_request', {
      code: '"😀"; Math.max',
      cursor_pos: 12,
      detail_level: 0,
    });
    expect(hover.content).toMatchObject({
      found: true,
      data: { 'text/plain': expect.stringContaining('max') },
    });
  });

  it('come while a cell runs, and the kernel still looks busy', async () => {
    const running = kernel.run('await new Promise(done => setTimeout(done, 500))');
    await sleep(100);
    const { content } = await kernel.request('is_complete_request', { code: 'if (x) {' });
    expect(content).toEqual({ status: 'incomplete', indent: '  ' });
    await kernel.until(() => kernel.published.at(-1)?.content.execution_state === 'busy');
    await running;
  });

  it('history and comms are empty as yet', async () => {
    const history = await kernel.request('history_request', { hist_access_type: 'tail', n: 5 });
    expect(history.content).toEqual({ status: 'ok', history: [] });
    const comms = await kernel.request('comm_info_request', {});
    expect(comms.content).toEqual({ status: 'ok', comms: {} });
  });
});
