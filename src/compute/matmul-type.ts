import type { AddonBinding, Attribute } from './addon-binding.ts';
import type { Graph, ShapedTensor } from './graph.ts';

/** A type in which matrices may be multiplied. */
export type MatmulType = 'float32' | 'bfloat16';

/** TensorFlow's number for bfloat16, which the package does not know. */
const TF_BFLOAT16 = 14;

const PRODUCTS = new Set(['MatMul', 'BatchMatMulV2']);

/** Adds ops to a graph, products of float32 matrices as products in bfloat16 that are cast back to float32. */
export function bfloat16Products(graph: Graph, binding: AddonBinding): Graph['node'] {
  const { TF_ATTR_TYPE, TF_FLOAT } = binding;
  const type = (name: string, value: number): Attribute => ({ name, type: TF_ATTR_TYPE, value });
  const cast = (id: number, from: number, to: number): ShapedTensor[] =>
    graph.node('Cast', [id], [type('SrcT', from), type('DstT', to)]);
  // A matrix is cast once for all products that it is in.
  const known = new Map<number, number>();
  const halved = (id: number): number => {
    const half = known.get(id) ?? cast(id, TF_FLOAT, TF_BFLOAT16)[0]?.id ?? id;
    known.set(id, half);
    return half;
  };
  return (op, inputs, attributes) => {
    const isReal = attributes.some(({ name, value }) => name === 'T' && value === TF_FLOAT);
    if (!PRODUCTS.has(op) || !isReal) return graph.node(op, inputs, attributes);
    const others = attributes.filter(({ name }) => name !== 'T');
    const products = graph.node(op, inputs.map(halved), [...others, type('T', TF_BFLOAT16)]);
    return products.flatMap(({ id }) => cast(id, TF_BFLOAT16, TF_FLOAT));
  };
}
