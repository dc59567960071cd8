import { GatewayError, publicId, readPublicId } from '#contract';
import { connectorOf } from '#connectors';
import type { StopRow, StopScope } from '#persistence';

/**
 * What a stop is to be about, as it is stored: from a public id or a platform's name.
 * @throws GatewayError `request_invalid`, or `not_found` for a platform there is not
 */
export function readStopTarget(scope: StopScope, text: string | undefined): string {
  switch (scope) {
    case 'everything':
      if (text !== undefined && text !== '') throw targetInvalid('Everything is stopped without a target.');
      return '';
    case 'platform':
      return connectorOf(text ?? '').id;
    case 'store':
    case 'app':
    case 'tenant': {
      const id = readPublicId(scope, text ?? '');
      if (id === undefined) throw targetInvalid(`Give the id of the ${scope}.`);
      return id;
    }
  }
}

function targetInvalid(message: string): GatewayError<'request_invalid'> {
  return new GatewayError('request_invalid', message, { fields: [{ path: 'target', message }] });
}

/** A stop for people and programs, with the ids that they know. */
export function presentStop(stop: StopRow) {
  const { id, scope, target, reason, setBy, setAt, liftedBy, liftedAt, liftAskedBy, liftAskedAt } = stop;
  const named = scope === 'store' || scope === 'app' || scope === 'tenant' ? publicId(scope, target) : target;
  return {
    ...{ id, scope, target: scope === 'everything' ? null : named, reason },
    ...{ setBy, setAt: setAt.toISOString(), liftedBy, liftedAt: liftedAt?.toISOString() ?? null },
    ...{ liftAskedBy, liftAskedAt: liftAskedAt?.toISOString() ?? null },
  };
}
