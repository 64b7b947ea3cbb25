import { type PairStyle, summarizeStyle } from 'imitation-lab/text';

// Runs in a worker: bootstrapping ten thousand pairs takes seconds, in which the page would freeze.
addEventListener('message', ({ data }: MessageEvent<PairStyle[]>) => postMessage(summarizeStyle(data)));
