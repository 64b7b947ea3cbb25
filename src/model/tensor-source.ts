import { elementCount } from '../files/index.ts';

/** A tensor to write. */
export interface TensorSource {
  name: string;
  /** Lengths of its dimensions, the outermost first. */
  shape: readonly number[];
  /** Its elements, row by row; called once, when their turn comes, so that not all need be in memory. */
  values: () => Float32Array | Promise<Float32Array>;
}

/**
 * Refuses tensors of which two have one name.
 *
 * @param reserved name that the format keeps for itself; default none.
 */
export function requireNames(tensors: readonly TensorSource[], reserved?: string): void {
  const names = new Set<string>();
  for (const { name } of tensors) {
    if (names.has(name) || name === reserved) {
      const found = names.has(name) ? 'it twice' : 'it, which the format keeps for itself';
      throw new RangeError(
        `Cannot write tensor "${name}": each name must belong to one tensor, found ${found}`,
      );
    }
    names.add(name);
  }
}

/** Returns the number of a tensor's elements. @throws {RangeError} if its shape is none. */
export function elementsOf({ name, shape }: TensorSource): number {
  return elementCount(shape, `the shape of tensor "${name}", to write it`);
}

/** Reads a tensor's elements. @throws {RangeError} if they do not fill its shape. */
export async function valuesOf(tensor: TensorSource): Promise<Float32Array> {
  const values = await tensor.values();
  const required = elementsOf(tensor);
  if (values.length === required) return values;
  throw new RangeError(
    `Cannot write tensor "${tensor.name}": it needs ${required} values, for the shape ${tensor.shape.join(' × ')}, found ${values.length}`,
  );
}
