import { type InputFile, type StoredTensor, tensorAt } from '../files/index.ts';
import { ReadError, shown } from '../readers/index.ts';
import { FLOAT_TYPES } from './float-type.ts';

/** A tensor's elements, row by row: real numbers as float32, whole numbers as they are. */
export type TensorValues =
  | Float32Array
  | BigInt64Array
  | BigUint64Array
  | Int32Array
  | Uint32Array
  | Int16Array
  | Uint16Array
  | Int8Array
  | Uint8Array;

/** A file or folder of tensors, opened but not read; none of its bytes are in memory. */
export interface WeightFile {
  /** The file or folder. */
  path: string;
  /** Metadata of the file. */
  metadata: ReadonlyMap<string, unknown>;
  tensors: ReadonlyMap<string, StoredTensor>;
  /**
   * Reads one tensor's elements.
   *
   * @throws {ReadError} if there is no such tensor, or the file has changed.
   */
  read(name: string): Promise<TensorValues>;
  /** Closes the files behind it; nothing can be read any more. */
  close(): Promise<void>;
}

/**
 * Returns the tensor of this name.
 *
 * @throws {ReadError} if there is none.
 */
export function storedTensor(
  tensors: ReadonlyMap<string, StoredTensor>,
  name: string,
  path: string,
): StoredTensor {
  const tensor = tensors.get(name);
  if (tensor) return tensor;
  const some = [...tensors.keys()].slice(0, 3).map(shown).join(', ');
  throw new ReadError({
    at: tensorAt(path, name),
    required: 'a tensor',
    found: `${tensors.size}: ${some}, …`,
  });
}

/** Bytes decoded at once, which bounds what is in memory beside the values. */
const PIECE = 2 ** 24;

const WHOLE_NUMBERS = {
  I64: BigInt64Array,
  U64: BigUint64Array,
  I32: Int32Array,
  U32: Uint32Array,
  I16: Int16Array,
  U16: Uint16Array,
  I8: Int8Array,
  U8: Uint8Array,
  BOOL: Uint8Array,
} as const;

/** Returns the bytes of one element of a whole-number type, if it is one. */
export function wholeNumberBytes(type: string): number | undefined {
  return isWholeNumber(type) ? WHOLE_NUMBERS[type].BYTES_PER_ELEMENT : undefined;
}

/**
 * Requires that a tensor's elements are of a type that is decoded here.
 *
 * @throws {ReadError} if they are not.
 */
export function requireReadable(tensor: StoredTensor, path: string): void {
  if (!isWholeNumber(tensor.type) && !Object.hasOwn(FLOAT_TYPES, tensor.type)) throw unreadable(tensor, path);
}

function unreadable({ name, type }: StoredTensor, path: string): ReadError {
  const required = `one of the types ${Object.keys(FLOAT_TYPES).join(', ')}`;
  return new ReadError({ at: tensorAt(path, name), required, found: type });
}

/**
 * Reads the elements of a tensor whose bytes lie within the file.
 *
 * @throws {ReadError} if they are of a type that is not decoded here.
 */
export async function readTensor(file: InputFile, tensor: StoredTensor): Promise<TensorValues> {
  const { type, offset, bytes } = tensor;
  if (isWholeNumber(type)) {
    const buffer = new ArrayBuffer(bytes);
    await file.fill(new Uint8Array(buffer), offset);
    return new WHOLE_NUMBERS[type](buffer);
  }
  const block = FLOAT_TYPES[type];
  if (!block) throw unreadable(tensor, file.path);
  const values = new Float32Array((bytes / block.bytes) * block.values);
  if (type === 'F32') {
    await file.fill(new Uint8Array(values.buffer), offset);
    return values;
  }
  const piece = new Uint8Array(Math.min(bytes, PIECE - (PIECE % block.bytes)));
  for (let done = 0; done < bytes; done += piece.length) {
    const part = piece.subarray(0, Math.min(piece.length, bytes - done));
    await file.fill(part, offset + done);
    block.decode(part, values.subarray((done / block.bytes) * block.values));
  }
  return values;
}

function isWholeNumber(type: string): type is keyof typeof WHOLE_NUMBERS {
  return Object.hasOwn(WHOLE_NUMBERS, type);
}
