import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { loadText } from '../data/index.ts';
import { packageRoot } from '../files/index.ts';
import { parseDocument, ReadError, schemaError } from '../readers/index.ts';
import { displayedReport } from './display-report.ts';
import type { Report } from './report-document.ts';

/**
 * Loads a `report.json`. It shows itself in a notebook.
 *
 * @throws {ReadError} naming the file and the first part that is not as `report.schema.json` describes it.
 * @throws {Error} if there is no such file.
 */
export async function loadReport(path: string): Promise<Report> {
  const { text, name } = await loadText(path);
  const { whole } = parseDocument(text, name);
  if (whole === undefined) throw new ReadError({ at: name, required: 'a report', found: 'a list' });
  const schema = JSON.parse(await readFile(join(packageRoot(), 'data', 'report.schema.json'), 'utf8'));
  const valid = new Ajv2020({ verbose: true }).compile<Report>(schema);
  if (valid(whole)) return displayedReport(whole);
  throw schemaError(valid.errors?.[0], at => `${name}${at}`);
}
