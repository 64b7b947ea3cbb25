export { type PythonOptions, runPython } from './sandbox/run-python.ts';
export type { PythonVerdict } from './sandbox/verdict.ts';
