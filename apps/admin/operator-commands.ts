import { createOperatorToken, createSignInLink } from '#auth';
import { GatewayError } from '#contract';
import {
  changeOperatorAsOwner,
  endSessionAsOwner,
  listOperatorsAsOwner,
  listSessionsAsOwner,
  listTokensAsOwner,
  OPERATOR_ROLES,
  type OperatorChange,
  type OperatorRole,
  revokeOperatorToken,
} from '#persistence';
import { type AdminContext, type Command, type Options, required, shellUser } from './command.js';

const ROLES = OPERATOR_ROLES.join(' | ');

/** Who operates the gateway, from the shell: the first sign-in, and the day on which nobody can sign in. */
export const OPERATOR_COMMANDS: Readonly<Record<string, Command>> = {
  'operator:link': {
    usage: `[--role ${ROLES}] [--name "Ada"]`,
    async run({ database, signInLinks }, options) {
      if (signInLinks === undefined) {
        throw new RangeError('In production one-time links are refused, unless SHOPSPAN_OPERATORS_LINKS=allow is set.');
      }
      const role = roleOf(options.role ?? 'admin');
      const name = options.name?.trim() ?? 'Administrator';
      const { text, expiresAt } = await createSignInLink(database, shellUser(), { name, role, now: new Date() });
      return { link: `${signInLinks}${text}`, role, expiresAt: expiresAt.toISOString(), worksOnce: true };
    },
  },
  'operator:token': {
    usage: `--name "Night shift" [--role ${ROLES}]`,
    async run({ database }, options) {
      const token = { name: required(options.name, 'name'), role: roleOf(options.role ?? 'operator') };
      const { id, text } = await createOperatorToken(database, shellUser(), token);
      return { id, role: token.role, token: text };
    },
  },
  'operator:tokens': {
    looks: true,
    usage: '',
    run: async ({ database }) => ({ tokens: await listTokensAsOwner(database) }),
  },
  'operator:revoke': {
    usage: '--token <id>',
    async run({ database }, options) {
      const id = uuidOf(options.token, 'token');
      if (!(await revokeOperatorToken(database, shellUser(), id))) throw notThere('token in force', 'operator:tokens');
      return { revoked: id };
    },
  },
  'operator:list': {
    looks: true,
    usage: '',
    run: async ({ database }) => ({ operators: await listOperatorsAsOwner(database) }),
  },
  'operator:role': {
    usage: `--operator <id> --role ${ROLES}`,
    run: (context, options) =>
      change(context, options, { role: roleOf(required(options.role, 'role')), disabled: null }),
  },
  'operator:disable': {
    usage: '--operator <id>',
    run: (context, options) => change(context, options, { role: null, disabled: true }),
  },
  'operator:enable': {
    usage: '--operator <id>',
    run: (context, options) => change(context, options, { role: null, disabled: false }),
  },
  'operator:sessions': {
    usage: '[--end <id>]',
    async run({ database }, options) {
      if (options.end === undefined) return { sessions: await listSessionsAsOwner(database) };
      const id = uuidOf(options.end, 'end');
      if (!(await endSessionAsOwner(database, shellUser(), id)))
        throw notThere('session in force', 'operator:sessions');
      return { ended: id };
    },
  },
};

async function change({ database }: AdminContext, options: Options, wanted: OperatorChange) {
  const id = uuidOf(options.operator, 'operator');
  if (!(await changeOperatorAsOwner(database, shellUser(), id, wanted))) throw notThere('operator', 'operator:list');
  return { changed: id, holds: "on the operator's next request" };
}

function notThere(what: string, list: string): GatewayError<'not_found'> {
  return new GatewayError('not_found', `There is no such ${what}; \`${list}\` shows them.`);
}

function roleOf(text: string): OperatorRole {
  const role = OPERATOR_ROLES.find((one) => one === text.trim());
  if (role === undefined) throw new RangeError(`"${text}" is no role. There are: ${OPERATOR_ROLES.join(' ')}`);
  return role;
}

function uuidOf(text: string | undefined, name: string): string {
  const id = required(text, name).toLowerCase();
  if (!/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(id)) throw new RangeError(`--${name} is not such an id.`);
  return id;
}
