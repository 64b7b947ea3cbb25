import { TemplateError } from './template-error.ts';

const SIMPLE: Readonly<Record<string, string>> = {
  '\n': '',
  '\\': '\\',
  "'": "'",
  '"': '"',
  a: '\x07',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
};

const DIGITS: Readonly<Record<string, number>> = { x: 2, u: 4, U: 8 };

/**
 * Reads the escapes of a string literal as Python does; one that it does not know stays as it is written.
 *
 * @throws {TemplateError} if an escape is cut, or names a character by its Unicode name.
 */
export function unescapeLiteral(text: string): string {
  return text.replace(/\\([0-7]{1,3}|x.{0,2}|u.{0,4}|U.{0,8}|.)/gs, (whole, code: string) => {
    const [first = ''] = code;
    const digits = DIGITS[first];
    if (digits !== undefined) {
      const hex = code.slice(1);
      const point = Number.parseInt(hex, 16);
      if (!/^[\da-f]+$/i.test(hex) || hex.length < digits || point > 0x10ffff)
        throw new TemplateError(`the escape ${whole} must have ${digits} hexadecimal digits`);
      return String.fromCodePoint(point);
    }
    if (/^[0-7]/.test(code)) return String.fromCodePoint(Number.parseInt(code, 8));
    if (first === 'N') throw new TemplateError('the escape \\N, a character by its name, is not supported');
    return SIMPLE[first] ?? whole;
  });
}
