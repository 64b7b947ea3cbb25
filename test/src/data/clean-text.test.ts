import { expect, test } from 'vitest';
import { cleanText } from '../../../src/data/clean-text.ts';

/** A block of code as ChatGPT's page had it in 2023. */
const CODE =
  '<pre><div class="bg-black"><div class="flex"><span>python</span><button class="flex"><svg></svg>Copy code</button></div>' +
  '<div class="p-4"><code class="!whitespace-pre hljs language-python"><span class="hljs-keyword">def</span> f(x):\n' +
  '    <span>return</span> x_1 * 2\n</code></div></div></pre>';

test('a page becomes the Markdown that it was made from', () => {
  const page =
    `<div class="markdown prose"><p>Use <code>x_1</code> &amp; <strong>go</strong>: 3 * 4</p>${CODE}` +
    '<ol><li><p>One</p></li><li><p>Two</p><ul><li>a</li><li>b</li></ul></li></ol>' +
    '<table><thead><tr><th>A</th><th>B</th></tr></thead><tbody><tr><td>1</td><td>2</td></tr></tbody></table></div>';
  expect(cleanText(page)).toBe(
    [
      'Use `x_1` & **go**: 3 * 4',
      '',
      '```python',
      'def f(x):',
      '    return x_1 * 2',
      '```',
      '',
      '1. One',
      '2. Two',
      '   - a',
      '   - b',
      '',
      '| A   | B   |',
      '| --- | --- |',
      '| 1   | 2   |',
    ].join('\n'),
  );
});

test('a numbered list that continues keeps its numbers', () => {
  expect(cleanText('<ol start="3"><li>three</li><li>four</li></ol>')).toBe('3. three\n4. four');
});

test('code that holds a fence gets a longer one', () => {
  expect(cleanText('<pre><code>```js\n1\n```\n</code></pre>')).toBe('````\n```js\n1\n```\n````');
});

test('Markdown about HTML stays as it is', () => {
  const text = 'Write `<p>text</p>`:\n\n```html\n<div>\n  <p>text</p>\n</div>\n```';
  expect(cleanText(text)).toBe(text);
  expect(cleanText('1 < 2 and <b>bold</b> stay')).toBe('1 < 2 and <b>bold</b> stay');
});

test('the button above copied code goes, with the language beside it', () => {
  expect(cleanText('Here:\n\npythonCopy code\nprint(1)\n\nc++Copy code\nint x;')).toBe(
    'Here:\n\nprint(1)\n\nint x;',
  );
});

test('no script of a page is left as anything but text', () => {
  expect(cleanText('<p>Hi<script>alert(1)</script></p>')).not.toContain('<script');
});
