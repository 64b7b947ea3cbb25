import { splitReasoning } from '../../conversation/index.ts';
import { completionCode } from './completion-code.ts';
import { type FencedBlock, splitFences } from './fenced-blocks.ts';
import { definesName, isStub, neededStatements } from './python-names.ts';
import { codeOf, parseStatements } from './python-statements.ts';

/** Languages of blocks that may hold Python; a block need not name one. */
const PYTHON = /^(?:|(?:i?python|py|pycon|sage|text|txt|plaintext|code)[\d.]*)$/;

/** Languages of blocks that hold a text with blocks of its own. */
const MARKDOWN = /^(?:markdown|md)$/;

/**
 * Takes the code from an answer that was to write a function, to be run after the function's head. In this order:
 *
 * - The first fenced block that defines the function, in whatever language it says it is; one that only repeats the head
 *   counts where no other does. Definitions of other blocks that it uses come before it.
 * - The function in the text outside of blocks, with all other statements there, without the prose.
 * - The continuation of the head: in the text where it begins with one, else in the first block that looks like one.
 *
 * Reasoning before the answer is left out. Transcripts of an interpreter's session (`>>> `) are read as what was typed.
 * An answer in which no code is found is returned as it is.
 *
 * @param name the function's.
 */
export function answerCode(name: string, answer: string): string {
  const text = splitReasoning(answer).content.replaceAll('\r\n', '\n');
  const { blocks: outer, before, outside } = splitFences(text);
  const blocks = outer.flatMap(block =>
    MARKDOWN.test(block.language) ? splitFences(block.code).blocks : [block],
  );
  if (blocks.length === 0) return programIn(text, name) ?? completionCode(text);
  const startsAtOnce = parseStatements(before)[0]?.kind === 'code';
  return (
    (startsAtOnce ? programIn(before, name) : undefined) ??
    programOfBlocks(blocks, name) ??
    programIn(outside, name) ??
    completionOf(blocks, outside)
  );
}

/** Returns the block that defines a function, with what it needs of others; undefined where none does. */
function programOfBlocks(blocks: readonly FencedBlock[], name: string): string | undefined {
  const codes = blocks.map(({ code }) => typed(code));
  const defining = codes.flatMap(code => definingForm(code, name) ?? []);
  const program =
    defining.find(code => !isStub(code, name)) ?? defining[0] ?? codes.find(code => hasMethod(code, name));
  if (program === undefined) return undefined;
  const others = codes.filter(
    (code, at) => PYTHON.test(blocks[at]?.language ?? '') && !definesName(code, name),
  );
  const needed = neededStatements(program, others);
  return needed.length === 0 ? program : [...needed, program].join('\n\n');
}

/** Returns code that defines a function at its left margin, if need be without the indent of all; undefined if none. */
function definingForm(code: string, name: string): string | undefined {
  return [code, dedented(code)].find(form => definesName(form, name));
}

/** Returns the statements of a text if they define a function, without the prose among them; else undefined. */
function programIn(text: string, name: string): string | undefined {
  const form =
    definingForm(text, name) ?? [indentedPart(text, name), typed(text)].find(part => definesName(part, name));
  return form === undefined ? undefined : codeOf(form, ['code']);
}

/** Returns what continues the function's head. */
function completionOf(blocks: readonly FencedBlock[], outside: string): string {
  if (parseStatements(outside)[0]?.kind === 'body') return completionCode(outside);
  const python = blocks.filter(({ language }) => PYTHON.test(language)).map(({ code }) => typed(code));
  const body =
    python.find(code => /^[ \t]+\S|^return\b|^yield\b/m.test(code)) ?? python[0] ?? blocks[0]?.code ?? '';
  return completionCode(body);
}

/** Returns what was typed in a transcript of an interpreter's session; other code as it is. */
function typed(code: string): string {
  if (!/^\s*>>>/.test(code)) return code;
  return code
    .split('\n')
    .filter(line => /^\s*(?:>>>|\.\.\.)/.test(line))
    .map(line => `${line.replace(/^\s*(?:>>>|\.\.\.) ?/, '')}\n`)
    .join('');
}

/** Returns the part of a text from the function's first line, indented as code in Markdown is, to the end of that indent. */
function indentedPart(text: string, name: string): string {
  const [first] = parseStatements(text);
  const head = new RegExp(`^([ \\t]+)(?:async\\s+)?def\\s+${name}\\b`, 'm').exec(text);
  if (head === null || first?.kind === 'body') return '';
  const [, indent = ''] = head;
  const lines = text.split('\n').filter(line => line.startsWith(indent) || line.trim() === '');
  return dedented(lines.join('\n'));
}

/** Takes the indent that all lines share from each. */
function dedented(code: string): string {
  const lines = code.split('\n');
  const indents = lines.filter(line => line.trim() !== '').map(line => /^[ \t]*/.exec(line)?.[0].length ?? 0);
  const shared = Math.min(...indents);
  return Number.isFinite(shared) ? lines.map(line => line.slice(shared)).join('\n') : code;
}

/** Reports whether code defines a method of this name. */
function hasMethod(code: string, name: string): boolean {
  return new RegExp(`^class\\b[\\s\\S]*^[ \\t]+(?:async\\s+)?def\\s+${name}\\b`, 'm').test(code);
}
