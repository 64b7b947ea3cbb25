import type { PlotlyFigure } from 'imitation-lab/schema';

/** A figure as peers also write it: Plotly's own JSON may carry a `config`. */
export interface Figure extends PlotlyFigure {
  config?: Record<string, unknown>;
}

/**
 * Checks that `source`, as it arrived in a MIME bundle, is a Plotly figure. A missing layout is an empty one.
 *
 * @throws {TypeError} if it is not `{data: object[], layout?: object, config?: object}`.
 */
export function parseFigure(source: unknown): Figure {
  const { data, layout = {}, config = {} } = isObject(source) ? source : {};
  if (!Array.isArray(data) || !data.every(isObject)) {
    throw new TypeError(`Cannot show this figure: data must be an array of traces, it is ${describe(data)}`);
  }
  if (!isObject(layout)) {
    throw new TypeError(`Cannot show this figure: layout must be an object, it is ${describe(layout)}`);
  }
  return { data, layout, config: isObject(config) ? config : {} };
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function describe(value: unknown): string {
  if (Array.isArray(value)) return 'an array that holds something else';
  return value === undefined ? 'missing' : (JSON.stringify(value) ?? typeof value).slice(0, 60);
}
