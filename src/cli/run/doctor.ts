import type { SelfTest } from '../../train/index.ts';
import type { doctorCommand } from '../commands/doctor.ts';
import type { InputOf } from '../declare/command.ts';
import { FAILED } from '../exit.ts';

type Input = InputOf<typeof doctorCommand>;

/** Checks the set-up, or trains on a backend and measures it. */
export async function run(input: Input): Promise<void> {
  const ok = await (input.gpu || input.backend ? test(input) : look(input));
  if (!ok) process.exitCode = FAILED;
}

async function look({ prefix, json }: Input): Promise<boolean> {
  const { diagnose } = await import('../../setup/index.ts');
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

async function test({ backend, json }: Input): Promise<boolean> {
  const { findGpu, selfTest } = await import('../../train/index.ts');
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
