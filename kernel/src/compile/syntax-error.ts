import { parseSync } from 'oxc-parser';

/** Place and message of an error in a source text that does not parse; `line` and `column` count from 1. */
export interface SyntaxFault {
  message: string;
  line: number;
  column: number;
}

/** Source text that is not a TypeScript module. */
export class SourceSyntaxError extends SyntaxError {
  override readonly name = 'SyntaxError';
  readonly faults: SyntaxFault[];

  constructor(faults: SyntaxFault[]) {
    super(faults[0]?.message ?? 'The source does not parse');
    this.faults = faults;
  }
}

/**
 * Lists the syntax errors of a TypeScript source, in reading order.
 *
 * @param fallback message used if the parser finds nothing: the transformer refused the text.
 */
export function syntaxFaults(source: string, fallback: string): SyntaxFault[] {
  const { errors } = parseSync('cell.ts', source, {
    lang: 'ts',
    sourceType: 'module',
    showSemanticErrors: true,
  });
  if (errors.length === 0) return [{ message: fallback, line: 1, column: 1 }];
  return errors.map(({ message, labels }) => {
    // Of two labels the last is the offending place: the first is what it clashes with.
    const opened = labels.findIndex(label => label.message === 'Opened here');
    const label = opened > 0 ? labels[0] : labels.at(-1);
    return { message, ...positionAt(source, label?.start ?? 0) };
  });
}

/** Converts a UTF-16 offset to line and column, from 1. */
export function positionAt(source: string, offset: number): { line: number; column: number } {
  const before = source.slice(0, offset).split('\n');
  return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
}
