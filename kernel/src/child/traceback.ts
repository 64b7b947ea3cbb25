import { readFileSync } from 'node:fs';
import { inspect } from 'node:util';
import { SourceSyntaxError } from '../compile/syntax-error.ts';
import type { ErrorContent } from '../outputs.ts';
import { cellSource, cleanMessage, framesOf } from './stacks.ts';

/** Lines shown before and after the line at fault. */
const CONTEXT_LINES = 2;

/** Depth up to which causes of causes are reported. */
const MAX_CAUSES = 5;

const red = (text: string): string => `\u001b[31m${text}\u001b[39m`;
const dim = (text: string): string => `\u001b[2m${text}\u001b[22m`;

/**
 * Describes an error as the front end shows it: name and message, the user's own lines around the fault, the stack in
 * terms of cells and files as they were written, and what caused it.
 *
 * @param label the cell it ended, for errors that have no stack of their own.
 */
export function describeError(thrown: unknown, label: string): ErrorContent {
  try {
    return describe(thrown, label);
  } catch (error) {
    const evalue = `What was thrown cannot be shown: ${String(error)}`;
    return { ename: 'Thrown', evalue, traceback: [`${red('Thrown')}: ${evalue}`] };
  }
}

function describe(thrown: unknown, label: string): ErrorContent {
  if (thrown instanceof SourceSyntaxError) return describeSyntaxError(thrown, label);
  if (!isErrorLike(thrown)) {
    const evalue = inspect(thrown);
    return { ename: 'Thrown', evalue, traceback: [`${red('Thrown')}: ${evalue}`] };
  }
  const ename = String(thrown.name || 'Error');
  const evalue = cleanMessage(String(thrown.message ?? ''));
  return { ename, evalue, traceback: [...errorLines(thrown, ename, evalue), ...causeLines(thrown, 1)] };
}

interface ErrorLike {
  name: unknown;
  message: unknown;
  stack?: unknown;
  cause?: unknown;
  errors?: unknown;
}

function isErrorLike(value: unknown): value is ErrorLike {
  return typeof value === 'object' && value !== null && 'message' in value && 'name' in value;
}

function describeSyntaxError({ faults, message }: SourceSyntaxError, label: string): ErrorContent {
  const traceback = [`${red('SyntaxError')}: ${message}`];
  for (const { line, column, message: detail } of faults) {
    if (faults.length > 1) traceback.push(detail);
    traceback.push(`    at ${label}:${line}:${column}`, ...codeLines(cellSource(label), line, column));
  }
  return { ename: 'SyntaxError', evalue: message, traceback };
}

function errorLines(error: ErrorLike, ename: string, evalue: string): string[] {
  const frames = framesOf(error);
  return [`${red(ename)}${evalue ? `: ${evalue}` : ''}`, ...codeOfFrames(frames), ...frames.map(dim)];
}

/** Returns the code around the first frame that the user wrote: packages and compiled files are others' work. */
function codeOfFrames(frames: string[]): string[] {
  for (const frame of frames) {
    const place = /(?:\(|at |async )([^()]+):(\d+):(\d+)\)?$/.exec(frame);
    if (!place || /node_modules|node:/.test(frame)) continue;
    const [, label = '', line, column] = place;
    const text = cellSource(label) ?? fileSource(label);
    if (text !== undefined) return codeLines(text, Number(line), Number(column));
  }
  return [];
}

function fileSource(path: string): string | undefined {
  if (!path.startsWith('/') && !path.startsWith('file:') && !/^[A-Za-z]:\\/.test(path)) return undefined;
  try {
    const text = readFileSync(path.startsWith('file:') ? new URL(path) : path, 'utf8');
    return COMPILED.test(text) ? undefined : text;
  } catch {
    return undefined;
  }
}

/** Ends a file that a compiler wrote. */
const COMPILED = /^\/\/# sourceMappingURL=\S+\s*$/m;

function codeLines(text: string | undefined, line: number, column: number): string[] {
  const lines = text?.split('\n') ?? [];
  if (line > lines.length) return [];
  const from = Math.max(1, line - CONTEXT_LINES);
  const to = Math.min(lines.length, line + CONTEXT_LINES);
  const width = String(to).length;
  const shown: string[] = [];
  for (let n = from; n <= to; n++) {
    const number = String(n).padStart(width);
    shown.push(`${n === line ? red('>') : ' '} ${dim(`${number} |`)} ${lines[n - 1]}`);
    if (n === line) shown.push(`  ${dim(`${' '.repeat(width)} |`)} ${' '.repeat(column - 1)}${red('^')}`);
  }
  return shown;
}

function causeLines(outer: ErrorLike, depth: number): string[] {
  if (depth > MAX_CAUSES) return [];
  const { cause, errors } = outer;
  const inner = [...(cause === undefined ? [] : [cause]), ...(Array.isArray(errors) ? errors : [])];
  return inner.flatMap(error => {
    if (!isErrorLike(error)) return [`Caused by: ${inspect(error)}`];
    if (isTold(error, outer)) return causeLines(error, depth + 1);
    const lines = errorLines(error, String(error.name), cleanMessage(String(error.message)));
    return [`Caused by: ${lines[0]}`, ...lines.slice(1), ...causeLines(error, depth + 1)];
  });
}

/** Reports whether an error's message repeats its cause's, and both point at the same code. */
function isTold(cause: ErrorLike, outer: ErrorLike): boolean {
  const message = String(cause.message);
  const code = (error: ErrorLike) => codeOfFrames(framesOf(error)).join('\n');
  return message !== '' && String(outer.message).includes(message) && code(cause) === code(outer);
}
