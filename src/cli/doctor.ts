import { Command, InvalidArgumentError } from 'commander';
import type { BackendName } from '../compute/index.ts';
import type { SelfTest } from '../train/index.ts';

interface DoctorOptions {
  prefix?: string;
  gpu?: boolean;
  backend?: BackendName;
  json?: boolean;
}

const BACKENDS: readonly string[] = ['tensorflow', 'webgpu', 'cpu'] satisfies BackendName[];

/**
 * `imitation-lab doctor`: says what stands and what is missing; with `--gpu` it trains on the GPU and measures it.
 * Exit code 1 where something is missing, there is no GPU, or it computes what the processor does not.
 */
export function doctorCommand(): Command {
  return new Command('doctor')
    .description('say what a notebook needs, what was found, and how to get what is missing')
    .option('--prefix <dir>', "look into this JupyterLab's prefix (default: the project's own)")
    .option('--gpu', 'instead, train on the GPU, compare with the processor, and measure')
    .option('--backend <name>', `the same on this backend: ${BACKENDS.join(', ')}`, backendNamed)
    .option('--json', 'print JSON')
    .action(async (options: DoctorOptions) => {
      const ok = await (options.gpu || options.backend ? test(options) : look(options));
      if (!ok) process.exitCode = 1;
    });
}

function backendNamed(name: string): string {
  if (BACKENDS.includes(name)) return name;
  throw new InvalidArgumentError(`It must be one of ${BACKENDS.join(', ')}.`);
}

async function look({ prefix, json }: DoctorOptions): Promise<boolean> {
  const { diagnose } = await import('../setup/index.ts');
  const findings = await diagnose(prefix === undefined ? {} : { prefix });
  const ok = findings.every(finding => finding.ok);
  if (json) {
    console.log(JSON.stringify({ ok, findings }, null, 2));
    return ok;
  }
  for (const { name, ok, found, details = [], remedy = [] } of findings) {
    console.log(`${ok ? '✓' : '✗'} ${name}: ${found}`);
    for (const line of [...details, remedy].flat()) console.log(`    ${line}`);
  }
  return ok;
}

async function test({ backend, json }: DoctorOptions): Promise<boolean> {
  const { findGpu, selfTest } = await import('../train/index.ts');
  const result = await selfTest(backend ?? (await findGpu()));
  if (json) console.log(JSON.stringify({ ok: result.agrees, ...result }, null, 2));
  else console.log(report(result));
  return result.agrees;
}

function report({ backend, agrees, losses, difference, tolerance, product, training }: SelfTest): string {
  const steps = losses.here.length;
  const [first = 0, last = 0] = [losses.here[0], losses.here.at(-1)];
  const course = `from ${first.toFixed(4)} to ${last.toFixed(4)} in ${steps} steps`;
  const comparison = `${difference.toExponential(1)} from the processor's at the most, ${tolerance} is allowed`;
  return [
    `✓ Backend: ${backend.name} on ${backend.device}: ${backend.reason}`,
    `${agrees ? '✓' : '✗'} Training: the loss goes ${course}; ${comparison}`,
    `  Product of ${product.size} × ${product.size} matrices: ${product.teraflops.toPrecision(3)} TFLOP/s`,
    `  ${training.model}: ${Math.round(training.tokensPerSecond)} tokens/s`,
  ].join('\n');
}
