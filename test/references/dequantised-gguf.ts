import { open, readFile } from 'node:fs/promises';
import { openGguf } from '../../src/model/index.ts';

/** Bytes of one value by its type in GGUF; texts and arrays say their own length. */
const WIDTHS = [1, 1, 2, 2, 4, 4, 4, 1, undefined, undefined, 8, 8, 8] as const;
const TEXT = 8;
const ARRAY = 9;
const F32 = 0;
const ALIGNMENT = 32;

/**
 * Writes a GGUF file again with every tensor as float32: what llama.cpp then computes on is neither quantised nor
 * rounded.
 */
export async function writeDequantised(from: string, to: string): Promise<void> {
  const source = await openGguf(from);
  const bytes = await readFile(from);
  const names = [...source.tensors.keys()];
  const head = Buffer.concat([bytes.subarray(0, endOfMetadata(bytes)), infos()]);
  const out = await open(to, 'w');
  await out.write(padded(head));
  for (const name of names) {
    const values = await source.read(name);
    if (!(values instanceof Float32Array)) throw new Error(`${name} holds no real numbers`);
    await out.write(padded(Buffer.from(values.buffer, values.byteOffset, values.byteLength)));
  }
  await out.close();
  await source.close();

  function infos(): Buffer {
    let offset = 0n;
    return Buffer.concat(
      names.map(name => {
        const shape = source.tensors.get(name)?.shape ?? [];
        const info = Buffer.concat([
          uint64(BigInt(Buffer.byteLength(name))),
          Buffer.from(name),
          uint32(shape.length),
          ...shape.toReversed().map(length => uint64(BigInt(length))),
          uint32(F32),
          uint64(offset),
        ]);
        const size = 4 * shape.reduce((product, length) => product * length, 1);
        offset += BigInt(Math.ceil(size / ALIGNMENT) * ALIGNMENT);
        return info;
      }),
    );
  }
}

/** Where the list of tensors begins: after the magic number, the version, two counts and all metadata. */
function endOfMetadata(bytes: Buffer): number {
  let at = 24;
  const text = () => {
    at += 8 + Number(bytes.readBigUInt64LE(at));
  };
  const value = (type: number): void => {
    if (type === TEXT) text();
    else if (type === ARRAY) {
      const inner = bytes.readUInt32LE(at);
      const count = Number(bytes.readBigUInt64LE(at + 4));
      at += 12;
      for (let i = 0; i < count; i++) value(inner);
    } else at += WIDTHS[type] ?? Number.NaN;
  };
  for (let left = Number(bytes.readBigUInt64LE(16)); left > 0; left--) {
    text();
    const type = bytes.readUInt32LE(at);
    at += 4;
    value(type);
  }
  return at;
}

function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}

function uint64(value: bigint): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64LE(value);
  return bytes;
}

function padded(bytes: Buffer): Buffer {
  const size = Math.ceil(bytes.length / ALIGNMENT) * ALIGNMENT;
  return size === bytes.length ? bytes : Buffer.concat([bytes, Buffer.alloc(size - bytes.length)]);
}
