import { Command } from 'commander';

/** `imitation-lab install`: puts kernel and extension into an existing JupyterLab. */
export function installCommand(): Command {
  return prefixCommand(
    'install',
    'put the kernel and the extension into an existing JupyterLab (4.2 to 4.6)',
    async prefix => {
      const { install } = await import('../setup/index.ts');
      return install(prefix);
    },
  );
}

/** `imitation-lab uninstall`: removes what `install` wrote. */
export function uninstallCommand(): Command {
  return prefixCommand('uninstall', 'remove the kernel and the extension from a JupyterLab', async prefix => {
    const { uninstall } = await import('../setup/index.ts');
    return uninstall(prefix);
  });
}

function prefixCommand(
  name: string,
  description: string,
  run: (prefix: string) => Promise<{ kernel: string; extension: string }>,
): Command {
  return new Command(name)
    .description(description)
    .requiredOption(
      '--prefix <dir>',
      'what your JupyterLab’s Python calls sys.prefix, such as a virtual environment',
    )
    .option('--json', 'print JSON')
    .action(async (options: { prefix: string; json?: boolean }) => {
      const paths = await run(options.prefix);
      if (options.json) console.log(JSON.stringify(paths, null, 2));
      else
        console.log(
          `${name === 'install' ? 'Installed' : 'Removed'}:\n  ${paths.kernel}\n  ${paths.extension}`,
        );
    });
}
