// One search in a process of its own, so that its peak memory is its own: texts as JSON in, what was measured out.
import { json } from 'node:stream/consumers';
import { diversity } from '../../../dist/data/index.js';

const { texts, threads } = await json(process.stdin);
const start = performance.now();
const { n, value } = await diversity(texts, { threads });
const seconds = (performance.now() - start) / 1000;
const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
const cpu = (userCPUTime + systemCPUTime) / 1e6;
console.log(JSON.stringify({ n, value, seconds, cpu, peak: maxRSS * 1024 }));
