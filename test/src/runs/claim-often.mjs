/**
 * A thread that claims a lease in each round together with other threads, and records the rounds in which it got it.
 * Between two rounds the lease is made one of another machine that has expired.
 */
import { utimesSync, writeFileSync } from 'node:fs';
import { parentPort, workerData } from 'node:worker_threads';
import { claimLease } from '../../../dist/runs/lease-file.js';
import { newOwner, ownerText } from '../../../dist/runs/lease-owner.js';

const { path, rounds, threads, first, counters } = workerData;
const [arrived, round] = [0, 1];
const won = [];
for (let number = 1; number <= rounds; number++) {
  const owner = newOwner('claim');
  if (first) {
    const expired = { ...newOwner('expired'), host: 'elsewhere', seconds: 1 };
    writeFileSync(path, ownerText(expired));
    utimesSync(path, 0, 0);
  }
  // All leave the barrier at once.
  if (Atomics.add(counters, arrived, 1) === threads * number - 1) {
    Atomics.store(counters, round, number);
    Atomics.notify(counters, round);
  }
  while (Atomics.load(counters, round) < number) Atomics.wait(counters, round, number - 1, 1000);
  if (claimLease(path, owner) === undefined) won.push(number);
  // None begins the next round before all have ended this one.
  Atomics.add(counters, 2, 1);
  while (Atomics.load(counters, 2) < threads * number);
}
parentPort.postMessage(won);
