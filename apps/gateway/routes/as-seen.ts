import { type ConnectionsContext, stopSentence, userOfStore } from '#connections';
import type { StoreRow } from '#persistence';

type Seen = Pick<
  StoreRow,
  | ('id' | 'tenantId' | 'appId' | 'platform' | 'mode')
  | ('status' | 'statusReason' | 'statusSince' | 'healthState' | 'healthReason' | 'healthSince')
>;

/** What an operator has stopped shows as paused, and is what it was when the stop is lifted. */
export function asSeen<Row extends Seen>({ stops }: Pick<ConnectionsContext, 'stops'>, row: Row): Row {
  const stop = row.status === 'active' ? stops.stopFor(userOfStore(row)) : undefined;
  if (stop === undefined) return row;
  const status = { status: 'paused', statusReason: stopSentence(stop), statusSince: stop.setAt } as const;
  return { ...row, ...status, healthState: 'paused', healthReason: 'paused', healthSince: stop.setAt };
}
