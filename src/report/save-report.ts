import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { saveComparison } from '../compare/index.ts';
import { writeFileAtomic } from '../files/index.ts';
import type { Comparison } from '../schema.ts';
import { reportHtml } from './html/report-html.ts';
import type { Report } from './report-document.ts';
import { reportNotebook } from './report-notebook.ts';

/**
 * Writes a report into a folder: `report.html`, `report.json`, `report.ipynb`, and `report.compare.jsonl`, the answers
 * to read and rate in JupyterLab.
 */
export async function saveReport(folder: string, report: Report, comparison: Comparison): Promise<void> {
  await mkdir(folder, { recursive: true });
  await writeFileAtomic(join(folder, 'report.json'), `${JSON.stringify(report, null, 1)}\n`);
  await writeFileAtomic(join(folder, 'report.html'), reportHtml(report));
  await writeFileAtomic(join(folder, 'report.ipynb'), reportNotebook(report));
  await saveComparison(join(folder, 'report.compare.jsonl'), { title: report.title, ...comparison });
}
