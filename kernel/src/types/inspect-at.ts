import ts from 'typescript';
import type { OpenCell } from './open-cell.ts';
import { withoutCellPaths } from './open-cell.ts';
import type { Hover } from './type-service.ts';

/** Text shown on hovering a name or calling a function: its declaration, its description, its JSDoc tags. */
interface Description {
  declaration: string;
  documentation: string;
  tags: readonly ts.JSDocTagInfo[];
}

const NOTHING: Hover = { found: false, text: '', markdown: '' };

/**
 * Describes the name at `offset` or ending there (UTF-16, in the cell's own text); between a call's parentheses,
 * where there is no name, the function that is called.
 */
export function inspectAt(cell: OpenCell, offset: number): Hover {
  const position = cell.start + offset;
  const description =
    describeName(cell, position) ??
    (offset > 0 ? describeName(cell, position - 1) : undefined) ??
    describeCall(cell, position);
  return description ? toHover(description) : NOTHING;
}

function describeName({ service, path, start }: OpenCell, position: number): Description | undefined {
  const info = service.getQuickInfoAtPosition(path, originOf(service, path, start, position));
  if (!info) return undefined;
  const declaration = ts
    .displayPartsToString(info.displayParts)
    // The import through which the cell sees another cell's name.
    .replace(/^\(alias\) (?!import\b)([\s\S]*)\n(?:import|export) [\s\S]*$/, '$1');
  return { declaration, documentation: ts.displayPartsToString(info.documentation), tags: info.tags ?? [] };
}

/**
 * Finds the declaration with the JSDoc of a name: an earlier cell's `let` is declared again before this cell, without
 * it, and the name at the end of that declaration is the one that has it.
 */
function originOf(service: ts.LanguageService, path: string, start: number, position: number): number {
  const definition = service.getDefinitionAtPosition(path, position)?.[0];
  if (!definition || definition.fileName !== path || definition.textSpan.start >= start) return position;
  const text = service.getProgram()?.getSourceFile(path)?.text ?? '';
  return text.indexOf(';', definition.textSpan.start) - 1;
}

function describeCall({ service, path }: OpenCell, position: number): Description | undefined {
  const help = service.getSignatureHelpItems(path, position, undefined);
  const item = help?.items[help.selectedItemIndex];
  if (!item) return undefined;
  const part = ts.displayPartsToString;
  const parameters = item.parameters.map(({ displayParts }) => part(displayParts));
  return {
    declaration:
      part(item.prefixDisplayParts) +
      parameters.join(part(item.separatorDisplayParts)) +
      part(item.suffixDisplayParts),
    documentation: part(item.documentation),
    tags: item.tags,
  };
}

function toHover({ declaration, documentation, tags }: Description): Hover {
  const shown = withoutCellPaths(declaration);
  const tagged = tags.map(({ name, text }) => ({ name, text: ts.displayPartsToString(text) }));
  const texts = [
    shown,
    documentation,
    tagged.map(({ name, text }) => `@${name} ${text}`.trimEnd()).join('\n'),
  ];
  const markdowns = [
    `\`\`\`typescript\n${shown}\n\`\`\``,
    documentation,
    tagged.map(({ name, text }) => tagMarkdown(name, text)).join('\n\n'),
  ];
  const paragraphs = (parts: string[]): string => parts.filter(part => part !== '').join('\n\n');
  return { found: true, text: paragraphs(texts), markdown: paragraphs(markdowns) };
}

function tagMarkdown(name: string, text: string): string {
  if (name === 'example' && !text.includes('```')) return `*@example*\n\`\`\`typescript\n${text}\n\`\`\``;
  const [, parameter, rest] = /^(\S+)\s*(?:-\s*)?([\s\S]*)$/.exec(text) ?? [];
  if (name === 'param' && parameter) return `*@param* \`${parameter}\`${rest ? ` — ${rest}` : ''}`;
  return text ? `*@${name}* — ${text}` : `*@${name}*`;
}
