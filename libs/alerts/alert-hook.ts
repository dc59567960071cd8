import { createHmac } from 'node:crypto';
import { createEgress, createTransport } from '#kit';

export interface AlertHookOptions {
  readonly url: string;
  /** `whsec_` and base64. */
  readonly secret: string;
  /** Whether the address may be private, or http. */
  readonly isPrivate: boolean;
  readonly now: () => Date;
}

/** One post to whoever is told. */
export interface AlertHook {
  /**
   * @param id the same for each try, so that whoever is told can tell a repetition
   * @throws Error when it was not taken
   */
  send(id: string, body: object): Promise<void>;
  close(): void;
}

const DEADLINE_MS = 10_000;
// Nobody reads the answer.
const MOST_BYTES = 64 * 1024;

/**
 * The way to the operator's own address, through a guarded transport of its own: deadline, no redirects, and private
 * addresses only where a setting says so, that host and port alone.
 */
export function createAlertHook({ url: text, secret, isPrivate, now }: AlertHookOptions): AlertHook {
  const url = new URL(text);
  const port = url.port === '' ? (url.protocol === 'https:' ? '443' : '80') : url.port;
  const egress = createEgress({ allow: isPrivate ? [`${url.hostname}:${port}`] : [] });
  const transport = createTransport({ egress, userAgent: 'Shopspan/0.1 (alerts)' });
  return {
    async send(id, payload) {
      const body = JSON.stringify(payload);
      const timestamp = String(Math.floor(now().getTime() / 1000));
      const headers = {
        'content-type': 'application/json',
        'webhook-id': id,
        'webhook-timestamp': timestamp,
        'webhook-signature': signatureOf(secret, id, timestamp, body),
      };
      const limits = { deadlineMs: DEADLINE_MS, maxBytes: MOST_BYTES };
      const { status } = await transport({ method: 'POST', url, headers, body }, limits);
      if (status < 200 || status > 299) throw new Error(`the address for alerts answered ${String(status)}`);
    },
    close: () => transport.close(),
  };
}

/** Standard Webhooks, symmetric: HMAC-SHA256 over id, time and body. */
function signatureOf(secret: string, id: string, timestamp: string, body: string): string {
  const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64');
  return `v1,${createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64')}`;
}
