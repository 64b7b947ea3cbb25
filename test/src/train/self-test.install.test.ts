import { describe, test } from 'vitest';
import { onBackend, WITH_WEBGPU } from '../../fixtures/backends.ts';
import { expectSelfTest } from './expect-self-test.ts';

describe('on a new machine', WITH_WEBGPU, () => {
  onBackend('webgpu');

  test('the backend webgpu learns as the processor does, and is measured', () => expectSelfTest('webgpu'));
});
