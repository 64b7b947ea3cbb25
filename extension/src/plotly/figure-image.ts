import type { Data, Layout } from 'plotly.js';
import type { Figure } from './parse-figure.ts';

/** Pixels of the image per pixel of the figure, for sharp print. */
const SCALE = 2;

/**
 * A figure as a PNG on white, in Plotly's own colours: it is read where no theme is known.
 *
 * @param width in pixels, if the figure sets none.
 * @param height likewise.
 * @returns the PNG, base64.
 */
export async function figureImage(
  plotly: typeof import('plotly.js'),
  figure: Figure,
  width: number,
  height: number,
): Promise<string> {
  const { data, layout } = structuredClone(figure);
  const url = await plotly.toImage(
    { data: data as Data[], layout: layout as Partial<Layout> },
    { format: 'png', width, height, scale: SCALE },
  );
  return url.slice(url.indexOf(',') + 1);
}
