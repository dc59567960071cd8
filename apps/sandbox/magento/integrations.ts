import { randomBytes } from 'node:crypto';
import { z } from 'zod';

const tokenSchema = z.object({
  /** One row goes from verifier to request to access, and its token and secret are replaced each time. */
  type: z.enum(['verifier', 'request', 'access']),
  token: z.string(),
  secret: z.string(),
  verifier: z.string(),
});

const integrationSchema = z.object({
  id: z.number().int(),
  host: z.string(),
  name: z.string(),
  callbackUrl: z.string(),
  identityUrl: z.string(),
  resources: z.union([z.literal('all'), z.array(z.string())]),
  consumerKey: z.string(),
  consumerSecret: z.string(),
  status: z.enum(['inactive', 'active', 'recreated']),
  /** When the keys were posted, in seconds since 1970; tokens may be asked for in the five minutes after it. */
  postedAt: z.number().int(),
  token: tokenSchema.nullable(),
});

export const integrationsStateSchema = z.object({ issued: z.number().int(), list: z.array(integrationSchema) });

type IntegrationRow = z.infer<typeof integrationSchema>;
export type IntegrationToken = z.infer<typeof tokenSchema>;

/** An integration of one shop, with its consumer and its only token. */
export interface Integration extends IntegrationRow {
  /** Kept in memory only; a genuine shop throws them away after two hours, with some probability. */
  readonly usedNonces: Set<string>;
}

/** What a merchant enters for a new integration. */
export interface NewIntegration {
  readonly name: string;
  readonly callbackUrl: string;
  readonly identityUrl: string;
  readonly resources: 'all' | readonly string[];
}

/** 32 letters and digits, as keys, secrets, tokens and verifiers are. */
export function makeKey(): string {
  return randomBytes(16).toString('hex');
}

/** Every integration of every shop. */
export class Integrations {
  readonly #list: Integration[] = [];
  #issued = 0;

  create(host: string, { resources, ...asked }: NewIntegration): Integration {
    const integration: Integration = {
      ...asked,
      id: (this.#issued += 1),
      host,
      resources: resources === 'all' ? 'all' : [...resources],
      consumerKey: makeKey(),
      consumerSecret: makeKey(),
      status: 'inactive',
      postedAt: 0,
      token: null,
      usedNonces: new Set(),
    };
    this.#list.push(integration);
    return integration;
  }

  of(host: string): readonly Integration[] {
    return this.#list.filter((one) => one.host === host);
  }

  find(host: string, id: number): Integration | undefined {
    return this.#list.find((one) => one.host === host && one.id === id);
  }

  byConsumerKey(host: string, consumerKey: string): Integration | undefined {
    return this.#list.find((one) => one.host === host && one.consumerKey === consumerKey);
  }

  byToken(host: string, token: string): Integration | undefined {
    return this.#list.find((one) => one.host === host && one.token?.token === token);
  }

  /** The token and the consumer go with it. */
  remove(integration: Integration): void {
    const index = this.#list.indexOf(integration);
    if (index !== -1) this.#list.splice(index, 1);
  }

  snapshot(): z.infer<typeof integrationsStateSchema> {
    return { issued: this.#issued, list: this.#list.map(({ usedNonces: _forgotten, ...row }) => row) };
  }

  restore({ issued, list }: z.infer<typeof integrationsStateSchema>): void {
    this.#issued = issued;
    this.#list.splice(0, this.#list.length, ...list.map((row) => ({ ...row, usedNonces: new Set<string>() })));
  }
}

/** The row becomes one of the next kind; what was known of it before is worth nothing any more. */
export function renewToken(integration: Integration, type: IntegrationToken['type']): IntegrationToken {
  const token = { type, token: makeKey(), secret: makeKey(), verifier: integration.token?.verifier ?? makeKey() };
  integration.token = token;
  return token;
}
