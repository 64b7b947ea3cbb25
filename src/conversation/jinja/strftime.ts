import { unsupported } from './template-error.ts';

const DAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];
const MONTHS = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];

const two = (value: number) => String(value).padStart(2, '0');

const FIELDS: Readonly<Record<string, (time: Date) => string>> = {
  a: time => (DAYS[time.getDay()] ?? '').slice(0, 3),
  A: time => DAYS[time.getDay()] ?? '',
  b: time => (MONTHS[time.getMonth()] ?? '').slice(0, 3),
  B: time => MONTHS[time.getMonth()] ?? '',
  d: time => two(time.getDate()),
  e: time => String(time.getDate()).padStart(2, ' '),
  F: time => `${time.getFullYear()}-${two(time.getMonth() + 1)}-${two(time.getDate())}`,
  H: time => two(time.getHours()),
  I: time => two(time.getHours() % 12 || 12),
  j: time => String(dayOfYear(time)).padStart(3, '0'),
  m: time => two(time.getMonth() + 1),
  M: time => two(time.getMinutes()),
  p: time => (time.getHours() < 12 ? 'AM' : 'PM'),
  S: time => two(time.getSeconds()),
  T: time => `${two(time.getHours())}:${two(time.getMinutes())}:${two(time.getSeconds())}`,
  w: time => String(time.getDay()),
  y: time => two(time.getFullYear() % 100),
  Y: time => String(time.getFullYear()),
  '%': () => '%',
};

/** Writes a local time as Python's `strftime` does in English. @throws {TemplateError} for a field that is not supported. */
export function strftime(time: Date, format: string): string {
  return format.replace(/%(-?)(.)/gs, (whole, sign: string, name: string) => {
    const field = Object.hasOwn(FIELDS, name) ? FIELDS[name] : undefined;
    if (!field) throw unsupported(`the field ${whole} of a time`);
    const text = field(time);
    return sign === '-' ? text.replace(/^[0 ]+(?=.)/, '') : text;
  });
}

function dayOfYear(time: Date): number {
  const start = new Date(time.getFullYear(), 0, 1);
  const day = new Date(time.getFullYear(), time.getMonth(), time.getDate());
  return Math.round((day.getTime() - start.getTime()) / 86_400_000) + 1;
}
