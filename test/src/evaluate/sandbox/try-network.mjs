/** Locks this process down and then tries everything that Node offers to reach a network or another process. */
import { writeSync } from 'node:fs';
import process, { exit } from 'node:process';
import { lockDown } from '../../../../src/evaluate/sandbox/child/lock-down.mjs';

const port = Number(process.argv[2]);
const parent = process.ppid;
const { JSON: Json, Promise: Async, setTimeout: later } = globalThis;
const timer = later.bind(globalThis);
lockDown();

const url = `http://127.0.0.1:${port}/`;
const attempts = {
  fetch: () => fetch(url),
  WebSocket: () => new WebSocket(url),
  EventSource: () => new EventSource(url),
  net: async () => (await import('node:net')).connect(port, '127.0.0.1'),
  'net.Socket': async () => new (await import('node:net')).Socket().connect(port, '127.0.0.1'),
  'net default': async () => (await import('node:net')).default.createConnection({ port }),
  tls: async () => (await import('node:tls')).connect(port, '127.0.0.1'),
  http: async () => (await import('node:http')).get(url),
  'http.ClientRequest': async () => new (await import('node:http')).ClientRequest(url).end(),
  https: async () => (await import('node:https')).get(url),
  http2: async () => (await import('node:http2')).connect(url),
  dgram: async () => (await import('node:dgram')).createSocket('udp4').send('x', port, '127.0.0.1'),
  dns: async () => (await import('node:dns')).lookup('localhost', () => {}),
  'dns/promises': async () => await (await import('node:dns/promises')).lookup('localhost'),
  inspector: async () => (await import('node:inspector')).open(0),
  child_process: async () => (await import('node:child_process')).spawnSync('true'),
  worker: async () => new (await import('node:worker_threads')).Worker('1', { eval: true }),
  createRequire: async () => (await import('node:module')).createRequire(import.meta.url)('node:net'),
  kill: async () => (await import('node:process')).kill(parent, 0),
  'process.kill': async () => (await import('node:process')).default.kill(parent, 0),
  binding: async () => (await import('node:process')).default.binding('tcp_wrap'),
  getBuiltinModule: async () => (await import('node:process')).default.getBuiltinModule('node:net'),
  dlopen: async () => (await import('node:process')).default.dlopen({}, 'x.node'),
  env: async () => (await import('node:process')).default.env.PATH.length,
};

const found = {};
for (const [name, attempt] of Object.entries(attempts)) {
  try {
    const value = await attempt();
    found[name] = value === undefined ? 'done' : `done: ${typeof value}`;
  } catch (error) {
    found[name] = `${error}`;
  }
}
await new Async(resolve => timer(resolve, 300));
writeSync(1, Json.stringify({ found, globals: Object.getOwnPropertyNames(globalThis) }));
exit(0);
