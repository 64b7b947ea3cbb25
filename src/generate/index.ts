export { type SampleOptions, sample } from './sample.ts';
