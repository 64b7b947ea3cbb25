/** Runs the plan of its second argument, as JSON, in the folder of its first, and prints a line for each event. */
import { runPlan } from '../../../dist/jobs/index.js';

const [folder = '', plan = '[]'] = process.argv.slice(2);
const interrupt = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => interrupt.abort());
try {
  const outcome = await runPlan(JSON.parse(plan), {
    folder,
    stages: new URL('toy-stages.mjs', import.meta.url),
    workers: 2,
    signal: interrupt.signal,
    onEvent: ({ type, run }) => console.log(`${type} ${run.label}`),
  });
  console.log(JSON.stringify(outcome));
} catch (error) {
  console.error(interrupt.signal.aborted ? 'stopped' : error.message);
  process.exitCode = 1;
}
