export { type Adherence, adherence } from './adherence.ts';
