#!/usr/bin/env node
/**
 * The first step of every npm script: from a bare clone to installed packages and a built project,
 * then on to `dist/setup/COMMAND.js`. Needs nothing but Node.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { hashInputs, isStamped, writeStamp } from './stamp.mjs';
import { runStep, SetupError, say } from './step.mjs';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const REQUIRED_NODE = [20, 19];
const COMMANDS = ['start', 'test', 'test-references', 'reproduce', 'bench'];

/** Errors whose message tells all that a user needs; others are printed with their stack. */
const SAYS_ENOUGH = ['SetupError', 'NotebookError'];

/** @param {string[]} names */
const inRoot = (...names) => join(ROOT, ...names);

function checkNode() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  const [needMajor = 0, needMinor = 0] = REQUIRED_NODE;
  if (major > needMajor || (major === needMajor && minor >= needMinor)) return;
  throw new SetupError(
    `Imitation Lab needs Node ${REQUIRED_NODE.join('.')} or newer; this is ${process.version}. Get it from https://nodejs.org`,
  );
}

/**
 * Runs npm by the Node that runs us, so that both agree.
 *
 * @param {string} title
 * @param {string[]} args
 */
async function npm(title, args) {
  const script = process.env.npm_execpath;
  await runStep(title, script ? process.execPath : 'npm', script ? [script, ...args] : args, { cwd: ROOT });
}

async function installPackages() {
  const stamp = inRoot('node_modules', '.imitation-lab-stamp');
  const inputs = ['package.json', 'package-lock.json', 'kernel/package.json', 'extension/package.json'];
  const hash = () =>
    hashInputs(
      inputs.map(name => inRoot(name)),
      [process.version, process.platform, process.arch],
    );
  if (isStamped(stamp, hash())) return;
  await npm('Install packages', ['install', '--ignore-scripts', '--no-audit', '--no-fund']);
  writeStamp(stamp, hash());
}

async function build() {
  const stamp = inRoot('build', 'stamps', 'sources');
  const sources = [
    'src',
    'kernel/src',
    'extension/src',
    'extension/style',
    'tsconfig.json',
    'tsconfig.base.json',
  ];
  const configs = [
    'kernel/tsconfig.json',
    'extension/tsconfig.json',
    'package-lock.json',
    'extension/package.json',
  ];
  const hash = hashInputs([...sources, ...configs].map(name => inRoot(name)));
  if (isStamped(stamp, hash) && existsSync(inRoot('dist')) && existsSync(inRoot('extension/labextension')))
    return;
  const tsc = inRoot('node_modules', 'typescript', 'bin', 'tsc');
  await runStep('Build library and kernel', process.execPath, [tsc, '-b', 'kernel'], { cwd: ROOT });
  await npm('Build JupyterLab extension', ['run', 'build', '--workspace', 'extension']);
  writeStamp(stamp, hash);
}

async function main() {
  const [command = '', ...args] = process.argv.slice(2);
  if (!COMMANDS.includes(command)) {
    throw new SetupError(`Unknown command "${command}": it must be one of ${COMMANDS.join(', ')}`);
  }
  checkNode();
  await installPackages();
  await build();
  const { main: run } = await import(pathToFileURL(inRoot('dist', 'setup', `${command}.js`)).href);
  await run(ROOT, args);
}

main().catch(error => {
  if (error instanceof Error && SAYS_ENOUGH.includes(error.name)) {
    say(`\n✗ ${error.message}`);
  } else {
    console.error(error);
  }
  process.exitCode = 1;
});
