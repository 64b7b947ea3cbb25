import { pathToFileURL } from 'node:url';
import { type Browser, chromium, type Page } from 'playwright-core';
import { CHROMIUM_ARGS } from './chromium.ts';

const WIDTH = 1100;
const HEIGHT = 800;
const SCALE = 2;
/** Height at which the picture of a long comparison is cut; the HTML holds all of it. */
const MAX_HEIGHT = 1600;
const FIGURE = '#figure';

/** Paths of the pictures of a page, by the reader's preference. */
export interface Pictures {
  light: string;
  dark: string;
}

/** Draws figure pages in a headless browser. */
export interface ImageExporter {
  /**
   * Draws a page made by `figurePage`, in light and in dark.
   *
   * @param page path of the page.
   * @param pictures paths of the PNG files to write.
   * @returns the SVG of a Plotly figure in light, or undefined for a table.
   */
  draw(page: string, pictures: Pictures): Promise<string | undefined>;
  close(): Promise<void>;
}

/** @param executable path of a Chromium. */
export async function imageExporter(executable: string): Promise<ImageExporter> {
  const browser = await chromium.launch({ executablePath: executable, args: [...CHROMIUM_ARGS] });
  return {
    async draw(path, { light, dark }) {
      await withPage(browser, path, 'dark', page => drawPng(page, dark));
      return withPage(browser, path, 'light', async page => {
        await drawPng(page, light);
        return drawSvg(page);
      });
    },
    close: () => browser.close(),
  };
}

async function withPage<Result>(
  browser: Browser,
  path: string,
  colorScheme: 'light' | 'dark',
  use: (page: Page) => Promise<Result>,
): Promise<Result> {
  const viewport = { width: WIDTH, height: HEIGHT };
  const page = await browser.newPage({ viewport, deviceScaleFactor: SCALE, colorScheme });
  try {
    await page.goto(pathToFileURL(path).href);
    return await use(page);
  } finally {
    await page.close();
  }
}

async function drawPng(page: Page, path: string): Promise<void> {
  const figure = page.locator(FIGURE);
  if ((await figure.count()) > 0) {
    await figure.screenshot({ path });
    return;
  }
  // A wide table reaches beyond its page.
  const width = await page.evaluate<number>('document.documentElement.scrollWidth');
  await page.setViewportSize({ width: Math.max(WIDTH, width), height: HEIGHT });
  const height = await page.evaluate<number>('document.documentElement.scrollHeight');
  const clip = { x: 0, y: 0, width: Math.max(WIDTH, width), height: Math.min(height, MAX_HEIGHT) };
  await page.screenshot({ path, fullPage: true, clip });
}

async function drawSvg(page: Page): Promise<string | undefined> {
  if ((await page.locator(FIGURE).count()) === 0) return undefined;
  // Plotly returns a data URL: the text follows the first comma.
  const url = await page.evaluate<string>("Plotly.toImage('figure', {format: 'svg'})");
  return decodeURIComponent(url.slice(url.indexOf(',') + 1));
}
