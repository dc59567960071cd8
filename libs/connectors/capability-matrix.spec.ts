import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { exampleConnector } from '../testing/example-connector.js';
import { capabilityMatrix } from './capability-matrix.js';
import { connectors } from './index.js';

describe('the capability matrix', () => {
  it('is what docs/platforms.md says; npm run docs writes it anew', () => {
    const written = readFileSync(new URL('../../docs/platforms.md', import.meta.url), 'utf8');
    expect(written).toBe(`${capabilityMatrix(connectors)}\n`);
  });

  it('says of everything that cannot be done why', () => {
    const text = capabilityMatrix([exampleConnector]);
    expect(text).toContain('| `carts.get` | – |');
    expect(text).toContain('| `carts.get` | This platform has no such thing. |');
    expect(text).toContain('| `shop.get` | yes |');
  });
});
