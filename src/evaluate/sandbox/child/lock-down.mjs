import { createRequire, syncBuiltinESMExports } from 'node:module';
import process from 'node:process';
import { createContext, runInContext } from 'node:vm';

/** Modules that reach the network, other processes, threads or Node's insides; each is emptied. */
const CLOSED_MODULES = [
  ...['net', 'tls', 'dgram', 'dns', 'dns/promises', 'http', 'https', 'http2'],
  ...['child_process', 'cluster', 'worker_threads', 'inspector', 'inspector/promises'],
  ...['module', 'repl', 'wasi', 'v8', 'trace_events'],
];

/** Members of `process` that Node itself calls until this process ends. */
const KEPT_OF_PROCESS = ['nextTick', 'emit', 'emitWarning', 'exit', 'reallyExit', '_tickCallback', '_events'];

/**
 * Takes from this process what Node's permission model leaves: the network, signals to other processes, and
 * every global that is not plain JavaScript. What the caller still needs it must have taken before.
 */
export function lockDown() {
  const require = createRequire(import.meta.url);
  const synchronise = syncBuiltinESMExports;
  for (const name of CLOSED_MODULES) empty(load(require, name));
  empty(process, KEPT_OF_PROCESS);
  synchronise();
  const plain = new Set(runInContext('Object.getOwnPropertyNames(globalThis)', createContext({})));
  for (const name of Object.getOwnPropertyNames(globalThis)) {
    if (!plain.has(name)) Reflect.deleteProperty(globalThis, name);
  }
}

/**
 * @param {NodeJS.Require} require
 * @param {string} name
 * @returns {object} the module's exports; nothing where this Node has no such module.
 */
function load(require, name) {
  try {
    return require(`node:${name}`);
  } catch {
    return {};
  }
}

/**
 * Replaces all that a module exports, and the methods of the classes among it, by a refusal.
 *
 * @param {object} exports
 * @param {PropertyKey[]} [kept]
 */
function empty(exports, kept = []) {
  for (const key of Reflect.ownKeys(exports).filter(key => !kept.includes(key))) {
    const value = Reflect.getOwnPropertyDescriptor(exports, key)?.value;
    if (typeof value?.prototype === 'object') refuseMethods(value.prototype);
    Reflect.defineProperty(exports, key, { value: refuse, configurable: true, writable: true });
  }
}

/** @param {object} prototype */
function refuseMethods(prototype) {
  for (const key of Reflect.ownKeys(prototype)) {
    const method = Reflect.getOwnPropertyDescriptor(prototype, key);
    if (method?.configurable && typeof method.value === 'function') {
      Reflect.defineProperty(prototype, key, { ...method, value: refuse });
    }
  }
}

function refuse() {
  throw new Error('closed in the sandbox');
}
