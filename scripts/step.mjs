/**
 * Runs one set-up command: says what it does, shows its output when it fails, and explains the usual causes.
 * Plain JavaScript, since it runs before any package is installed.
 */
import { spawn } from 'node:child_process';

/** A set-up failure that the user can act on: printed without a stack trace. */
export class ScriptError extends Error {
  /** @override */
  name = 'ScriptError';
}

/** @type {ReadonlyArray<readonly [RegExp, string]>} */
const CAUSES = [
  [/ENOSPC|No space left on device/i, 'The disk is full. Free some space, then run the same command again.'],
  [
    /ENOTFOUND|EAI_AGAIN|ETIMEDOUT|ECONNREFUSED|ENETUNREACH|Temporary failure in name resolution|NewConnectionError|Network is unreachable|Could not resolve/i,
    'The package registry could not be reached. Check the network or proxy settings, then run the same command again.',
  ],
  [/EACCES|Permission denied/i, 'Writing was refused. Check who owns this folder and the package cache.'],
  [
    /ensurepip is not available|No module named venv/i,
    'This Python has no venv module. On Debian or Ubuntu: apt-get install python3-venv',
  ],
];

/**
 * Returns the likely cause of a failure by the output of the command, or undefined where it matches none.
 *
 * @param {string} output
 * @returns {string | undefined}
 */
export function explainFailure(output) {
  return CAUSES.find(([pattern]) => pattern.test(output))?.[1];
}

/** @param {string} text */
export function say(text) {
  process.stdout.write(`${text}\n`);
}

/**
 * Runs a command to its end, quietly; its output is kept for the error.
 *
 * @param {string} title what the step does, in words: "Install packages"
 * @param {string} command
 * @param {readonly string[]} args
 * @param {{cwd?: string, env?: NodeJS.ProcessEnv}} [options]
 * @returns {Promise<string>} what the command printed
 * @throws {ScriptError} if it cannot start or fails, with its last lines and the likely cause
 */
export async function runStep(title, command, args, options = {}) {
  const started = performance.now();
  say(`… ${title}`);
  const child = spawn(command, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
  /** @type {Buffer[]} */
  const chunks = [];
  child.stdout.on('data', chunk => chunks.push(chunk));
  child.stderr.on('data', chunk => chunks.push(chunk));
  const code = await new Promise((resolve, reject) => {
    child.once('error', error =>
      reject(new ScriptError(`${title}: cannot run ${command}: ${error.message}`)),
    );
    child.once('close', resolve);
  });
  const output = Buffer.concat(chunks).toString();
  if (code !== 0) {
    const tail = output.trimEnd().split('\n').slice(-25).join('\n');
    const cause = explainFailure(output);
    throw new ScriptError(
      `${title} failed: ${command} ${args.join(' ')} ended with ${code}\n\n${tail}${cause ? `\n\n${cause}` : ''}`,
    );
  }
  say(`✓ ${title} (${((performance.now() - started) / 1000).toFixed(1)} s)`);
  return output;
}
