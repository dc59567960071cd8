import { Script } from 'node:vm';
import { describe, expect, it } from 'vitest';
import { EMBED_SCRIPT } from './embed-script.js';
import { OPENER_SCRIPT } from './opener-script.js';

describe.each([
  ['embed.js', EMBED_SCRIPT],
  ['opener.js', OPENER_SCRIPT],
])('%s', (_, source) => {
  it('is small, and a script', () => {
    expect(Buffer.byteLength(source)).toBeLessThan(6000);
    expect(() => new Script(source)).not.toThrow();
  });

  it('posts to nobody in particular nowhere, and makes nothing of texts', () => {
    expect(source).toContain('postMessage(');
    expect(source).not.toMatch(/postMessage\([^;]*'\*'|innerHTML|eval|document\.write|new Function/);
  });
});
