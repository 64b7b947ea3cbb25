import { spawn } from 'node:child_process';
import { join } from 'node:path';

/** The Python that has the packages of `requirements.txt`; `npm run test:references` sets it up. */
export function referencesPython(): string {
  const python = process.env.IMITATION_LAB_REFERENCES_PYTHON;
  if (python) return python;
  throw new Error('Cannot compare: start these tests by npm run test:references, which sets up their Python');
}

/**
 * Runs a script of this folder.
 *
 * @param input goes to it as JSON.
 * @returns what it prints, read as JSON.
 * @throws {Error} with what it wrote to stderr, if it fails.
 */
export async function runPython<T>(script: string, input: unknown): Promise<T> {
  const child = spawn(referencesPython(), [join(import.meta.dirname, script)], {
    env: { ...process.env, PYTHONUTF8: '1', HF_HUB_OFFLINE: '1', TOKENIZERS_PARALLELISM: 'false' },
  });
  const chunks: Buffer[] = [];
  const errors: Buffer[] = [];
  child.stdout.on('data', chunk => chunks.push(chunk));
  child.stderr.on('data', chunk => errors.push(chunk));
  child.stdin.end(JSON.stringify(input));
  const code = await new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  if (code !== 0) throw new Error(`${script} ended with ${code}: ${Buffer.concat(errors).toString()}`);
  return JSON.parse(Buffer.concat(chunks).toString());
}

/** What Transformers reads of a prompt by the chat template of a folder, and its greedy answer. */
export interface PythonChat {
  prompt: number[];
  /** Tokens of the answer, with the one that ends it. */
  answer: number[];
  text: string;
}

/** Asks a model's folder by Transformers. */
export function chatInPython(model: string, prompt: string, tokens = 16): Promise<PythonChat> {
  return runPython<PythonChat>('chat.py', { model, prompt, tokens });
}
