export { diagnose } from './doctor.ts';
export { install, uninstall } from './install.ts';
