import { readFileSync } from 'node:fs';
import process from 'node:process';

/** File in which Linux counts the processor time of the thread that reads it. */
export const THREAD_STAT = '/proc/thread-self/stat';

/** Parts of a second in which it counts, on every architecture. */
const TICKS = 100;

/**
 * Makes the clock of this process's processor time, in seconds: on Linux of the thread that asks, without those that
 * compile beside it, else of all threads. It works on when the process is locked.
 *
 * @returns {() => number}
 */
export function processorClock() {
  if (process.platform === 'linux') return () => parseStat(readFileSync(THREAD_STAT, 'utf8'));
  const cpuUsage = process.cpuUsage.bind(process);
  return () => {
    const { user, system } = cpuUsage();
    return (user + system) / 1e6;
  };
}

/**
 * Parses a thread's processor time, in seconds; NaN where the text states none.
 *
 * @param {string} stat
 */
export function parseStat(stat) {
  // The fields after the name, which may hold anything; of them the 12th and 13th are user and system time.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11]) + Number(fields[12])) / TICKS;
}
