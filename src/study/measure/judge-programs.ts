import { availableParallelism } from 'node:os';
import pLimit from 'p-limit';
import { type PythonOptions, runPython } from '../../evaluate/index.ts';

/** Options of {@link judgePrograms}. */
export type ProgramLimits = Pick<PythonOptions, 'signal' | 'cache'>;

/** Lines that a program may run in a shared sandbox; a tiny function runs a few dozen. */
const MOST_LINES = 20_000;

/** Seconds of processor time of a program in a sandbox of its own, as in HumanEval. */
const ALONE = 3;

/** Seconds that each program adds to the time of a shared sandbox, twice the time of {@link MOST_LINES}. */
const EACH = 0.2;

/**
 * Matches everything by which a program could reach beyond its own names or its bound: modules, code from text, files,
 * output, handlers that could catch the bound's exception, and attributes with underscores, which lead to interpreter
 * frames and to other classes. A program that spells one of these, also in its test, runs in a sandbox of its own.
 */
const REACHES =
  /\b(?:import|exec|eval|compile|globals|locals|vars|[gs]etattr|delattr|open|input|print|except|finally|with)\b|__|\.\s*\w*_/;

/**
 * Judges whether each program runs to its end without raising, in the order given: 1, 0, or null where the sandbox
 * failed.
 *
 * Starting Python takes longer than any tiny program, so those that cannot reach beyond their own names share one
 * sandbox, each with names of its own and a bound on the lines that it runs. If the shared sandbox fails, by time, memory
 * or output that is no verdict, each half of them shares one, and so on to the program at fault, which runs in one of its
 * own, as every other program does from the start. One that fails by itself is tried once more, after the others.
 *
 * @throws as {@link runPython} does.
 */
export async function judgePrograms(
  programs: readonly string[],
  limits: ProgramLimits = {},
): Promise<(0 | 1 | null)[]> {
  const verdicts = new Map<string, 0 | 1 | null>();
  const distinct = [...new Set(programs)];
  const tame = distinct.filter(program => !REACHES.test(program));
  await judgeTogether(tame, limits, verdicts);
  const limit = pLimit(availableParallelism());
  await Promise.all(
    distinct
      .filter(program => !verdicts.has(program))
      .map(program => limit(async () => verdicts.set(program, await judgeAlone(program, limits)))),
  );
  // What the machine's load stopped may come through once nothing else runs here.
  for (const [program, verdict] of verdicts)
    if (verdict === null) verdicts.set(program, await judgeAlone(program, limits));
  return programs.map(program => verdicts.get(program) ?? null);
}

async function judgeAlone(program: string, limits: ProgramLimits): Promise<0 | 1 | null> {
  const { verdict } = await runPython(program, { ...limits, timeout: ALONE });
  if (verdict === 'error' || verdict === 'unsupported') return null;
  return verdict === 'passed' ? 1 : 0;
}

/** Judges programs in shared sandboxes, as far as they bear it, and adds the verdicts. */
async function judgeTogether(
  programs: readonly string[],
  limits: ProgramLimits,
  verdicts: Map<string, 0 | 1 | null>,
): Promise<void> {
  if (programs.length < 2) return;
  const passed = await judgeAtOnce(programs, limits);
  if (passed) {
    for (const [index, program] of programs.entries()) verdicts.set(program, passed[index] ? 1 : 0);
    return;
  }
  const half = Math.ceil(programs.length / 2);
  await judgeTogether(programs.slice(0, half), limits, verdicts);
  await judgeTogether(programs.slice(half), limits, verdicts);
}

/** Judges programs in one sandbox. @returns undefined if it failed. */
async function judgeAtOnce(
  programs: readonly string[],
  limits: ProgramLimits,
): Promise<boolean[] | undefined> {
  const { verdict, stdout } = await runPython(sharedScript(programs), {
    ...limits,
    timeout: ALONE + EACH * programs.length,
    outputBytes: 16 * programs.length + 64,
  });
  if (verdict !== 'passed') return undefined;
  const found: unknown = parsed(stdout);
  const whole = Array.isArray(found) && found.length === programs.length;
  return whole && found.every(passed => typeof passed === 'boolean') ? found : undefined;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Writes Python that runs programs one after the other and prints a list of whether each passed. */
function sharedScript(programs: readonly string[]): string {
  const ascii = JSON.stringify(programs).replace(
    /[\u007f-\uffff]/g,
    unit => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
  // JSON of JSON: the outer one, of ASCII letters alone, is a literal of Python.
  const source = JSON.stringify(ascii);
  return `
import json, sys

def passes(program):
    left = ${MOST_LINES}
    def count(frame, event, arg):
        nonlocal left
        left -= 1
        if left < 0:
            raise TimeoutError
        return count
    try:
        code = compile(program, 'program', 'exec')
        sys.settrace(count)
        try:
            exec(code, {})
        finally:
            sys.settrace(None)
        return True
    except BaseException:
        return False

print(json.dumps([passes(program) for program in json.loads(${source})]))
`;
}
