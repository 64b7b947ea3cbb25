import { inspect } from 'node:util';
import { expect, test } from 'vitest';
import { showFacts } from '../../../src/notebook/index.ts';

test('a value shows its facts as a table in a notebook and as lines where it is printed, as they are then', () => {
  const value = showFacts({ steps: 1, huge: Array.from({ length: 1000 }, () => 7) }, ({ steps }) => ({
    steps: `${steps}`,
    folder: 'runs/<a>',
    left: undefined,
  }));
  value.steps = 12;
  const lines = 'steps   12\nfolder  runs/<a>';
  expect(Reflect.get(value, Symbol.for('Jupyter.display'))()).toEqual({
    'text/html':
      '<table>\n<tbody>\n<tr><th scope="row">steps</th><td>12</td></tr>\n' +
      '<tr><th scope="row">folder</th><td>runs/&#60;a&#62;</td></tr>\n</tbody>\n</table>',
    'text/plain': lines,
  });
  expect(inspect(value)).toBe(lines);
  expect(Object.keys(value)).toEqual(['steps', 'huge']);
});
