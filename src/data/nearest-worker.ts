import { workerData } from 'node:worker_threads';
import { type Search, searchShare } from './search-share.ts';

searchShare(workerData as Search);
