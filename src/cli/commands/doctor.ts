import { defineCommand } from '../declare/command.ts';

/** `imitation-lab doctor`: checks the set-up, or trains on a backend and measures it. */
export const doctorCommand = defineCommand({
  name: 'doctor',
  summary: 'check the requirements of notebooks, and report remedies for missing ones',
  group: 'Set-up:',
  arguments: {},
  options: {
    prefix: {
      type: 'string',
      kind: 'input',
      placeholder: 'folder',
      description: "look into this JupyterLab's prefix (default: the project's own)",
    },
    gpu: {
      type: 'boolean',
      description: 'instead, train on the GPU, compare with the processor, and measure',
    },
    backend: { enum: ['tensorflow', 'webgpu', 'cpu'], description: 'the same on this backend' },
    json: { type: 'boolean', description: 'print JSON' },
  },
  examples: ['imitation-lab doctor', 'imitation-lab doctor --gpu', 'imitation-lab doctor --backend cpu'],
  notes:
    'The exit code is 1 where something is missing, there is no GPU, or its results differ from the processor’s.',
});
