export { type DoctorOptions, diagnose, type Finding } from './doctor.ts';
export { findChromium } from './find-chromium.ts';
export { findPython } from './find-python.ts';
export { type InstallPaths, install, uninstall } from './install.ts';
export { SetupError } from './setup-error.ts';
