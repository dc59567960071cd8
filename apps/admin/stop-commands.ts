import { randomUUID } from 'node:crypto';
import { presentStop, readStopTarget } from '#connections';
import { GatewayError } from '#contract';
import { liftStopAsOwner, listStops, setStopAsOwner, type StopScope } from '#persistence';
import { type Command, type Options, required, shellUser, WITHIN_A_SECOND } from './command.js';

/** The kill switch from the shell, for the day on which the gateway does not answer. */
export const STOP_COMMANDS: Readonly<Record<string, Command>> = {
  stop: {
    usage:
      '--store sto_... | --app app_... | --tenant ten_... | --platform shop-platform | --everything   --reason "..."',
    async run({ database }, options) {
      const { scope, text } = scopeOf(options);
      const stop = {
        id: randomUUID(),
        scope,
        target: readStopTarget(scope, text),
        reason: required(options.reason, 'reason'),
      };
      if (!(await setStopAsOwner(database, shellUser(), stop))) throw new RangeError(`There is no such ${scope}.`);
      return { stop: stop.id, holds: WITHIN_A_SECOND };
    },
  },
  'stops:list': {
    looks: true,
    usage: '',
    async run({ database }) {
      return { stops: (await listStops(database)).map(presentStop) };
    },
  },
  'stop:lift': {
    usage: '--stop <id>',
    async run({ database }, options) {
      const id = required(options.stop, 'stop');
      if (!/^[0-9a-f-]{36}$/.test(id) || !(await liftStopAsOwner(database, shellUser(), id))) {
        throw new GatewayError('not_found', 'There is no such stop in force; `stops:list` shows them.');
      }
      return { lifted: id };
    },
  },
};

function scopeOf({ store, app, tenant, platform, everything }: Options): {
  scope: StopScope;
  text: string | undefined;
} {
  const given = Object.entries({ store, app, tenant, platform, everything: everything === true ? '' : undefined });
  const [one, ...more] = given.flatMap(([scope, text]) =>
    text === undefined ? [] : [{ scope: scope as StopScope, text }],
  );
  if (one === undefined || more.length > 0) {
    throw new RangeError('Say what to stop: exactly one of --store, --app, --tenant, --platform, --everything.');
  }
  return one;
}
