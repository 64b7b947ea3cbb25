/** Piece of a text that may hold Python. */
export interface Statement {
  /**
   * `code`: a statement at the left margin with all its lines; `body`: indented lines that follow none, as of a function
   * whose head is elsewhere; `prose`: a line of anything else.
   */
  kind: 'code' | 'body' | 'prose';
  /** Without blank lines around it. */
  text: string;
  /** Names that a statement at the margin defines: of functions, classes, imports and variables. */
  names: string[];
}

const DEFINITION = /^(?:(?:async\s+)?def\s+(\w+)\s*[([]|class\s+(\w+)\s*[([:])/;
const IMPORT = /^import\s+([\w.]+(?:\s+as\s+\w+)?(?:\s*,\s*[\w.]+(?:\s+as\s+\w+)?)*)\s*(?:[#;].*)?$/;
const FROM_IMPORT = /^from\s+[\w.]+\s+import\s+(?:\(([^)]*)\)?|([\w*].*))/;
const ASSIGNMENT = /^([A-Za-z_]\w*(?:\s*,\s*[A-Za-z_]\w*)*)\s*(?::\s*[\w.[\], |]+)?=(?!=)/;
/** Head of a block, which an indented line follows. */
const HEAD = /^(?:if|while|with|match)\b.*:\s*(?:#.*)?$|^for\b.*\bin\b.*:\s*(?:#.*)?$|^try\s*:/;
/** Lines that begin a statement and no prose, besides those that define a name. */
const OTHER: readonly RegExp[] = [
  /^(?:#|@[A-Za-z_])/,
  /^(?:(?:if|while)\b.*|for\b.*\bin\b.*):\s+\S/,
  // A call, ended on its line or not.
  /^[A-Za-z_][\w.]*\s*\(.*\)\s*(?:#.*)?$/,
  /^[A-Za-z_][\w.]*\s*\((?:[^()]*[,([{])?\s*$/,
  // An assignment to a part of something, or with an operator, or to several things.
  /^[A-Za-z_][\w.]*(?:\[.*\])?\s*(?:[-+*/%|&^@]|\/\/|\*\*|>>|<<)?=[^=]/,
  /^[([].*[)\]]\s*=[^=]/,
  /^(?:assert|raise|del|return|yield)\b.*[\w)\]}"']\s*(?:#.*)?$/,
  /^(?:pass|return)$/,
  /^(?:"""|'''|[rbf]?["'].*["']$)/,
];
/** Lines that belong to the block before them. */
const CONTINUES = /^(?:[)\]}]|(?:else|finally)\s*:|(?:elif|except)\b.*:)/;

/** Splits a text into statements of Python and lines of prose. It needs no valid Python, and never fails. */
export function parseStatements(text: string): Statement[] {
  const lines = text.split('\n');
  const statements: Statement[] = [];
  for (let at = 0; at < lines.length; ) {
    const line = lines[at] ?? '';
    if (line.trim() === '') {
      at++;
      continue;
    }
    const kind = isIndented(line) ? 'body' : isCode(lines, at) ? 'code' : 'prose';
    const end = kind === 'prose' ? at + 1 : endOf(lines, at);
    const piece = lines.slice(at, end).join('\n').trimEnd();
    statements.push({ kind, text: piece, names: kind === 'code' ? namesOf(piece) : [] });
    at = end;
  }
  return statements;
}

function isIndented(line: string): boolean {
  return /^[ \t]/.test(line);
}

function isCode(lines: readonly string[], at: number): boolean {
  const line = lines[at] ?? '';
  if ([DEFINITION, IMPORT, FROM_IMPORT, ASSIGNMENT, ...OTHER].some(pattern => pattern.test(line)))
    return true;
  return HEAD.test(line) && isIndented(lines.slice(at + 1).find(next => next.trim() !== '') ?? '');
}

/** Finds the end of the statement that begins at a line: its brackets and texts are closed and no indented line follows. */
function endOf(lines: readonly string[], start: number): number {
  const open = new OpenPairs();
  open.read(lines[start] ?? '');
  let isDecorated = (lines[start] ?? '').startsWith('@');
  let at = start + 1;
  for (; at < lines.length; at++) {
    const line = lines[at] ?? '';
    const belongs = open.any || isDecorated || line.trim() === '' || isIndented(line) || CONTINUES.test(line);
    if (!belongs) break;
    if (!open.any && !isIndented(line) && line.trim() !== '') isDecorated = line.startsWith('@');
    open.read(line);
  }
  if (!open.any) return at;
  // Never closed: the statement is broken, and ends by its indent.
  const end = lines.findIndex((line, index) => index > start && /^\S/.test(line) && !CONTINUES.test(line));
  return end < 0 ? lines.length : end;
}

/** Brackets and triple quotes that are open after the lines read so far. */
class OpenPairs {
  #depth = 0;
  #quote = '';
  #isContinued = false;

  get any(): boolean {
    return this.#depth > 0 || this.#quote !== '' || this.#isContinued;
  }

  read(line: string): void {
    this.#isContinued = false;
    let quote = this.#quote;
    for (const { 0: token, index } of line.matchAll(/\\.?|"""|'''|["'#()[\]{}]/g)) {
      if (token === '\\') this.#isContinued = index === line.length - 1;
      else if (quote !== '') quote = token === quote ? '' : quote;
      else if (token === '#') break;
      else if (/["']/.test(token)) quote = token;
      else if (/^[([{]$/.test(token)) this.#depth++;
      else if (/^[)\]}]$/.test(token)) this.#depth = Math.max(0, this.#depth - 1);
    }
    // A text in single quotes ends with its line.
    this.#quote = quote.length === 3 ? quote : '';
  }
}

function namesOf(statement: string): string[] {
  const first = statement.split('\n').find(line => !/^(?:#|@)/.test(line)) ?? '';
  const definition = DEFINITION.exec(first);
  if (definition) return definition.slice(1).filter(name => name !== undefined);
  const imported = IMPORT.exec(first)?.[1] ?? FROM_IMPORT.exec(statement)?.slice(1).find(Boolean);
  if (imported !== undefined)
    return imported
      .replace(/[#;].*/g, '')
      .split(',')
      .map(each => (/\bas\s+(\w+)/.exec(each)?.[1] ?? each.trim().split('.')[0] ?? '').trim())
      .filter(Boolean);
  return (
    ASSIGNMENT.exec(first)?.[1]
      ?.split(',')
      .map(name => name.trim()) ?? []
  );
}

/**
 * Returns the statements of a text that are of some kinds; the text as it is where all are, and an empty text where none
 * is.
 */
export function codeOf(text: string, kinds: readonly Statement['kind'][]): string {
  const statements = parseStatements(text);
  const wanted = statements.filter(({ kind }) => kinds.includes(kind));
  return wanted.length === statements.length ? text : wanted.map(({ text }) => `${text}\n`).join('\n');
}
