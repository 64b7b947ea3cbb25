import { spawn } from 'node:child_process';
import { describe, expect, test } from 'vitest';
import { type ProcessLimits, watchProcess } from '../../../../src/evaluate/sandbox/watch-process.ts';

/** A process in the sandbox's place that does not keep to the rules, as if a program had taken it over. */
async function watch(code: string, limits: Partial<ProcessLimits> = {}) {
  const child = spawn(
    process.execPath,
    ['--max-old-space-size=64', '-e', `const started = '{"started":0}\\n'; ${code}`],
    {
      stdio: 'pipe',
    },
  );
  const verdict = await watchProcess(child, {
    start: 30_000,
    processor: 30,
    program: 30_000,
    memory: 2 ** 31,
    ...limits,
  });
  expect(child.exitCode ?? child.signalCode).not.toBeNull();
  return verdict;
}

const line = (value: object) => `process.stdout.write(${JSON.stringify(`${JSON.stringify(value)}\n`)});`;
const report = (value: object) => `process.stdout.write(started); ${line(value)}`;

describe('a process', () => {
  test('that reports and ends gives its verdict', async () => {
    const given = { verdict: 'passed', detail: '', stdout: 'x', seconds: 0.5 };
    expect(await watch(report(given))).toEqual(given);
  });

  test('that reports and stays is killed', async () => {
    const given = { verdict: 'failed', detail: 'd', stdout: '', seconds: 1 };
    expect(await watch(`${report(given)} setInterval(() => {}, 1000)`)).toEqual(given);
  });

  test('that takes more processor time than its program may is killed', async () => {
    const found = await watch('process.stdout.write(started, () => { while (true); })', { processor: 0.5 });
    expect(found).toMatchObject({ verdict: 'timed out', detail: '' });
    expect(found.seconds).toBeGreaterThan(0.5);
  });

  test('that reports more processor time than its program may is timed out', async () => {
    const given = { verdict: 'passed', detail: '', stdout: 'x', seconds: 4 };
    expect(await watch(report(given), { processor: 3 })).toEqual({ ...given, verdict: 'timed out' });
  });

  test('that waits for the processor longer than it may take it gives its verdict all the same', async () => {
    const given = { verdict: 'passed', detail: '', stdout: '', seconds: 0.1 };
    const resume =
      "require('child_process').spawn('sh', ['-c', 'sleep 1.5; kill -CONT ' + process.pid]).unref();";
    const stop = "process.kill(process.pid, 'SIGSTOP');";
    expect(
      await watch(`process.stdout.write(started); ${resume} ${stop} ${line(given)}`, { processor: 1 }),
    ).toEqual(given);
  });

  test('that the machine leaves no processor time is an error of the sandbox, and says so', async () => {
    const found = await watch(`process.stdout.write(started); process.kill(process.pid, "SIGSTOP")`, {
      processor: 3,
      program: 1_000,
    });
    expect(found.verdict).toBe('error');
    expect(found.detail).toMatch(
      /^the machine's load left the program 0\.\d\d of its 3 s of processor time in 1 s$/,
    );
  });

  test('that does not start is an error of the sandbox', async () => {
    const found = await watch('setInterval(() => {}, 1000)', { start: 300 });
    expect(found).toMatchObject({ verdict: 'error', detail: 'Python did not start in 0.3 s' });
  });

  test('that ends before the program is an error of the sandbox, and says why', async () => {
    expect(await watch('console.error("no file"); process.exit(3)')).toMatchObject({
      verdict: 'error',
      detail: 'no file',
    });
    expect(await watch('process.exit(3)')).toMatchObject({
      verdict: 'error',
      detail: 'the process ended (exit code 3)',
    });
  });

  test('that ends within the program fails', async () => {
    const found = await watch('process.stdout.write(started, () => process.kill(process.pid, "SIGKILL"))');
    expect(found).toMatchObject({ verdict: 'failed', detail: 'the interpreter ended (SIGKILL)' });
  });

  test('that takes memory outside of Python is killed', async () => {
    const code =
      'const held = []; process.stdout.write(started); setInterval(() => held.push(Buffer.alloc(2e7, 1)), 5)';
    expect(await watch(code, { memory: 300e6 })).toMatchObject({ verdict: 'out of memory' });
  });

  test('that fills its heap of JavaScript is out of memory', async () => {
    const code = 'const held = []; process.stdout.write(started, () => { while (true) held.push({}); })';
    expect(await watch(code)).toMatchObject({ verdict: 'out of memory' });
  });

  test.each([
    [
      'floods',
      'const flood = () => process.stdout.write("x".repeat(1e6), flood); process.stdout.write(started, flood)',
    ],
    ['reports no JSON', 'process.stdout.write(started + "passed\\n")'],
    ['invents a verdict', report({ verdict: 'splendid', detail: '', stdout: '', seconds: 1 })],
    ['reports other types', report({ verdict: 'passed', detail: {}, stdout: [], seconds: '1' })],
    ['reports nothing', 'process.stdout.write(started + "null\\n")'],
  ])('that %s fails', async (_, code) => {
    expect(await watch(code)).toMatchObject({ verdict: 'failed', stdout: '' });
  });
});
