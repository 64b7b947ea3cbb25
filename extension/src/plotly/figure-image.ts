import type { Data, Layout } from 'plotly.js';
import { figureTheme } from './figure-theme.ts';
import type { Figure } from './parse-figure.ts';

/** Pixels of the image per pixel of the figure, for sharp print. */
const SCALE = 2;

/** In place of a theme's variables: dark on white, for it is read where no theme is known. */
const PRINT: Readonly<Record<string, string>> = {
  '--jp-ui-font-color1': '#212121',
  '--jp-ui-font-family': 'system-ui, sans-serif',
  '--jp-border-color1': '#bdbdbd',
  '--jp-border-color2': '#e0e0e0',
};

/**
 * Draws a figure as a PNG, dark on white.
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
  const { layout: defaults, ...theme } = figureTheme(variable => PRINT[variable] ?? '');
  const template = { ...theme, layout: { ...defaults, paper_bgcolor: '#fff' } };
  const url = await plotly.toImage(
    { data: data as Data[], layout: { template, ...layout } as Partial<Layout> },
    { format: 'png', width, height, scale: SCALE },
  );
  return url.slice(url.indexOf(',') + 1);
}
