import { readFile } from 'node:fs/promises';
import type { LoadFnOutput, LoadHookContext, ResolveFnOutput, ResolveHookContext } from 'node:module';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { MessagePort } from 'node:worker_threads';
import { SourceSyntaxError } from '../compile/syntax-error.ts';
import { transpile } from '../compile/transpile.ts';
import { fileVersion } from './file-version.ts';
import type { TranspiledModule } from './stacks.ts';

/** Prefix of the specifier of an import in a cell. */
export const CELL_IMPORT = 'imitation-lab-cell:';

/** Data for the hooks' thread. */
export interface HooksData {
  /** Takes a {@link TranspiledModule} for each file. */
  maps: MessagePort;
  /** URL that cells import from: a file in the notebook's folder. */
  notebook: string;
}

type NextResolve = (
  specifier: string,
  context: Partial<ResolveHookContext>,
) => ResolveFnOutput | Promise<ResolveFnOutput>;
type NextLoad = (url: string, context: Partial<LoadHookContext>) => LoadFnOutput | Promise<LoadFnOutput>;

const TYPESCRIPT = /\.m?tsx?$/;
const VERSION = 'changed';

let data: HooksData;

/** Receives the hooks' data; Node calls it when their thread starts. */
export function initialize(given: HooksData): void {
  data = given;
}

/**
 * Resolves as Node does, and beyond: `.ts` files need no extension (or may be called `.js`), JSON needs no attribute,
 * packages that the notebook's folder lacks come from the kernel's installation, and a file near the
 * notebook that changed on disk, or imports one that did, is another module.
 */
export async function resolve(
  specifier: string,
  context: ResolveHookContext,
  next: NextResolve,
): Promise<ResolveFnOutput> {
  const inCell = specifier.startsWith(CELL_IMPORT);
  const name = inCell ? specifier.slice(CELL_IMPORT.length) : specifier;
  const parentURL = inCell ? data.notebook : context.parentURL;
  const found = await resolveName(name, { ...context, parentURL }, next);
  if (!found.url.startsWith('file:')) return found;
  const url = new URL(found.url);
  const importAttributes = url.pathname.endsWith('.json') ? { type: 'json' } : found.importAttributes;
  const near = isPath(name) && (inCell || parentURL?.includes(`?${VERSION}=`));
  if (near) url.search = `?${VERSION}=${fileVersion(fileURLToPath(url))}`;
  return { ...found, url: url.href, ...(importAttributes ? { importAttributes } : {}) };
}

/** Transpiles TypeScript, and sends its source map to the main thread. */
export async function load(url: string, context: LoadHookContext, next: NextLoad): Promise<LoadFnOutput> {
  if (!url.startsWith('file:') || !TYPESCRIPT.test(new URL(url).pathname)) return next(url, context);
  const path = fileURLToPath(url);
  const text = await readFile(path, 'utf8');
  try {
    const { code, map } = transpile(path, text);
    data.maps.postMessage({ url, path, map } satisfies TranspiledModule);
    return { format: 'module', source: code, shortCircuit: true };
  } catch (error) {
    if (!(error instanceof SourceSyntaxError)) throw error;
    const [fault] = error.faults;
    throw new SyntaxError(`${path}:${fault?.line}:${fault?.column}: ${error.message}`);
  }
}

async function resolveName(
  name: string,
  context: ResolveHookContext,
  next: NextResolve,
): Promise<ResolveFnOutput> {
  try {
    return await next(name, context);
  } catch (error) {
    for (const [candidate, parentURL] of alternatives(name, context.parentURL)) {
      try {
        return await next(candidate, { ...context, parentURL });
      } catch {
        // The first error names what was imported.
      }
    }
    throw context.parentURL === data.notebook ? inWords(error, name) : error;
  }
}

/** Describes a cell's import that finds nothing in the user's terms: Node would name a file that holds no cells. */
function inWords(error: unknown, name: string): unknown {
  if (!(error instanceof Error && 'code' in error && error.code === 'ERR_MODULE_NOT_FOUND')) return error;
  const folder = dirname(fileURLToPath(data.notebook));
  const [scope = '', inner = ''] = name.split('/');
  const installed = scope.startsWith('@') ? `${scope}/${inner}` : scope;
  const message = isPath(name)
    ? `Cannot find module '${name}' from ${folder}`
    : `Cannot find package '${installed}': it must be installed in ${folder} or above it, as by npm install ${installed}`;
  return Object.assign(new Error(message), { code: error.code });
}

/** Lists what else a specifier that Node does not find may mean, with where to look for it. */
function alternatives(name: string, parent: string | undefined): [string, string | undefined][] {
  if (!isPath(name)) return [[name, import.meta.url]];
  const named = /\.m?jsx?$/.test(name) ? [name.replace(/js(x?)$/, 'ts$1')] : [];
  const added = ['.ts', '.tsx', '.mts', '.js', '.mjs', '.json', '/index.ts', '/index.js'].map(
    end => name + end,
  );
  return [...named, ...added].map(candidate => [candidate, parent]);
}

function isPath(name: string): boolean {
  return /^(\.{0,2}\/|\.{1,2}$|file:)/.test(name);
}
