import { availableParallelism } from 'node:os';
import pLimit from 'p-limit';
import { type PythonOptions, runPython } from '../../evaluate/index.ts';

/** Limits of judging; by default those of one program. */
export type ProgramLimits = Pick<PythonOptions, 'signal' | 'cache'>;

/** Lines that a program may run in company; a tiny function takes a few dozen. */
const MOST_LINES = 20_000;

/** Seconds of a program by itself, as HumanEval's. */
const ALONE = 3;

/** Seconds more that each one adds to the time of all together, twice what {@link MOST_LINES} take. */
const EACH = 0.2;

/**
 * What a program needs to reach beyond its own names, or its bound: modules, code from text, files, what it prints,
 * handlers that could catch the bound's exception, and attributes with underscores, which lead to interpreter frames
 * and to other classes. Whatever spells one of these, in its test too, runs by itself.
 */
const REACHES =
  /\b(?:import|exec|eval|compile|globals|locals|vars|[gs]etattr|delattr|open|input|print|except|finally|with)\b|__|\.\s*\w*_/;

/**
 * Whether each program runs to its end without raising, in the order given: 1, 0, or null where the sandbox failed.
 *
 * Starting Python takes longer than any tiny program, so those that cannot reach beyond their own names share one
 * sandbox, each with names of its own and a bound on the lines that it runs. Should the company not come through, by
 * time, memory or a word that is no verdict, each runs by itself, as every other program does from the start.
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
  const together = tame.length > 1 ? await judgeTogether(tame, limits) : undefined;
  for (const [index, program] of tame.entries()) {
    const passed = together?.[index];
    if (passed !== undefined) verdicts.set(program, passed ? 1 : 0);
  }
  const limit = pLimit(availableParallelism());
  await Promise.all(
    distinct
      .filter(program => !verdicts.has(program))
      .map(program => limit(async () => verdicts.set(program, await judgeAlone(program, limits)))),
  );
  return programs.map(program => verdicts.get(program) ?? null);
}

async function judgeAlone(program: string, limits: ProgramLimits): Promise<0 | 1 | null> {
  const { verdict } = await runPython(program, { ...limits, timeout: ALONE });
  if (verdict === 'error') return null;
  return verdict === 'passed' ? 1 : 0;
}

/** A verdict for each program, or undefined if they did not come through together. */
async function judgeTogether(
  programs: readonly string[],
  limits: ProgramLimits,
): Promise<boolean[] | undefined> {
  const { verdict, stdout } = await runPython(companyOf(programs), {
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

/** Python that runs programs one after the other and prints a list of whether each passed. */
function companyOf(programs: readonly string[]): string {
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
