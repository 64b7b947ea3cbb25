import type { OnProgress } from '../../runs/index.ts';

/** Options that decide how a command prints. */
export interface Output {
  json?: boolean | undefined;
  quiet?: boolean | undefined;
}

/**
 * Returns the printer of progress: JSON lines on standard output, or a line on standard error, which a terminal
 * redraws and a file receives every half minute.
 */
export async function progressPrinter({ json, quiet }: Output): Promise<OnProgress> {
  if (quiet) return () => {};
  if (json) return printJson;
  const { progressLine } = await import('../../runs/index.ts');
  return progressLine({ redraw: Boolean(process.stderr.isTTY) });
}

/** Prints a value as a JSON line on standard output. */
export function printJson(value: unknown): void {
  console.log(JSON.stringify(value));
}
