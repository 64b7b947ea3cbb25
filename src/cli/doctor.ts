import { Command } from 'commander';

/** `imitation-lab doctor`: says what stands and what is missing. Exit code 1 where something is. */
export function doctorCommand(): Command {
  return new Command('doctor')
    .description('say what a notebook needs, what was found, and how to get what is missing')
    .option('--prefix <dir>', "look into this JupyterLab's prefix (default: the project's own)")
    .option('--json', 'print JSON')
    .action(async (options: { prefix?: string; json?: boolean }) => {
      const { diagnose } = await import('../setup/doctor.ts');
      const findings = await diagnose(options.prefix === undefined ? {} : { prefix: options.prefix });
      const ok = findings.every(finding => finding.ok);
      if (options.json) {
        console.log(JSON.stringify({ ok, findings }, null, 2));
      } else {
        for (const { name, ok, found, remedy } of findings) {
          console.log(`${ok ? '✓' : '✗'} ${name}: ${found}`);
          if (remedy !== undefined) console.log(`    ${remedy}`);
        }
      }
      if (!ok) process.exitCode = 1;
    });
}
