import type { StoreDetail } from '#operator-api';
import { Facts } from '../../parts/facts.js';
import { Section } from '../../parts/page.js';
import { Empty } from '../../parts/problem.js';
import { When } from '../../parts/when.js';
import { count } from '../../words/numbers.js';

/** How many calls the platform still takes. */
export function PaceSection({ store: { pace } }: { readonly store: StoreDetail }) {
  return (
    <Section title="Calls and limits">
      {pace === null ? (
        <Empty title="The platform names no budget" />
      ) : (
        <Facts
          facts={[
            [
              'Budget left',
              pace.available === null ? 'not told' : <Budget available={pace.available} capacity={pace.capacity} />,
            ],
            ['Refills', pace.perSecond === null ? 'not told' : `${count(pace.perSecond)} a second`],
            ['Calls under way', count(pace.underWay)],
            ['As estimated', <When at={pace.at} />],
          ]}
        />
      )}
    </Section>
  );
}

function Budget({ available, capacity }: { readonly available: number; readonly capacity: number | null }) {
  if (capacity === null) return <>{count(Math.floor(available))}</>;
  return (
    <span className="budget">
      <meter min={0} max={capacity} value={available} low={capacity / 10} aria-label="Budget left" />
      {count(Math.floor(available))} of {count(capacity)}
    </span>
  );
}
