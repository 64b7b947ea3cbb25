import type { ProcessEnd } from './cell-process.ts';
import type { ErrorContent } from './outputs.ts';

const LOST = 'Variables are lost; a new process runs the next cell.';

/**
 * Explains the end of the cells' process as the error of a cell.
 *
 * @param stuck true if it was ended because an interrupted cell did not stop.
 */
export function describeEnd({ code, signal, lastWords }: ProcessEnd, stuck: boolean): ErrorContent {
  const describe = (ename: string, why: string): ErrorContent => {
    const evalue = `${why}. ${LOST}`;
    return { ename, evalue, traceback: [`\u001b[31m${ename}\u001b[39m: ${evalue}`] };
  };
  if (stuck) return describe('Interrupted', 'A native call did not return, so the process was restarted');
  if (/heap out of memory|allocation failed/i.test(lastWords))
    return describe('OutOfMemory', 'The cell needed more memory than JavaScript may use');
  if (signal) return describe('ProcessCrash', `The cell's process was ended by ${signal}`);
  return describe('ProcessExit', `The cell's process exited with code ${code ?? 'unknown'}`);
}
