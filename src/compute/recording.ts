import type { Tensor, TensorInfo, Variable } from '@tensorflow/tfjs';
import type { Attribute, GraphTensor } from './addon-binding.ts';
import { Graph } from './graph.ts';
import { bfloat16Products, type MatmulType } from './matmul-type.ts';
import { type OpRecorder, RECORDED, type TensorflowBackend } from './tensorflow-backend.ts';
import { tf } from './tf.ts';

/** A step that would be compiled wrongly: it holds values that a replay could not know. */
export class RefusedStep extends Error {
  override name = 'RefusedStep';
}

/** Source of a recording's input at each call. */
export type Source =
  | { kind: 'argument'; index: number }
  | { kind: 'variable'; variable: Variable }
  /** A tensor that the step found in its surroundings, such as a mask; held until the recording is released. */
  | { kind: 'outside'; tensor: Tensor };

/** Notes what a step does as a graph, while nothing runs. */
export class Recording implements OpRecorder {
  readonly graph: Graph;
  /** In the order of the graph's placeholders. */
  readonly sources: Source[] = [];
  private readonly backend: TensorflowBackend;
  /** Added to the graph's ids, so that ids of two recordings never mix. */
  private readonly base: number;
  private readonly placeholders = new Map<object, number>();
  private readonly known = new Map<object, Source>();
  private readonly made = new WeakSet<object>();

  private readonly add: Graph['node'];

  constructor(
    backend: TensorflowBackend,
    args: readonly Tensor[],
    variables: readonly Variable[],
    matmul: MatmulType = 'float32',
  ) {
    this.backend = backend;
    const graph = new Graph(backend.addon);
    this.graph = graph;
    this.add = matmul === 'bfloat16' ? bfloat16Products(graph, backend.addon) : graph.node.bind(graph);
    this.base = backend.nextRecorded;
    args.forEach(({ dataId }, index) => void this.known.set(dataId, { kind: 'argument', index }));
    for (const variable of variables) this.known.set(variable.dataId, { kind: 'variable', variable });
  }

  node(op: string, inputs: readonly number[], attributes: readonly Attribute[]): GraphTensor[] {
    const ids = inputs.map(id => this.graphId(id));
    return this.add(op, ids, attributes).map(tensor => ({ ...tensor, id: this.note(tensor.id) }));
  }

  idOf(tensor: TensorInfo): number {
    // A 64-bit integer, which the package passes without making it a tensor.
    if ('valueArray' in tensor)
      return this.note(this.graph.constant(this.backend.addon.TF_INT64, [], tensor.valueArray).id);
    const placeholder = this.placeholders.get(tensor.dataId);
    if (placeholder !== undefined) return this.note(placeholder);
    if (this.known.has(tensor.dataId)) return this.note(this.input(tensor));
    const data = this.backend.tensorMap.get(tensor.dataId);
    if (data.id >= this.base) return data.id;
    if (data.id >= RECORDED)
      throw new RefusedStep(
        'it uses a tensor that its earlier run made and kept; return it and pass it in again',
      );
    if (this.made.has(tensor.dataId)) {
      data.id = this.note(this.graph.constant(data.dtype, data.shape, data.values).id);
      return data.id;
    }
    return this.note(this.input(tensor));
  }

  own(dataId: object): void {
    this.made.add(dataId);
  }

  requireReadable(dataId: object): void {
    if (this.made.has(dataId)) return;
    throw new RefusedStep(
      `it reads the values of ${this.describe(dataId)}, which a replay could not do again; ` +
        'return the tensor and read it outside of the step',
    );
  }

  /** Returns the graph's id of a recorded tensor. */
  graphId(id: number): number {
    return id - this.base;
  }

  /** Lets go of the tensors that were found outside of the step. */
  release(): void {
    for (const source of this.sources) if (source.kind === 'outside') source.tensor.dispose();
  }

  private note(graphId: number): number {
    const id = this.base + graphId;
    this.backend.nextRecorded = Math.max(this.backend.nextRecorded, id + 1);
    return id;
  }

  private input(tensor: TensorInfo): number {
    const source = this.known.get(tensor.dataId) ?? this.outside(tensor);
    const { dtype, shape } = this.backend.tensorMap.get(tensor.dataId);
    const { id } =
      source.kind === 'variable'
        ? this.graph.variable(dtype, shape, describeSource(source))
        : this.graph.placeholder(dtype, shape, describeSource(source));
    this.sources.push(source);
    this.placeholders.set(tensor.dataId, id);
    return id;
  }

  private outside(tensor: TensorInfo): Source {
    const held = tf.keep(tf.engine().makeTensorFromTensorInfo(tensor));
    this.backend.incRef(tensor.dataId);
    return { kind: 'outside', tensor: held };
  }

  private describe(dataId: object): string {
    const source = this.known.get(dataId);
    if (source) return describeSource(source);
    const { id } = this.backend.tensorMap.get(dataId);
    const maker = this.graph.nodes.find(({ outputs }) => outputs.includes(id - this.base));
    return maker ? `what ${maker.op} gives` : describeSource({ kind: 'outside' });
  }
}

function describeSource(source: { kind: 'outside' } | Source): string {
  if (source.kind === 'argument') return `argument ${source.index + 1}`;
  return source.kind === 'variable' ? `variable ${source.variable.name}` : 'a tensor from outside';
}
