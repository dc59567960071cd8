import { z } from 'zod';
import { type Answers, type Connector, GatewayError } from '#contract';

const form = z.record(z.string().max(100), z.string().max(2000));

/** @throws GatewayError `request_invalid` */
export function readForm(body: unknown): Readonly<Record<string, string>> {
  const parsed = form.safeParse(body);
  if (!parsed.success) throw new GatewayError('request_invalid', 'The form could not be read.');
  return parsed.data;
}

/** What the address fills in of the first way of connecting; never a secret. */
export function knownAnswers({ auth: [{ form: fields }] }: Connector, query: URLSearchParams): Answers {
  const open = Object.entries(fields).filter(([, { kind }]) => kind !== 'secret');
  return Object.fromEntries(
    open.flatMap(([name]) => {
      const given = query.get(name);
      return given === null ? [] : [[name, given.slice(0, 500)]];
    }),
  );
}

/** Only what the form asks for; whatever else was sent is nobody's. */
export function answersTo(connector: Connector, strategyId: string, fields: Readonly<Record<string, string>>): Answers {
  const strategy = connector.auth.find(({ id }) => id === strategyId);
  return Object.fromEntries(Object.keys(strategy?.form ?? {}).map((name) => [name, (fields[name] ?? '').trim()]));
}
