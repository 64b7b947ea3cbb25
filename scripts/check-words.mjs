#!/usr/bin/env node
// Checks code and documentation against the word list of scripts/words.txt:
//
//   node scripts/check-words.mjs            the paths that the list's [checked] section names
//   node scripts/check-words.mjs src/text   the given files and folders
//
// Prints `file:line: "stood": use "completed"` for each offence and exits with 1 if there is one.
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** Between two words of a phrase: white space, and where a comment wraps, the mark that its next line begins with. */
const GAP = String.raw`(?:[ \t]+|[ \t]*\n[ \t]*(?:\*(?!/)|//|#|>)?[ \t]*)`;

/** A comment, or a string without its quotes' escapes; templates are handled by {@link codeOnly}. */
const COMMENT_OR_STRING = /\/\/[^\n]*|\/\*[\s\S]*?\*\/|'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*"/y;

const WRAPPED = new RegExp(GAP, 'g');

const TEST_NAME =
  /(?:\b(?:describe|it|test|onBackend)(?:\.\w+(?:\([\w.]*\))?)*|\]\))\(\s*('(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*"|`(?:[^`\\]|\\.)*`)/g;

const escapeRegExp = text => text.replace(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);

/** Replaces every character but line breaks by a space, so that offsets stay the same. */
const blank = text => text.replace(/[^\n]/g, ' ');

const within = (path, folder) => folder === '.' || path === folder || path.startsWith(`${folder}/`);

/**
 * Parses a word list: sections in brackets, one rule a line, `#` before a remark.
 *
 * @throws {Error} if a line fits no section.
 */
export function parseWords(text) {
  const words = { checked: [], phrases: new Map(), openings: new Map(), identifiers: [], exempt: [] };
  let section = '';
  for (const [index, raw] of text.split('\n').entries()) {
    const line = raw.replace(/(^|\s)#.*/, '').trim();
    const heading = /^\[(.+)\]$/.exec(line)?.[1];
    const fail = () => new Error(`words.txt:${index + 1}: no rule of section "${section}": "${line}"`);
    if (line === '') continue;
    if (heading !== undefined) {
      section = heading;
      const folder = /^identifiers (\S+)$/.exec(heading)?.[1];
      if (folder !== undefined) words.identifiers.push({ folder, names: new Map() });
    } else if (section === 'checked') words.checked.push(line);
    else if (section === 'exempt') {
      const [, path, phrase = null] = /^(\S+)(?:\s+"(.+)")?$/.exec(line) ?? [];
      if (path === undefined) throw fail();
      words.exempt.push({ path, phrase: phrase?.toLowerCase() ?? null });
    } else {
      const [banned, use] = line.split(' -> ');
      const names = section.startsWith('identifiers ') ? words.identifiers.at(-1)?.names : words[section];
      if (use === undefined || !(names instanceof Map)) throw fail();
      for (const name of banned.split(',')) names.set(name.trim(), use.trim());
    }
  }
  return {
    checked: words.checked,
    exempt: words.exempt,
    phrases: { uses: words.phrases, banned: phrasesOf(words.phrases) },
    openings: { uses: words.openings, banned: openingsOf(words.openings) },
    identifiers: words.identifiers.map(({ folder, names }) => ({
      folder,
      uses: names,
      banned: namesOf(names),
    })),
  };
}

/** The phrases as one expression, the longest first; their white space fits a wrapped comment too. */
function phrasesOf(phrases) {
  const longestFirst = [...phrases.keys()].sort((a, b) => b.length - a.length);
  return new RegExp(
    `(?<![\\w-])(?:${longestFirst.map(p => escapeRegExp(p).replaceAll(' ', GAP)).join('|')})(?!\\w)`,
    'gi',
  );
}

/** The first words of a doc comment, behind what begins it. */
function openingsOf(words) {
  return new RegExp(
    `(?<=/\\*\\*\\s+(?:\\*\\s+)?)(?:${[...words.keys()].map(escapeRegExp).join('|')})\\b`,
    'g',
  );
}

/** Names as whole identifiers. */
function namesOf(names) {
  return new RegExp(`(?<![\\w$#])(?:${[...names.keys()].map(escapeRegExp).join('|')})(?![\\w$])`, 'g');
}

/** Blanks comments and the texts of strings; what templates interpolate stays. */
export function codeOnly(source) {
  let code = '';
  const templates = []; // for each open template, how many braces are open in its interpolation; -1 in its text
  for (let at = 0; at < source.length; ) {
    const depth = templates.at(-1);
    const char = source[at];
    if (depth === -1) {
      const opens = source.startsWith('${', at);
      if (opens) templates[templates.length - 1] = 0;
      else if (char === '`') templates.pop();
      const length = opens || char === '\\' ? 2 : 1;
      code += blank(source.slice(at, at + length));
      at += length;
      continue;
    }
    COMMENT_OR_STRING.lastIndex = at;
    const skipped = COMMENT_OR_STRING.exec(source)?.[0];
    const closes = depth === 0 && char === '}';
    if (char === '`') templates.push(-1);
    else if (closes) templates[templates.length - 1] = -1;
    else if (depth !== undefined && char === '{') templates[templates.length - 1] = depth + 1;
    else if (depth !== undefined && char === '}') templates[templates.length - 1] = depth - 1;
    code += skipped !== undefined || closes || char === '`' ? blank(skipped ?? char) : char;
    at += skipped?.length ?? 1;
  }
  return code;
}

/** The texts of a file that are checked, each with the place of one of its lines. */
function partsOf(path, content) {
  if (path.endsWith('.ipynb')) {
    return JSON.parse(content).cells.map(({ source }, index) => ({
      text: [source].flat().join(''),
      place: line => `${path}:cell ${index + 1}, line ${line}`,
    }));
  }
  const place = line => `${path}:${line}`;
  if (!path.startsWith('test/')) return [{ text: content, place }];
  // Of a test only its names: texts and identifiers in it may be data of what is tested.
  let names = '';
  for (const match of content.matchAll(TEST_NAME)) {
    names += blank(content.slice(names.length, match.index)) + match[0];
  }
  return [{ text: names, place }];
}

/**
 * Finds the offences of one file.
 *
 * @returns a line each, in the order of the file: `file:line: "stood": use "completed"`.
 */
export function checkFile(path, content, words) {
  const exempt = words.exempt.filter(rule => within(path, rule.path));
  if (exempt.some(({ phrase }) => phrase === null)) return [];
  const isCode = /\.(ts|tsx|mjs|js)$/.test(path) && !path.startsWith('test/');
  const identifiers = isCode ? words.identifiers.filter(({ folder }) => within(path, folder)) : [];
  const offences = [];
  for (const { text, place } of partsOf(path, content)) {
    const search = ({ banned, uses }, searched, show = word => word) => {
      for (const { 0: match, index } of searched.matchAll(banned)) {
        const line = searched.slice(0, index).split('\n').length;
        const source = text.split('\n')[line - 1].toLowerCase();
        if (exempt.some(({ phrase }) => source.includes(phrase))) continue;
        const word = match.replace(WRAPPED, ' ');
        const use = uses.get(word) ?? uses.get(word.toLowerCase());
        offences.push({ index, text: `${place(line)}: "${show(word)}": use "${use}"` });
      }
    };
    search(words.phrases, text);
    if (isCode) search(words.openings, text, word => `/** ${word}`);
    if (identifiers.length > 0) {
      const code = codeOnly(text);
      for (const names of identifiers) search(names, code);
    }
    offences.sort((a, b) => a.index - b.index);
  }
  return offences.map(({ text }) => text);
}

/** Tracked files, and new ones that git does not ignore, below the given paths. */
function filesOf(root, paths) {
  const list = execFileSync(
    'git',
    ['ls-files', '-z', '--cached', '--others', '--exclude-standard', '--', ...paths],
    {
      cwd: root,
      encoding: 'utf8',
    },
  );
  return [...new Set(list.split('\0'))].filter(path => /\.(ts|tsx|mjs|js|md|ipynb|schema\.json)$/.test(path));
}

function main(paths) {
  const root = fileURLToPath(new URL('..', import.meta.url));
  const words = parseWords(readFileSync(new URL('words.txt', import.meta.url), 'utf8'));
  const files = filesOf(root, paths.length > 0 ? paths : words.checked);
  const offences = files.flatMap(path => {
    try {
      return checkFile(path, readFileSync(`${root}${path}`, 'utf8'), words);
    } catch (error) {
      if (error.code === 'ENOENT') return []; // deleted, and not yet committed
      throw error;
    }
  });
  for (const offence of offences) console.error(offence);
  if (offences.length > 0)
    console.error(`${offences.length} words of scripts/words.txt in ${files.length} files`);
  process.exitCode = offences.length > 0 ? 1 : 0;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) main(process.argv.slice(2));
