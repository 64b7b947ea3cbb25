/**
 * Starts Python in a realm and follows every property, accessor and prototype from its module.
 * Prints how many objects there are and the paths of those that belong to another realm.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { argv, stdout } from 'node:process';
import { runInContext } from 'node:vm';
import { transplant } from '../../../../src/evaluate/sandbox/child/bare-realm.mjs';
import { loadPython, PYTHON_FILES } from '../../../../src/evaluate/sandbox/child/load-python.mjs';

const files = new Map(PYTHON_FILES.map(name => [name, readFileSync(join(argv[2] ?? '', name))]));
const { realm, module } = await loadPython(files, readFileSync(argv[3] ?? ''), () => {});
const roots = { module, globalThis: runInContext('globalThis', realm) };
const search = transplant(foreignObjects, realm);
stdout.write(
  JSON.stringify({ python: search(roots), planted: search({ root: { leak: setTimeout, data: {} } }) }),
);

/** @param {Record<string, unknown>} roots */
function foreignObjects(roots) {
  const visited = new Set();
  /** @type {string[]} */
  const foreign = [];
  /** @type {[string, any][]} */
  const pending = Object.keys(roots).map(name => [name, roots[name]]);
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const [path, object] = next;
    if (Object(object) !== object || visited.has(object)) continue;
    visited.add(object);
    let top = object;
    for (let above = object; above !== null; above = Reflect.getPrototypeOf(above)) top = above;
    if (top !== Object.prototype && Object.hasOwn(top, 'isPrototypeOf')) foreign.push(path);
    if (ArrayBuffer.isView(object)) continue;
    for (const key of Reflect.ownKeys(object)) {
      const { value, get, set } = Reflect.getOwnPropertyDescriptor(object, key) ?? {};
      for (const held of [value, get, set]) pending.push([`${path}.${String(key)}`, held]);
    }
    pending.push([`${path}.[[Prototype]]`, Reflect.getPrototypeOf(object)]);
  }
  return { visited: visited.size, foreign };
}
