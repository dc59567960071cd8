import type { PlatformRow } from '#operator-api';
import { useTenSeconds } from '../../parts/now.js';
import { Badge } from '../../parts/state-badge.js';
import { When } from '../../parts/when.js';
import { counted } from '../../words/numbers.js';
import { daysUntil } from '../../words/relative-time.js';

const SOON_DAYS = 90;

/** The spoken version of a platform's API, and the days it has left. */
export function Sunset({ row: { apiVersion, apiVersionUntil } }: { readonly row: PlatformRow }) {
  const now = useTenSeconds();
  if (apiVersionUntil === null) {
    return (
      <>
        {apiVersion} <div className="attention-meta">no end named</div>
      </>
    );
  }
  const days = daysUntil(apiVersionUntil, now);
  return (
    <>
      {apiVersion}{' '}
      <div className="attention-meta">
        ends <When at={apiVersionUntil} />
      </div>
      {days < 0 ? <Badge words={{ word: 'Ended', tone: 'bad', icon: 'cross' }} /> : null}
      {days >= 0 && days < SOON_DAYS ? (
        <Badge words={{ word: `${counted(days, 'day')} left`, tone: 'warn', icon: 'clock' }} />
      ) : null}
    </>
  );
}

/** Error codes that stores met, the most frequent first. */
export function ErrorClasses({ errors }: { readonly errors: PlatformRow['errors'] }) {
  if (errors.length === 0) return <span className="dim">none</span>;
  return (
    <ul className="codes">
      {errors.slice(0, 4).map(({ code, stores }) => (
        <li key={code}>
          <span className="mono">{code}</span> <span className="dim">{counted(stores, 'store')}</span>
        </li>
      ))}
      {errors.length > 4 ? <li className="dim">and {counted(errors.length - 4, 'other code')}</li> : null}
    </ul>
  );
}

/** That calls to it are stopped. */
export function StopNote({ stop }: { readonly stop: PlatformRow['stop'] }) {
  if (stop === null) return null;
  return (
    <div className="break">
      <Badge words={{ word: 'Stopped', tone: 'bad', icon: 'stop' }} />{' '}
      <span className="attention-meta">{stop.reason}</span>
    </div>
  );
}
