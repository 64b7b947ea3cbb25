export { ATTEMPTS, type ConfirmationAttempt } from './attempt.ts';
export { confirmationAttempt } from './confirm.ts';
export { preregistration } from './preregistration.ts';
export { SEED_RANGES, type SeedRange, type SeedRole } from './seeds.ts';
