import { type Connector, countNotBuilt } from '#contract';
import { describe, expect, it } from 'vitest';
import { describeAuth } from './describe-auth.js';
import { describeClaims } from './describe-claims.js';
import { describeErrors } from './describe-errors.js';
import { describeReads } from './describe-reads.js';
import { describeTranslations } from './describe-translations.js';
import { describeWebhooks } from './describe-webhooks.js';
import { describeWrites } from './describe-writes.js';
import { readFixtures } from './fixture.js';
import { secretLookAlikes } from './secret-look-alikes.js';

/**
 * The suite every connector passes. Its red tests are the list of what is left to do. In `<platform>.spec.ts`:
 *
 * ```ts
 * describeConnector(shop, new URL('__fixtures__/', import.meta.url));
 * ```
 *
 * A fixture is a recorded exchange, `{_meta?, request: {method, url, headers?, body?}, response: {status, headers?, body?}}`,
 * credentials written as `REDACTED`, and beside them `expect`, what the operation makes of it:
 *
 * - `{"records": [...]}`: the normalized records, exactly; one for `shop.get` and every get, any number for a list;
 *   besides them `"quarantined": [{"platformId", "reason"}]` and `"more": true` where the list goes on;
 * - `{"error": "<code>"}`: the code of the error table;
 * - no `expect`: it only answers the further calls of an operation (the second call of `shop.get`, say).
 *
 * Three kinds are told by their names:
 *
 * - `write-*.json`, a write with every call it made, in order: `{operation, input, calls: [{request, response}], expect}`.
 *   `input` has the platform's own ids and is read through the operation's schema; a request's body may hold `$key` and
 *   `$reference` for those of the attempt (`attempt: {key, reference}` where they are not the fixed ones), and
 *   `store: {currency, account}` says what the shop was. `expect` is `{"records": [one]}`, `{"error"}` or `{"done": true}`;
 * - `delivery-*.json`, what the platform sent to us: `{delivery: {headers, body}, expect}`, without its signature;
 *   `expect` is `{"events": [...]}` or `{"handshake": true}`;
 * - `proof-*.json`, a signed address with which a merchant comes from the platform:
 *   `{strategy, kind: "callback" | "start", query, clientSecret, now, account}`, the secret made up.
 *
 * Needed: one with records for each operation claimed; of each list whose request names a size also a page that goes on
 * (asked at the size of its own length) and a last one; a delivery; a proof of each address a strategy verifies.
 */
export function describeConnector(connector: Connector, folder: URL): void {
  const fixtures = readFixtures(folder);
  const { reads, writes, deliveries, proofs } = fixtures;
  const owed = countNotBuilt(connector.operations);
  describe(`${connector.id} keeps the contract of a connector (${owed} operations not built yet)`, () => {
    describeClaims(connector);
    describeErrors(connector);
    describeAuth(connector, proofs);
    describeTranslations(connector);
    describeWebhooks(connector, deliveries);
    describeReads(connector, reads);
    describeWrites(connector, writes);

    // What a proof shows is signed, with a secret that is made up and stands beside it.
    const shown = proofs.map((proof) => ({ ...proof, text: proof.text.replace(proof.query, '') }));
    it.each([...reads, ...writes, ...deliveries, ...shown])(
      '$name holds nothing that looks like a secret',
      ({ text }) => {
        expect(secretLookAlikes(text)).toEqual([]);
      },
    );
  });
}
