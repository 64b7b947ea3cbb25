import { createHash } from 'node:crypto';
import type { AddonBinding, Attribute, GraphTensor, NativeGraph } from './addon-binding.ts';
import { type OpDefinition, parseOpDefinition } from './op-definition.ts';

/** A node of a graph in words, so that two recordings of one step can be compared. */
export interface NodeText {
  op: string;
  inputs: readonly number[];
  /** All that decides what the node computes: attributes, or a constant's type, shape and content. */
  detail: string;
  outputs: readonly number[];
}

/** A tensor whose shape is known. */
export type ShapedTensor = GraphTensor & { shape: number[] };

/** Ids of a variable and of its new value. */
export type Assignment = readonly [variable: number, value: number];

type TypedArray = Float32Array | Int32Array | Uint8Array;

/** Constants above this size are held by their hash, and built by a Fill where their values are all the same. */
const SMALL = 16;

/** Builds a TensorFlow graph: types and shapes are inferred, nothing is computed. */
export class Graph {
  /** Ops that were added, in order. */
  readonly nodes: NodeText[] = [];
  /** Let go of once it is a function, since it holds a copy of every constant. */
  private native: NativeGraph | undefined;
  private readonly binding: AddonBinding;
  private readonly definitions = new Map<string, OpDefinition>();
  private readonly constants = new Map<string, ShapedTensor>();
  private readonly placeholders: number[] = [];

  constructor(binding: AddonBinding) {
    this.binding = binding;
    this.native = binding.newGraph();
  }

  /** Adds a value that is given at each call. */
  placeholder(dtype: number, shape: readonly number[], detail: string): ShapedTensor {
    const { TF_ATTR_TYPE, TF_ATTR_SHAPE } = this.binding;
    const [tensor] = this.add('Placeholder', [], [], detail, [
      { name: 'dtype', type: TF_ATTR_TYPE, value: dtype },
      { name: 'shape', type: TF_ATTR_SHAPE, value: [...shape] },
    ]);
    if (!tensor) throw new Error('A placeholder must have one output, found none');
    this.placeholders.push(tensor.id);
    return tensor;
  }

  /** Adds the value of a variable before the call. */
  variable(dtype: number, shape: readonly number[], detail: string): ShapedTensor {
    const [tensor] = this.binding.addVariable(this.open(), dtype, shape);
    const variable = requireShape('ReadVariableOp', tensor);
    this.nodes.push({ op: 'Variable', inputs: [], detail, outputs: [variable.id] });
    this.placeholders.push(variable.id);
    return variable;
  }

  /**
   * Adds a value that is fixed in the graph.
   *
   * @throws {Error} if it is text.
   */
  constant(dtype: number, shape: readonly number[], values: unknown): ShapedTensor {
    if (!isTypedArray(values)) throw new Error('a graph cannot hold a constant of texts');
    const size = values.length;
    if (size > SMALL && values.every(value => Object.is(value, values[0]))) {
      const extents = this.constant(this.binding.TF_INT32, [shape.length], Int32Array.from(shape));
      const value = this.constant(dtype, [], values.slice(0, 1));
      const [filled] = this.node('Fill', [extents.id, value.id], []);
      if (filled) return filled;
    }
    const bytes = new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
    const text =
      size > SMALL ? createHash('sha256').update(bytes).digest('hex') : Array.from(values, textOf).join(' ');
    const detail = `${this.typeName(dtype)} [${shape}] ${text}`;
    const known = this.constants.get(detail);
    if (known) return known;
    const [tensor] = this.binding.addConstant(this.open(), dtype, shape, bytes);
    const constant = requireShape('Const', tensor);
    this.nodes.push({ op: 'Const', inputs: [], detail, outputs: [constant.id] });
    this.constants.set(detail, constant);
    return constant;
  }

  /**
   * Adds an op. Attributes that TensorFlow infers from the inputs may be missing.
   *
   * @throws {Error} if TensorFlow refuses it, or cannot infer the shape of its outputs.
   */
  node(op: string, inputs: readonly number[], attributes: readonly Attribute[]): ShapedTensor[] {
    const definition = this.definitionOf(op);
    // In eager mode, where tfjs lives, TensorFlow overlooks attributes that an op does not have.
    const known = attributes.filter(({ name }) => definition.attributes.has(name));
    const detail = known.map(({ name, value }) => `${name}=${JSON.stringify(value)}`).join(' ');
    return this.add(op, groupInputs(definition, inputs, known), inputs, detail, known);
  }

  /**
   * Makes the graph a function, to which nothing can be added any more: its inputs are the placeholders and variables
   * in the order in which they were added.
   *
   * @param outputs ids of tensors.
   * @param assignments ids of variables, each with that of its new value.
   */
  defineFunction(
    name: string,
    outputs: readonly number[],
    assignments: readonly Assignment[],
    xla: boolean,
  ): void {
    // Through an Identity, so that an input may be an output, and one tensor several.
    const results = outputs.map(id => this.binding.addNode(this.open(), 'Identity', [id], [])[0]?.id ?? id);
    this.binding.addFunction(this.open(), name, this.placeholders, results, assignments, xla);
    this.native = undefined;
    this.constants.clear();
  }

  private add(
    op: string,
    grouped: readonly (number | readonly number[])[],
    inputs: readonly number[],
    detail: string,
    attributes: readonly Attribute[],
  ): ShapedTensor[] {
    const outputs = this.binding.addNode(this.open(), op, grouped, attributes);
    this.nodes.push({ op, inputs, detail, outputs: outputs.map(({ id }) => id) });
    return outputs.map(output => requireShape(op, output));
  }

  private typeName(dtype: number): string {
    const { TF_FLOAT, TF_INT32, TF_BOOL } = this.binding;
    return { [TF_FLOAT]: 'float32', [TF_INT32]: 'int32', [TF_BOOL]: 'bool' }[dtype] ?? `type ${dtype}`;
  }

  private open(): NativeGraph {
    if (this.native) return this.native;
    throw new Error('a graph that has become a function takes no more ops');
  }

  private definitionOf(op: string): OpDefinition {
    const known = this.definitions.get(op);
    if (known) return known;
    const definition = parseOpDefinition(this.binding.opDefinition(this.open(), op));
    this.definitions.set(op, definition);
    return definition;
  }
}

function textOf(value: number): string {
  return Object.is(value, -0) ? '-0' : String(value);
}

function isTypedArray(values: unknown): values is TypedArray {
  return values instanceof Float32Array || values instanceof Int32Array || values instanceof Uint8Array;
}

function requireShape(op: string, tensor: GraphTensor | undefined): ShapedTensor {
  if (tensor?.shape && !tensor.shape.includes(-1)) return { ...tensor, shape: tensor.shape };
  throw new Error(`the shape of what ${op} gives depends on values that are known only when it runs`);
}

/** Puts inputs that belong to one list together: `ConcatV2` takes `[values…], axis`. */
function groupInputs(
  { inputs: slots }: OpDefinition,
  inputs: readonly number[],
  attributes: readonly Attribute[],
): (number | readonly number[])[] {
  let at = 0;
  return slots.map(({ lengthAttribute }, slot) => {
    if (lengthAttribute === undefined) return inputs[at++] ?? 0;
    const given = attributes.find(({ name }) => name === lengthAttribute)?.value;
    const length = typeof given === 'number' ? given : inputs.length - at - (slots.length - slot - 1);
    at += length;
    return inputs.slice(at - length, at);
  });
}
