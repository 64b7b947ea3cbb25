import type { TFEOpAttr, TFJSBinding } from '@tensorflow/tfjs-node-gpu/dist/tfjs_binding.js';

/** An attribute of a TensorFlow op, such as `{name: 'transpose_a', type: binding.TF_ATTR_BOOL, value: true}`. */
export type Attribute = TFEOpAttr;

/** A tensor of a graph. Extents that TensorFlow cannot infer are -1; the shape is null without a known rank. */
export interface GraphTensor {
  id: number;
  dtype: number;
  shape: number[] | null;
}

/** A graph under construction, held by the addon. */
export type NativeGraph = { readonly nativeGraph: unique symbol };

/** The native addon: the package's interface, and what `addon/graph_functions.cc` adds. */
export interface AddonBinding extends TFJSBinding {
  newGraph(): NativeGraph;
  /** Returns the op's definition, an `OpDef` protocol buffer. */
  opDefinition(graph: NativeGraph, op: string): Uint8Array;
  /** `bytes` are the values as they lie in memory. */
  addConstant(graph: NativeGraph, dtype: number, shape: readonly number[], bytes: Uint8Array): GraphTensor[];
  /** Adds the value of a variable, which a function may assign again. */
  addVariable(graph: NativeGraph, dtype: number, shape: readonly number[]): GraphTensor[];
  /** Adds an op; an input is a tensor's id, or a list of these where the op takes a list. */
  addNode(
    graph: NativeGraph,
    op: string,
    inputs: readonly (number | readonly number[])[],
    attributes: readonly Attribute[],
  ): GraphTensor[];
  /**
   * Makes the graph a function that `executeOp` calls by name. `inputs` are all of the graph's placeholders and
   * variables. An assignment is `[variable, value]`; in place of the variable's value the function then takes its
   * handle.
   */
  addFunction(
    graph: NativeGraph,
    name: string,
    inputs: readonly number[],
    outputs: readonly number[],
    assignments: readonly (readonly [number, number])[],
    xla: boolean,
  ): void;
  removeFunction(name: string): void;
}
