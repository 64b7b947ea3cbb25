export { type BenchmarkRun, loadBenchmarkRuns } from './benchmark-run.ts';
