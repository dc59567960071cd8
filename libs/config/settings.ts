import { z } from 'zod';

const port = z.coerce.number().int().min(1).max(65535);
const list = z
  .string()
  .default('')
  .transform((text) => text.split(',').map((part) => part.trim()))
  .transform((parts) => parts.filter((part) => part !== ''));
const operatorRoles = list.transform((parts, context) =>
  parts.flatMap((part) => {
    const [, who, role] = /^(.+)=(viewer|operator|admin)$/.exec(part) ?? [];
    if (who !== undefined) return [{ who: who.trim(), role: role as 'viewer' | 'operator' | 'admin' }];
    context.addIssue('each must be <e-mail address or claim value>=<viewer, operator or admin>');
    return [];
  }),
);
const httpUrl = z.url({ protocol: /^https?$/ });
/** `name=value` pairs whose values are percent-encoded, as OpenTelemetry's own settings are written. */
const headers = list.transform((parts, context) =>
  Object.fromEntries(
    parts.flatMap((part) => {
      const [, name, value = ''] = /^([\w-]+)=(.*)$/.exec(part) ?? [];
      // A stray percent sign, or bytes that are no UTF-8, are nobody's value.
      const isReadable = !/%(?![0-7][0-9a-f])/i.test(value);
      if (name !== undefined && isReadable) return [[name, decodeURIComponent(value)] as const];
      context.addIssue('each must be <name>=<value>, the value percent-encoded');
      return [];
    }),
  ),
);
const postgresUrl = z.url({ protocol: /^postgres(ql)?$/, error: 'must be a postgres:// address' });

/** A setting, what it is for, and whether its value must never be shown. */
interface Setting<S extends z.ZodType> {
  readonly schema: S;
  readonly about: string;
  readonly secret?: true;
  readonly example?: string;
}

const setting = <S extends z.ZodType>(schema: S, about: string, more: Omit<Setting<S>, 'schema' | 'about'> = {}) => ({
  schema,
  about,
  ...more,
});

/** Every setting of the product, in the order in which `.env.example` lists them. The one schema of the environment. */
export const SETTINGS = {
  NODE_ENV: setting(
    z.enum(['development', 'production', 'test']).default('development'),
    'In production the sandbox is refused, addresses must be https and keys must be given.',
  ),
  SHOPSPAN_HOST: setting(z.string().default('127.0.0.1'), 'Address the gateway listens on.'),
  SHOPSPAN_PORT: setting(port.default(3000), 'Port of the gateway.'),
  SHOPSPAN_PUBLIC_URL: setting(
    httpUrl.optional(),
    'Where merchants and platforms reach the gateway. Default: http://127.0.0.1 and the port. Some platforms refuse a callback that is not https.',
    { example: 'https://gateway.example.com' },
  ),
  SHOPSPAN_TRUSTED_PROXIES: setting(
    list,
    'Addresses or networks, comma-separated, whose X-Forwarded-For and X-Forwarded-Proto are believed. Default: none.',
    { example: '10.0.0.0/8' },
  ),
  DATABASE_URL: setting(
    postgresUrl.optional(),
    'An existing Postgres (15 or newer) and a role that may create roles. `npm start` and `npm run migrate` use it; without it `npm start` runs its own Postgres.',
    { secret: true, example: 'postgres://shopspan_admin:...@db.example.com:5432/shopspan' },
  ),
  DATABASE_OWNER_URL: setting(
    postgresUrl.optional(),
    'The role that owns the tables; only `npm run migrate` and `npm run admin` use it. `npm run migrate` makes it from DATABASE_URL.',
    { secret: true },
  ),
  DATABASE_APP_URL: setting(
    postgresUrl.optional(),
    'The gateway connects with this role; it cannot bypass row-level security. `npm run migrate` makes it.',
    { secret: true },
  ),
  DATABASE_WORKER_URL: setting(postgresUrl.optional(), 'The role of the workers; likewise.', { secret: true }),
  DATABASE_QUEUE_URL: setting(
    postgresUrl.optional(),
    'The role of the queue, which sees nothing but its own schema. Not needed with REDIS_URL.',
    { secret: true },
  ),
  REDIS_URL: setting(
    z.url({ protocol: /^rediss?$/, error: 'must be a redis:// address' }).optional(),
    'With it the queue is BullMQ on Redis instead of Postgres.',
    { secret: true, example: 'redis://127.0.0.1:6379' },
  ),
  SHOPSPAN_KEYS: setting(
    z.string().optional(),
    'Key-encryption keys, base64 of 32 bytes each, comma-separated, the current one first. Instead of SHOPSPAN_KEY_FILE.',
    { secret: true },
  ),
  SHOPSPAN_KEY_FILE: setting(
    z.string().optional(),
    'File with the key-encryption keys. Default: keys.json in the state folder, made at the first start (not in production).',
  ),
  SHOPSPAN_STATE_DIR: setting(
    z.string().default('.shopspan'),
    'Folder for what `npm start` keeps: database, keys, logs.',
  ),
  SHOPSPAN_EGRESS_ALLOW: setting(
    list,
    'Development: private addresses that may be called, as host:port, comma-separated; opens exactly those, also over http.',
    { example: '127.0.0.1:8453' },
  ),
  SHOPSPAN_SANDBOX_URL: setting(
    httpUrl.optional(),
    'Where the sandbox stands in for the platforms, for apps in test mode. Refused in production. `npm start` sets it.',
    { example: 'http://127.0.0.1:4010' },
  ),
  SHOPSPAN_OPERATORS_ISSUER: setting(
    httpUrl.optional(),
    'The OpenID Connect provider operators sign in with: its issuer, exactly as its metadata says. It must send people back to /ops/callback.',
    { example: 'https://login.example.com' },
  ),
  SHOPSPAN_OPERATORS_CLIENT_ID: setting(z.string().optional(), 'The client that the gateway is at that provider.'),
  SHOPSPAN_OPERATORS_CLIENT_SECRET: setting(
    z.string().optional(),
    'The secret of that client; none for a public client.',
    { secret: true },
  ),
  SHOPSPAN_OPERATORS_SCOPES: setting(
    z.string().default('openid profile email'),
    'What is asked of that provider; some want another word for groups.',
  ),
  SHOPSPAN_OPERATORS_ROLE_CLAIM: setting(
    z.string().optional(),
    'A claim of that provider, a text or a list, whose values SHOPSPAN_OPERATORS_ROLES may name.',
    { example: 'groups' },
  ),
  SHOPSPAN_OPERATORS_ROLES: setting(
    operatorRoles,
    'Who has which role (viewer, operator, admin): verified e-mail addresses, or values of the claim; the highest holds. Whoever is not named is refused.',
    { example: 'ada@example.com=admin,shop-support=viewer' },
  ),
  SHOPSPAN_OPERATORS_LINKS: setting(
    z.enum(['allow', 'refuse']).optional(),
    'Whether one-time links sign operators in. Default: allow, in production refuse.',
  ),
  SHOPSPAN_LOG_LEVEL: setting(
    z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'silent']).default('info'),
    'What is logged, as JSON lines on standard output.',
  ),
  OTEL_EXPORTER_OTLP_ENDPOINT: setting(
    httpUrl.optional(),
    'An OpenTelemetry collector that takes traces over OTLP/HTTP, without the path. Default: no traces are recorded. docs/monitoring.md.',
    { example: 'http://127.0.0.1:4318' },
  ),
  OTEL_EXPORTER_OTLP_HEADERS: setting(
    headers,
    'What that collector wants to see, comma-separated, as OpenTelemetry has it.',
    { secret: true, example: 'authorization=Bearer%20...' },
  ),
  SHOPSPAN_WORKER_HOST: setting(
    z.string().default('127.0.0.1'),
    'Address on which a worker answers /metrics, /healthz and /readyz. They ask for no credential: keep others than loopback to a private network.',
  ),
  SHOPSPAN_WORKER_PORT: setting(port.optional(), 'Port for that. Default: a worker listens nowhere.', {
    example: '9090',
  }),
  SHOPSPAN_ALERT_WEBHOOK_URL: setting(
    httpUrl.optional(),
    'Where workers post what is the operator’s to act on, signed as Standard Webhooks has it. Default: nowhere. docs/monitoring.md.',
    { example: 'https://hooks.example.com/shopspan' },
  ),
  SHOPSPAN_ALERT_WEBHOOK_SECRET: setting(
    z
      .string()
      .regex(/^whsec_[A-Za-z0-9+/]{32,}={0,2}$/, 'must be whsec_ and base64 of 24 bytes or more')
      .optional(),
    'What those posts are signed with: whsec_ and base64 of 24 to 64 random bytes.',
    { secret: true },
  ),
  SHOPSPAN_ALERT_WEBHOOK_PRIVATE: setting(
    z.enum(['allow', 'refuse']).default('refuse'),
    'Whether that address may be a private one, or http. Opens its host and port for alerts and for nothing else.',
  ),
  SHOPSPAN_APP_REQUESTS_PER_MINUTE: setting(
    z.coerce.number().int().min(1).default(12_000),
    'How many requests of one app each gateway process answers in a minute; the rest get 429.',
  ),
  SHOPSPAN_KEY_REQUESTS_PER_MINUTE: setting(
    z.coerce.number().int().min(1).default(6000),
    'The same for one API key, or one OAuth client.',
  ),
  SHOPSPAN_TENANT_REQUESTS_AT_ONCE: setting(
    z.coerce.number().int().min(1).default(100),
    'How many requests of one tenant each gateway process carries out at the same time.',
  ),
  SHOPSPAN_REFRESH_TICK_SECONDS: setting(
    z.coerce.number().int().min(1).max(300).default(5),
    'How often workers look for credentials that are due.',
  ),
  SHOPSPAN_SIGNING_KEY_DAYS: setting(
    z.coerce.number().int().min(1).max(365).default(30),
    'After how many days the next key signs access tokens; nobody has to do anything for it.',
  ),
  SANDBOX_PORT: setting(port.default(4010), 'Port of the sandbox.'),
  SANDBOX_TOKEN_SECONDS: setting(
    z.coerce.number().int().min(10).max(86400).default(60),
    'Lifetime of the access tokens that the sandbox issues, so that a refresh can be watched. Genuine shops: 3600.',
  ),
} as const satisfies Readonly<Record<string, Setting<z.ZodType>>>;

type SettingName = keyof typeof SETTINGS;
export type Settings = { readonly [N in SettingName]: z.output<(typeof SETTINGS)[N]['schema']> };
export type Environment = Readonly<Record<string, string | undefined>>;

/** Whether one-time links may sign operators in. */
export function allowsSignInLinks({
  NODE_ENV,
  SHOPSPAN_OPERATORS_LINKS,
}: Pick<Settings, 'NODE_ENV' | 'SHOPSPAN_OPERATORS_LINKS'>): boolean {
  return (SHOPSPAN_OPERATORS_LINKS ?? (NODE_ENV === 'production' ? 'refuse' : 'allow')) === 'allow';
}

/** The default client of a platform, for apps that registered none: `<PLATFORM>_CLIENT_ID` and `<PLATFORM>_CLIENT_SECRET`. */
export function defaultPlatformClient(
  platform: string,
  environment: Environment = process.env,
): { readonly clientId: string; readonly clientSecret: string } | undefined {
  const prefix = platform.toUpperCase().replace(/[^A-Z0-9]/g, '_');
  const clientId = environment[`${prefix}_CLIENT_ID`];
  const clientSecret = environment[`${prefix}_CLIENT_SECRET`];
  return clientId && clientSecret ? { clientId, clientSecret } : undefined;
}
