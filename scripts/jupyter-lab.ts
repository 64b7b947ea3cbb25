import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { install } from 'imitation-lab/setup';
import { ScriptError } from './step.mjs';
import { setUpTensorflow } from './tensorflow.ts';
import { ensureVenv, type Venv } from './venv.ts';

const FIRST_PORT = 8888;
const PORTS_TRIED = 50;
const START_TIMEOUT_MS = 120_000;

/** Settings without JupyterLab's start-up questions; a user's own settings take precedence. */
const DEFAULTS = {
  '@jupyterlab/apputils-extension:notification': { fetchNews: 'false', checkForUpdates: false },
};

/**
 * Sets up the project's virtual environment with JupyterLab, our kernel and our extension, and TensorFlow for the
 * notebooks that run models.
 *
 * @param root the project's folder.
 */
export async function ensureJupyterLab(root: string): Promise<Venv> {
  const venv = await ensureVenv(join(root, 'build', 'venv'), join(root, 'scripts', 'requirements.txt'));
  await install(venv.prefix);
  const settings = join(venv.prefix, 'share', 'jupyter', 'lab', 'settings');
  await mkdir(settings, { recursive: true });
  await writeFile(join(settings, 'overrides.json'), `${JSON.stringify(DEFAULTS, null, 2)}\n`);
  await setUpTensorflow(venv.python);
  return venv;
}

/** A running JupyterLab. */
export interface JupyterLab {
  /** Address with the access token. */
  readonly url: string;
  readonly origin: string;
  readonly token: string;
  readonly process: ChildProcess;
  /** Resolves when the server has ended. */
  readonly ended: Promise<void>;
}

/** Options of {@link startJupyterLab}. */
export interface JupyterLabOptions {
  venv: Venv;
  /** The folder that JupyterLab shows. */
  folder: string;
  /** Required port; without it the first free one from 8888 on. */
  port?: number;
  env?: NodeJS.ProcessEnv;
  /** Further arguments for `jupyter lab`. */
  args?: readonly string[];
  /** Prints the server's log to this terminal. */
  log?: boolean;
}

/**
 * Starts JupyterLab on loopback and waits until it answers.
 *
 * @throws {ScriptError} if the port is taken or the server ends before it answers.
 */
export async function startJupyterLab(options: JupyterLabOptions): Promise<JupyterLab> {
  const port = await freePort(options.port);
  const token = randomBytes(24).toString('hex');
  const args = [
    '-m',
    'jupyterlab',
    '--no-browser',
    '--ServerApp.ip=127.0.0.1',
    `--ServerApp.port=${port}`,
    '--ServerApp.port_retries=0',
    `--ServerApp.root_dir=${options.folder}`,
    ...(process.getuid?.() === 0 ? ['--allow-root'] : []),
    ...(options.args ?? []),
  ];
  // The token travels in the environment: command lines are readable by every user of the machine.
  const env = { ...process.env, ...options.env, JUPYTER_TOKEN: token };
  const child = spawn(options.venv.python, args, {
    cwd: options.folder,
    env,
    stdio: ['ignore', options.log ? 'inherit' : 'ignore', options.log ? 'inherit' : 'pipe'],
  });
  let log = '';
  child.stderr?.on('data', (chunk: Buffer) => {
    log = (log + chunk.toString()).slice(-10_000);
  });
  const ended = new Promise<void>(resolve => child.once('close', () => resolve()));
  const origin = `http://127.0.0.1:${port}`;
  const deadline = Date.now() + START_TIMEOUT_MS;
  while (!(await answers(`${origin}/api/status?token=${token}`))) {
    if (child.exitCode !== null)
      throw new ScriptError(`JupyterLab ended before it answered.\n\n${log.trimEnd()}`);
    if (Date.now() > deadline) {
      child.kill();
      throw new ScriptError(
        `JupyterLab did not answer on ${origin} within ${START_TIMEOUT_MS / 1000} s.\n\n${log}`,
      );
    }
    await sleep(100);
  }
  return { url: `${origin}/lab?token=${token}`, origin, token, process: child, ended };
}

async function answers(url: string): Promise<boolean> {
  return fetch(url).then(
    response => response.ok,
    () => false,
  );
}

/**
 * Returns a free port on loopback: the required one, or the first free one from 8888 on.
 *
 * @throws {ScriptError} if it is taken.
 */
export async function freePort(required?: number): Promise<number> {
  const first = required ?? FIRST_PORT;
  for (let port = first; port < first + (required === undefined ? PORTS_TRIED : 1); port++) {
    if (await isFree(port)) return port;
  }
  throw new ScriptError(
    required === undefined
      ? `No free port between ${FIRST_PORT} and ${FIRST_PORT + PORTS_TRIED - 1}. Name one: npm start -- --port 9000`
      : `Port ${required} is taken by another program. Leave out --port to use a free one.`,
  );
}

function isFree(port: number): Promise<boolean> {
  return new Promise(resolve => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
}
