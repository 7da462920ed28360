/**
 * The real window over a fake bridge, for looking at: `?scene=today&locale=zh&theme=dark#/today`. Never shipped; the
 * scenes' data stand in fake-bridge.ts.
 */
import { fakeBridge } from './fake-bridge.ts';

const query = new URLSearchParams(window.location.search);
Object.defineProperty(window, 'clinicAllocator', { value: fakeBridge(query) });
void import('../../../src/renderer/main.ts');
