import { pathToFileURL } from 'node:url';
import { type Browser, chromium } from 'playwright-core';
import { CHROMIUM_ARGS } from './chromium.ts';

const WIDTH = 1100;
const SCALE = 2;
/** Height at which the picture of a long comparison is cut; the HTML holds all of it. */
const MAX_HEIGHT = 1600;
const MARGIN = 16;

/** Draws figure pages in a headless browser. */
export interface ImageExporter {
  /**
   * Draws a page made by `figurePage`.
   *
   * @param page path of the page.
   * @param png path of the picture to write.
   * @returns the SVG of a Plotly figure, or undefined for a table.
   */
  draw(page: string, png: string): Promise<string | undefined>;
  close(): Promise<void>;
}

/** @param executable path of a Chromium. */
export async function imageExporter(executable: string): Promise<ImageExporter> {
  const browser = await chromium.launch({ executablePath: executable, args: [...CHROMIUM_ARGS] });
  return { draw: (page, png) => draw(browser, page, png), close: () => browser.close() };
}

async function draw(browser: Browser, path: string, png: string): Promise<string | undefined> {
  const page = await browser.newPage({ viewport: { width: WIDTH, height: 800 }, deviceScaleFactor: SCALE });
  try {
    await page.goto(pathToFileURL(path).href);
    const figure = page.locator('#figure');
    if ((await figure.count()) === 0) {
      const { width, height } = (await page.locator('body').boundingBox()) ?? {
        width: WIDTH,
        height: MAX_HEIGHT,
      };
      const clip = {
        x: 0,
        y: 0,
        width: Math.max(WIDTH, width),
        height: Math.min(height + 2 * MARGIN, MAX_HEIGHT),
      };
      await page.screenshot({ path: png, fullPage: true, clip });
      return undefined;
    }
    await figure.screenshot({ path: png });
    // Plotly returns a data URL: the text follows the first comma.
    const url = await page.evaluate<string>("Plotly.toImage('figure', {format: 'svg'})");
    return decodeURIComponent(url.slice(url.indexOf(',') + 1));
  } finally {
    await page.close();
  }
}
