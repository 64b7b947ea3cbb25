import { stripVTControlCharacters } from 'node:util';
import { type MessagePort, receiveMessageOnPort } from 'node:worker_threads';
import { originalPositionFor, TraceMap } from '@jridgewell/trace-mapping';
import { CELL_FUNCTION, KERNEL, SCOPE } from '../compile/cell.ts';
import type { CompiledCell, Position } from '../compile/compile-cell.ts';
import type { SourceMap } from '../compile/transpile.ts';

/** Sent by the module hooks for each file they transpile. */
export interface TranspiledModule {
  url: string;
  /** Path of the file. */
  path: string;
  map: SourceMap;
}

/** A source whose running code is not its text. */
interface Origin {
  /** Name in stacks: `In [3]`, or the path of a file. */
  label: string;
  originalPosition(generated: Position): Position | undefined;
}

const origins = new Map<string, Origin>();
const sources = new Map<string, string>();
let moduleMaps: MessagePort | undefined;
const importSites = new WeakMap<object, string>();
let lastCell = 0;

/** Notes the text of a cell under the name that stacks will call it. */
export function rememberSource(label: string, source: string): void {
  sources.set(label, source);
}

/** Notes a cell about to run; returns the file name to run its code under. */
export function rememberCell(label: string, { originalPosition }: CompiledCell): string {
  lastCell += 1;
  const filename = `imitation-lab:cell/${lastCell}`;
  origins.set(filename, { label, originalPosition });
  return filename;
}

/** Returns the text of the cell with this name in stacks: the latest of that name. */
export function cellSource(label: string): string | undefined {
  return sources.get(label);
}

/** Takes the source maps of transpiled modules from this port from now on. */
export function receiveModuleMaps(port: MessagePort): void {
  moduleMaps = port;
  port.unref();
}

/** Makes every `error.stack` name the cells and `.ts` files as they were written. */
export function mapStacks(): void {
  Error.prepareStackTrace = (error, sites) => {
    takeModuleMaps();
    const lines: string[] = [];
    for (const site of sites) {
      const file = site.getFileName() ?? '';
      if (file.startsWith(KERNEL_FILES)) continue;
      lines.push(`    at ${describe(site, file)}`);
      // Below a cell is only the machinery that ran it.
      if (site.getFunctionName() === CELL_FUNCTION) break;
    }
    while (lines.at(-1)?.includes('node:')) lines.pop();
    return [cleanMessage(header(error)), ...lines].join('\n');
  };
}

/** Removes from an error's message the names that rewriting a cell puts before its own. */
export function cleanMessage(message: string): string {
  return message.replaceAll(CALLED_NAME, '$1').replaceAll(`${SCOPE}.`, '').replaceAll(CONSTANT_NAME, '$1');
}

/** Notes that an error came while a module loaded which was asked for at `from`: its stack may not say so. */
export function noteImport(error: unknown, from: Error): void {
  if (typeof error === 'object' && error !== null) importSites.set(error, from.stack ?? '');
}

/** Returns the stack of an error in the user's terms, down to the cell that imported the failing module. */
export function framesOf(error: { stack?: unknown }): string[] {
  const frames = typeof error.stack === 'string' ? usefulFrames(error.stack) : [];
  const importing = usefulFrames(importSites.get(error) ?? '');
  return [...frames, ...importing.filter(frame => !frames.includes(frame))];
}

/** Selects the stack lines that are useful to users: not the kernel's own, nor those of Node's loader. */
function usefulFrames(stack: string): string[] {
  const lines = stripVTControlCharacters(stack).split('\n');
  const first = lines.findIndex(line => FRAME.test(line));
  if (first < 0) return [];
  return lines.slice(first).filter(line => !line.includes(KERNEL_FILES) && !line.includes('node:internal'));
}

const FRAME = /^ {4}at /;
const KERNEL_FILES = new URL('..', import.meta.url).href;
const CALLED_NAME = new RegExp(`\\(0 , ${SCOPE}\\.([\\w$]+)\\)`, 'g');
const CONSTANT_NAME = new RegExp(`${KERNEL}\\.constant\\(\\.\\.\\.\\)\\.([\\w$]+)`, 'g');

function describe(site: NodeJS.CallSite, file: string): string {
  const text = site.toString();
  const origin = origins.get(file);
  const line = site.getLineNumber();
  const column = site.getColumnNumber();
  if (!origin || line === null || column === null) return text;
  const found = origin.originalPosition({ line, column });
  const place = found ? `${origin.label}:${found.line}:${found.column}` : origin.label;
  if (site.getFunctionName() === CELL_FUNCTION) return place;
  return text.replace(`${file}:${line}:${column}`, place).replace(`${SCOPE}.`, '');
}

function header(error: Error): string {
  try {
    return Error.prototype.toString.call(error);
  } catch {
    return 'Error';
  }
}

function takeModuleMaps(): void {
  if (!moduleMaps) return;
  for (let next = receiveMessageOnPort(moduleMaps); next; next = receiveMessageOnPort(moduleMaps)) {
    const { url, path, map } = next.message as TranspiledModule;
    let trace: TraceMap | undefined;
    origins.set(url, {
      label: path,
      originalPosition({ line, column }) {
        trace ??= new TraceMap(map as never);
        const found = originalPositionFor(trace, { line, column: column - 1 });
        return found.line === null ? undefined : { line: found.line, column: found.column + 1 };
      },
    });
  }
}
