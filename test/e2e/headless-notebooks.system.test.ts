import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { runNotebook } from '../../kernel/src/index.ts';
import { notebookFigures } from '../../scripts/notebook-figures.ts';
import { WITH_RECORDS } from '../fixtures/public-records.ts';
import { FIGURE_NOTEBOOKS } from './figure-notebooks.ts';
import { ROOT } from './lab-page.ts';

const folder = join(ROOT, 'notebooks');

describe('by the kernel alone', () => {
  for (const { name, figures, records } of FIGURE_NOTEBOOKS) {
    const title = `${name} runs and shows ${figures.join(', ')}`;
    test(title, records ? WITH_RECORDS : {}, async () => {
      const notebook = await runNotebook(join(folder, `${name}.ipynb`), { cwd: folder });
      const shown = notebookFigures(name, notebook);
      expect(shown.map(figure => figure.name)).toEqual(figures);
      for (const { rows } of shown) expect(rows).not.toEqual([]);
    });
  }
});
