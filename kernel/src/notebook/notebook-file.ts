import { readFile, rename, writeFile } from 'node:fs/promises';
import type { Notebook } from './notebook.ts';

type Json = null | boolean | number | string | Json[] | { [key: string]: Json };
type JsonObject = { [key: string]: Json };
type ChangeText = (text: Json, mime: string) => Json;

/** After each line end that Python's `str.splitlines` knows, which Jupyter splits texts with. */
const LINE_END = /(?<=\r\n|[\n\v\f\x1c-\x1e\x85\u2028\u2029]|\r(?!\n))/;

/**
 * Reads a notebook of nbformat 4.
 *
 * @throws {Error} if the file cannot be read, is not JSON, or is no notebook of nbformat 4.
 */
export async function readNotebook(path: string): Promise<Notebook> {
  const text = await readFile(path, 'utf8');
  try {
    return parseNotebook(text);
  } catch (error) {
    throw new Error(`Cannot read notebook ${path}: ${error instanceof Error ? error.message : error}`, {
      cause: error,
    });
  }
}

/** Writes a notebook as Jupyter does, byte for byte, so that saving it again changes nothing. */
export async function writeNotebook(path: string, notebook: Notebook): Promise<void> {
  // Whoever reads the file meanwhile sees the old one or the new one, never a part.
  const partial = `${path}.${process.pid}.part`;
  await writeFile(partial, formatNotebook(notebook));
  await rename(partial, path);
}

/**
 * Parses a notebook, multi-line texts joined.
 *
 * @throws {Error} if the text is not JSON, or is no notebook of nbformat 4.
 */
export function parseNotebook(text: string): Notebook {
  const found: unknown = JSON.parse(text);
  if (!isObject(found) || found.nbformat !== 4 || !Array.isArray(found.cells)) {
    const format = isObject(found) ? JSON.stringify(found.nbformat) : typeof found;
    throw new Error(`it must hold cells and be of nbformat 4, its nbformat is ${format}`);
  }
  return mapTexts(found, joinLines) as unknown as Notebook;
}

/** Formats a notebook's file: keys sorted, indented by one space, texts split into lines. */
export function formatNotebook(notebook: Notebook): string {
  const split = mapTexts(notebook as unknown as JsonObject, splitLines);
  return `${JSON.stringify(sortKeys(split), undefined, 1)}\n`;
}

/** Changes every text that a file holds as lines: sources, streams, and what MIME bundles hold. */
function mapTexts(notebook: JsonObject, change: ChangeText): JsonObject {
  const bundle = (data: Json): Json => mapValues(data, change);
  const output = (value: Json): Json =>
    mapValues(value, (part, key) => {
      if (key === 'text') return change(part, 'text/plain');
      return key === 'data' ? bundle(part) : part;
    });
  const cell = (value: Json): Json =>
    mapValues(value, (part, key) => {
      if (key === 'source') return change(part, 'text/plain');
      if (key === 'outputs' && Array.isArray(part)) return part.map(output);
      return key === 'attachments' ? mapValues(part, bundle) : part;
    });
  return { ...notebook, cells: Array.isArray(notebook.cells) ? notebook.cells.map(cell) : [] };
}

function mapValues(value: Json, change: (value: Json, key: string) => Json): Json {
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, change(part, key)]));
}

function joinLines(text: Json, mime: string): Json {
  if (/^application\/(?:.*\+)?json$/.test(mime)) return text;
  return Array.isArray(text) && text.every(line => typeof line === 'string') ? text.join('') : text;
}

function splitLines(text: Json, mime: string): Json {
  const split = /^text\/|^application\/javascript$|^image\/svg\+xml$/.test(mime);
  return split && typeof text === 'string' ? text.split(LINE_END).filter(line => line !== '') : text;
}

function sortKeys(value: Json): Json {
  if (Array.isArray(value)) return value.map(sortKeys);
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.keys(value)
      .sort()
      .map(key => [key, sortKeys(value[key] ?? null)]),
  );
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
