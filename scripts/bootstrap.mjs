#!/usr/bin/env node
/**
 * Runs the npm scripts of this repository from a bare clone: installs the packages and builds the project where
 * that is not up to date, then runs `build/scripts/COMMAND.js`, unless it is `build`. Requires only Node.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { hashInputs, isStamped, writeStamp } from './stamp.mjs';
import { runStep, ScriptError, say } from './step.mjs';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const REQUIRED_NODE = [20, 19];
const COMMANDS = ['build', 'start', 'check', 'test', 'test-references', 'reproduce', 'preregister', 'bench'];

/** Errors whose message is enough for a user; others are printed with their stack. */
const EXPLAINED = ['ScriptError', 'SetupError', 'NotebookError'];

/** @param {string[]} names */
const inRoot = (...names) => join(ROOT, ...names);

function checkNode() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  const [needMajor = 0, needMinor = 0] = REQUIRED_NODE;
  if (major > needMajor || (major === needMajor && minor >= needMinor)) return;
  throw new ScriptError(
    `Imitation Lab needs Node ${REQUIRED_NODE.join('.')} or newer; this is ${process.version}. Get it from https://nodejs.org`,
  );
}

/**
 * Runs npm with the Node of this process, so that both agree.
 *
 * @param {string} title
 * @param {string[]} args
 */
async function npm(title, args) {
  const script = process.env.npm_execpath;
  await runStep(title, script ? process.execPath : 'npm', script ? [script, ...args] : args, { cwd: ROOT });
}

/** @param {string} name of a script that was built */
function importBuilt(name) {
  return import(pathToFileURL(inRoot('build', 'scripts', `${name}.js`)).href);
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
    'scripts',
    'tsconfig.json',
    'tsconfig.base.json',
  ];
  const configs = [
    'kernel/tsconfig.json',
    'extension/tsconfig.json',
    'package.json',
    'package-lock.json',
    'extension/package.json',
  ];
  const hash = hashInputs([...sources, ...configs].map(name => inRoot(name)));
  const outputs = ['dist', 'build/scripts', 'extension/labextension'];
  if (isStamped(stamp, hash) && outputs.every(output => existsSync(inRoot(output)))) return;
  const tsc = inRoot('node_modules', 'typescript', 'bin', 'tsc');
  await runStep('Build library, kernel and scripts', process.execPath, [tsc, '-b', 'scripts'], { cwd: ROOT });
  const { writeSchemas } = await importBuilt('write-schemas');
  await writeSchemas(ROOT);
  await npm('Build JupyterLab extension', ['run', 'build', '--workspace', 'extension']);
  writeStamp(stamp, hash);
}

async function main() {
  const [command = '', ...args] = process.argv.slice(2);
  if (!COMMANDS.includes(command)) {
    throw new ScriptError(`Unknown command "${command}": it must be one of ${COMMANDS.join(', ')}`);
  }
  checkNode();
  await installPackages();
  await build();
  if (command === 'build') return;
  const { main: run } = await importBuilt(command);
  await run(ROOT, args);
}

main().catch(error => {
  if (error instanceof Error && EXPLAINED.includes(error.name)) {
    say(`\n✗ ${error.message}`);
  } else {
    console.error(error);
  }
  process.exitCode = 1;
});
