import { expect, test } from 'vitest';
import { markdownSource } from '../../extension/src/view/markdown-source.ts';

const GUARD = '\uFDD1';
const DOLLAR = '\uFDD0';

test('HTML is guarded, comparisons are left alone', () => {
  expect(markdownSource('<b>x</b> <!-- c --> 1 < 2')).toBe(
    `<${GUARD}b>x<${GUARD}/b> <${GUARD}!-- c --> 1 < 2`,
  );
});

test('an image becomes a link', () => {
  expect(markdownSource('![a](http://x/y.png)')).toBe(`!${GUARD}[a](http://x/y.png)`);
});

test('code stays as it is', () => {
  expect(markdownSource('`<b> $1` and\n```html\n<b>![x](y) $5</b>\n```\n<i>')).toBe(
    `\`<b> $1\` and\n\`\`\`html\n<b>![x](y) $5</b>\n\`\`\`\n<${GUARD}i>`,
  );
});

test('a fence ends only at a fence of its own kind', () => {
  expect(markdownSource('~~~\n```\n<b>\n~~~\n<b>')).toBe(`~~~\n\`\`\`\n<b>\n~~~\n<${GUARD}b>`);
});

test('diagrams are shown as code', () => {
  expect(markdownSource('```mermaid\nA-->B\n```')).toBe(`\`\`\`mermaid${GUARD}\nA-->B\n\`\`\``);
});

test('dollars that delimit a formula stay, others are kept from the typesetter', () => {
  expect(markdownSource('$a^2$ and $$b$$')).toBe('$a^2$ and $$b$$');
  expect(markdownSource('from $5 to $10')).toBe(`from ${DOLLAR}5 to ${DOLLAR}10`);
  expect(markdownSource('US$ 30, \\$7')).toBe(`US${DOLLAR} 30, ${DOLLAR}7`);
});
