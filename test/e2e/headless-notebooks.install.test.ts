import { join } from 'node:path';
import { type Notebook, readNotebook, runNotebook } from '@imitation-lab/kernel';
import { describe, expect, test } from 'vitest';
import { figureNotebooks } from '../../scripts/figure-notebooks.ts';
import { notebookFigures } from '../../scripts/notebook-figures.ts';
import { WITH_RECORDS } from '../fixtures/public-records.ts';
import { ROOT } from './lab-page.ts';

const folder = join(ROOT, 'notebooks');

describe('by the kernel alone', () => {
  test('report prints the conclusions that are committed', WITH_RECORDS, async () => {
    const path = join(folder, 'report.ipynb');
    const printed = ({ cells }: Pick<Notebook, 'cells'>) =>
      cells.flatMap(cell =>
        cell.cell_type === 'code' ? cell.outputs.filter(output => 'text' in output) : [],
      );
    const committed = await readNotebook(path);
    expect(printed(committed)).toHaveLength(2);
    expect(printed(await runNotebook(path, { cwd: folder }))).toEqual(printed(committed));
  });

  for (const { name, outputs, records } of figureNotebooks()) {
    const title = `${name} runs and shows ${outputs.join(', ')}`;
    test(title, records ? WITH_RECORDS : {}, async () => {
      const notebook = await runNotebook(join(folder, `${name}.ipynb`), { cwd: folder });
      const shown = notebookFigures(name, notebook);
      expect(shown.map(figure => figure.name)).toEqual(outputs);
      for (const { rows } of shown) expect(rows).not.toEqual([]);
    });
  }
});
