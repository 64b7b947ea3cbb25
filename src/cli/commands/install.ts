import { defineCommand } from '../declare/command.ts';

const PREFIX = {
  type: 'string',
  kind: 'input',
  placeholder: 'folder',
  required: true,
  description: 'sys.prefix of JupyterLab’s Python, such as a virtual environment',
} as const;

const JSON_OUTPUT = { type: 'boolean', description: 'print JSON' } as const;

/** `imitation-lab install`: puts kernel and extension into an existing JupyterLab. */
export const installCommand = defineCommand({
  name: 'install',
  summary: 'put the kernel and the extension into an existing JupyterLab (4.2 to 4.6)',
  group: 'Set-up:',
  arguments: {},
  options: { prefix: PREFIX, json: JSON_OUTPUT },
  examples: ['imitation-lab install --prefix /opt/venv'],
});

/** `imitation-lab uninstall`: removes what `install` wrote. */
export const uninstallCommand = defineCommand({
  name: 'uninstall',
  summary: 'remove the kernel and the extension from a JupyterLab',
  group: 'Set-up:',
  arguments: {},
  options: { prefix: PREFIX, json: JSON_OUTPUT },
  examples: ['imitation-lab uninstall --prefix /opt/venv'],
});
