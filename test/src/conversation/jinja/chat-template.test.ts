import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseChatTemplate } from '../../../../src/conversation/jinja/index.ts';

const NOW = new Date(2026, 0, 5, 13, 7, 9);
const MESSAGES = [
  { role: 'user', content: 'Hi there' },
  { role: 'assistant', content: ' Yes\n' },
];

function render(template: string, variables: Readonly<Record<string, unknown>> = {}): string {
  return parseChatTemplate(template).render({ messages: MESSAGES, ...variables }, NOW).text;
}

/** Templates, and what Jinja2 3.1.6 writes as Transformers sets it up. */
const WRITTEN: readonly (readonly [template: string, text: string])[] = [
  ['{{ 1.0 }}|{{ 10/4 }}|{{ -7//2 }}|{{ -7%3 }}|{{ 1e20 }}|{{ 1e-5 }}', '1.0|2.5|-4|2|1e+20|1e-05'],
  ["{{ [1,'a',none,true,1.5,(1,),{'a':1}] }}", "[1, 'a', None, True, 1.5, (1,), {'a': 1}]"],
  [`{{ ["it's", 'a"b', "\\n\\\\"] }}`, `["it's", 'a"b', '\\n\\\\']`],
  ["{{ '🙂é'|length }}{{ '🙂é'[0] }}{{ 'abcdef'[::-1] }}{{ [1,2,3,4][-2:] }}", '2🙂fedcba[3, 4]'],
  ["{{ '\\n\\na '.lstrip('\\n') }}|{{ 'xxaxx'.strip('x') }}|{{ ' a  b '.split() }}", "a |a|['a', 'b']"],
  ['{{ 2**3**2 }} {{ -2**2 }} {{ 1 < 2 < 3 }} {{ 3 > 2 > 2 }}', '64 4 True False'],
  ["{{ {'b':1,'a':[1,'é<>']}|tojson }}", '{"b": 1, "a": [1, "é<>"]}'],
  ["{{ {'a':[1,2]}|tojson(indent=2) }}", '{\n  "a": [\n    1,\n    2\n  ]\n}'],
  [
    '{% for i in range(5) %}{% if i == 1 %}{% continue %}{% endif %}{% if i == 3 %}{% break %}{% endif %}{{ i }}{% endfor %}',
    '02',
  ],
  ['{% for i in [1,2] %}{{ i }}{% set x = 5 %}{% endfor %}{{ x is defined }}', '12False'],
  [
    '{% set ns = namespace(a=1) %}{% for i in range(3) %}{% set ns.a = ns.a + i %}{% endfor %}{{ ns.a }}',
    '4',
  ],
  [
    "{% macro f(a, b='z') %}[{{ a }}{{ b }}{{ varargs }}{{ kwargs }}]{% endmacro %}{{ f(1,2,3,c=4) }}",
    "[12(3,){'c': 4}]",
  ],
  ['{% macro f(a) %}{{ caller() }}{{ a }}{% endmacro %}{% call f(3) %}hi{% endcall %}', 'hi3'],
  ['{% set b | upper %}x{% endset %}{{ b }}{% filter upper %}y{% endfilter %}', 'XY'],
  ["{{ messages|selectattr('role','equalto','user')|map(attribute='content')|join }}", 'Hi there'],
  ["{{ ('<a>'|safe) + '<b>' }}{{ ('<a>'|safe) ~ '<b>' }}", '<a>&lt;b&gt;<a><b>'],
  ['{{ tools is none }} {{ tools is defined }} {{ other is none }}', 'True True False'],
  ['   {% if true %}\n  y\n   {% endif %}\n  {{ 1 }}\n  {#- c -#}  w {{- 2 -}}  3\n', '  y\n  1w23'],
  ["{{ '%s-%d' % ('a', 3) }}{{ 'ß'.upper() }}{{ 'hELLO'|capitalize }}{{ 'a-b c'|title }}", 'a-3SSHelloA-B C'],
  ["{{ strftime_now('%d %b %Y') }}", '05 Jan 2026'],
  [
    '{% for a in [1,[2,[3]]] recursive %}{{ loop(a) if a is iterable else a ~ loop.depth }}{% endfor %}',
    '112233',
  ],
];

describe('a chat template', () => {
  test.each(WRITTEN)('%s writes what Jinja2 writes', (template, text) => {
    expect(render(template, { tools: null })).toBe(text);
  });

  test('marks where the assistant speaks, and where each message is', () => {
    const template =
      "{% for m in messages %}<{{ m.role }}>{% if m.role == 'assistant' %}{% generation %}{{ m.content | trim }};{% endgeneration %}" +
      '{% else %}{{ m.content }}{% endif %}{% endfor %}';
    const parsed = parseChatTemplate(template);
    expect(parsed.marksGenerations).toBe(true);
    expect(parsed.render({ messages: MESSAGES }, NOW)).toEqual({
      text: '<user>Hi there<assistant>Yes;',
      generations: [{ start: 25, end: 29 }],
      messages: [
        { message: 0, start: 0, end: 14 },
        { message: 1, start: 14, end: 29 },
      ],
    });
  });

  test.each([
    ["{{ raise_exception('System role not supported') }}", 'System role not supported'],
    ['{{ x.y }}', '"x" is undefined'],
    ["{{ 1 + 'a' }}", '+ cannot be applied to int and str'],
    ['{{ messages.append(1) }}', 'the method "append", which changes a list, is undefined'],
    ['{{ messages.__class__ }}', 'the attribute "__class__" must not be read'],
    ["{% include 'x' %}", 'the template uses the statement "include", which is not supported'],
    ["{{ 'a'|xmlattr }}", 'the template uses the filter "xmlattr", which is not supported'],
    ["{{ 'a'.lower }}", 'the text of a value of type Callable, which is not supported'],
    ['{% if 1 %}', 'elif or else or endif is expected, found the end'],
    ['{% endfor %}', 'line 1: the statement "endfor" is unknown'],
  ])('%s is refused by name', (template, message) => {
    expect(() => render(template)).toThrow(message);
  });
});

const UNBOUNDED: readonly (readonly [what: string, template: string, message: string])[] = [
  [
    'nested loops',
    '{% for a in range(100000) %}{% for b in range(100000) %}{{ a }}{% endfor %}{% endfor %}',
    'steps',
  ],
  [
    'a text that doubles',
    "{% set ns = namespace(s='x') %}{% for i in range(1000) %}{% set ns.s = ns.s ~ ns.s %}{% endfor %}",
    'characters',
  ],
  [
    'a list that doubles',
    '{% set ns = namespace(s=[1]) %}{% for i in range(1000) %}{% set ns.s = [ns.s, ns.s] %}{% endfor %}{{ ns.s }}',
    'characters',
  ],
  ['a long text', "{{ 'x' * 1000000000 }}", 'characters'],
  ['a long list', '{{ ([1] * 1000000000)|length }}', 'characters'],
  ['a long range', '{{ range(1000000000)|length }}', 'a range must have at most 100000 items'],
  ['a macro that calls itself', '{% macro f() %}{{ f() }}{% endmacro %}{{ f() }}', '200 deep'],
  ['a replacement that grows', "{{ ('a' * 1000000)|replace('a', 'b' * 1000000) }}", 'characters'],
  [
    'a search again and again',
    "{% set x = 'a' * 100000 %}{% set y = 'a' * 50000 ~ 'b' %}{% for i in range(100000) %}{{ y in x }}{% endfor %}",
    'characters',
  ],
  ['a large number', '{{ 2 ** 100000 }}', 'a whole number of 2^53 or more'],
  ['deep parentheses', `{{ ${'('.repeat(100_000)}1${')'.repeat(100_000)} }}`, 'nested too deep'],
  ['deep blocks', '{% if 1 %}'.repeat(5000), 'blocks must be nested at most 40 deep'],
  ['a long template', 'x'.repeat(2_000_000), 'at most 1000000 characters'],
];

describe('a hostile template', () => {
  test.each(UNBOUNDED)('with %s ends in an error', (_, template, message) => {
    expect(() => render(template)).toThrow(message);
  });

  test('never ends in anything but a text or an error of the template', () => {
    const part = fc.constantFrom(
      ...[
        '{% for a in ',
        'messages',
        ' %}',
        '{% endfor %}',
        '{{ ',
        ' }}',
        'a',
        "'b'",
        '[',
        ']',
        '(',
        ')',
        '|',
        'length',
      ],
      ...[
        '.',
        '+',
        '~',
        ' if ',
        ' else ',
        '{% if ',
        '{% endif %}',
        '{% set a = ',
        '1',
        '-',
        ' is ',
        'defined',
        '{#',
        '#}',
      ],
      ...[
        '{%- ',
        ' -%}',
        '\n',
        '"',
        '\\',
        '{% macro f(',
        '{% endmacro %}',
        ':',
        ',',
        '{',
        '}',
        '*',
        '%',
        'x',
      ],
    );
    fc.assert(
      fc.property(fc.array(part, { maxLength: 25 }), parts => {
        try {
          return typeof render(parts.join('')) === 'string';
        } catch (error) {
          return error instanceof Error && error.name === 'TemplateError';
        }
      }),
      { numRuns: 2000 },
    );
  });
});
