import { randomFillSync } from 'node:crypto';
import { performance } from 'node:perf_hooks';
import { TextDecoder, TextEncoder } from 'node:util';
import { createContext, runInContext } from 'node:vm';
import { furnishRealm } from './furnish-realm.mjs';

/**
 * Makes a world of JavaScript beside this one, with its own `Object`, `Function` and `Error`, with nothing of
 * Node, and with no way to make code from text. What it is given are closures of its own that hand over and
 * get back numbers, texts and bytes, never an object of ours by which it could climb out.
 *
 * @param {(text: string) => void} log receives what is written to the console.
 * @returns {import('node:vm').Context}
 */
export function bareRealm(log) {
  const realm = createContext(Object.create(null), { codeGeneration: { strings: false, wasm: true } });
  const encoder = new TextEncoder();
  transplant(
    furnishRealm,
    realm,
  )({
    log,
    now: () => performance.now(),
    random: () => randomFillSync(new Uint8Array(1))[0] ?? 0,
    decode: (label, bytes, fatal, ignoreBOM) => new TextDecoder(label, { fatal, ignoreBOM }).decode(bytes),
    encodeInto: (text, bytes) => encoder.encodeInto(text, bytes),
  });
  return realm;
}

/**
 * Makes a function again inside a realm, so that it and all it creates belong there. It must use only its parameters
 * and what every realm has.
 *
 * @template {(...parameters: any[]) => any} F
 * @param {F} make
 * @param {import('node:vm').Context} realm
 * @returns {F}
 */
export function transplant(make, realm) {
  return runInContext(`'use strict'; (${make})`, realm);
}
