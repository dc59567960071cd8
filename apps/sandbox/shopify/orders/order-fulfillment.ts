import type { Fulfillment, Order } from './order.js';
import type { History, Step } from './order-history.js';
import { refundedUnits } from './order-totals.js';
import type { FulfillmentName } from './scenario.js';

interface Parcel {
  /** Of each line: how many units of its quantity. */
  units(quantity: number, line: number): number;
  readonly hours: number;
  readonly status?: Fulfillment['status'];
  readonly displayStatus?: string;
  readonly delivered?: boolean;
}

const all = (quantity: number): number => quantity;
const none = (): number => 0;

const CARRIERS = [
  { company: 'UPS', url: (number: string) => `https://www.ups.com/track?tracknum=${number}` },
  { company: 'DHL Express', url: (number: string) => `https://www.dhl.com/track?id=${number}` },
  { company: 'ヤマト運輸', url: () => null },
  { company: 'Local courier', url: () => null },
] as const;

const PARCELS: Readonly<Record<FulfillmentName, readonly Parcel[]>> = {
  none: [],
  hold: [],
  scheduled: [],
  inProgress: [],
  partial: [{ units: (_quantity, line) => (line === 0 ? 1 : 0), hours: 30, displayStatus: 'IN_TRANSIT' }],
  full: [{ units: all, hours: 24 }],
  delivered: [{ units: all, hours: 22, displayStatus: 'DELIVERED', delivered: true }],
  twoParcels: [
    {
      units: (quantity, line) => (line === 0 ? 1 : line === 1 ? quantity : 0),
      hours: 20,
      displayStatus: 'DELIVERED',
      delivered: true,
    },
    {
      units: (quantity, line) => (line === 0 ? quantity - 1 : line === 1 ? 0 : quantity),
      hours: 44,
      displayStatus: 'OUT_FOR_DELIVERY',
    },
  ],
  cancelledThenSent: [
    { units: all, hours: 18, status: 'CANCELLED', displayStatus: 'CANCELED' },
    { units: all, hours: 40, displayStatus: 'LABEL_PRINTED' },
  ],
  failed: [
    {
      units: (quantity, line) => (line === 0 ? quantity : none()),
      hours: 28,
      status: 'FAILURE',
      displayStatus: 'FAILURE',
    },
  ],
};

const HOLD: Readonly<Partial<Record<FulfillmentName, Order['fulfillmentHold']>>> = {
  hold: 'ON_HOLD',
  scheduled: 'SCHEDULED',
  inProgress: 'IN_PROGRESS',
};

function tracking({ random, scenario, ids }: History): Fulfillment['tracking'] {
  if (scenario.shipping === 'none' || scenario.shipping === 'pickup') return [];
  const carrier = random.pick(CARRIERS);
  const number = `1Z${String(ids.next()).slice(-8)}${random.between(1000, 9999)}`;
  return [{ company: carrier.company, number, url: carrier.url(number) }];
}

function send(parcel: Parcel, order: Order, history: History): Fulfillment | undefined {
  const lines = order.lines.flatMap(({ quantity }, line) => {
    const left = quantity - refundedUnits(order, line, ['CANCEL']);
    const units = Math.min(left, parcel.units(quantity, line));
    return units > 0 ? [{ id: history.ids.next(), line, quantity: units }] : [];
  });
  if (lines.length === 0) return undefined;
  const { status = 'SUCCESS', displayStatus = 'FULFILLED', delivered = false, hours } = parcel;
  return {
    id: history.ids.next(),
    lines,
    status,
    displayStatus,
    at: history.at(hours),
    inTransitAt: delivered || displayStatus === 'IN_TRANSIT' ? history.at(hours + 3) : null,
    deliveredAt: delivered ? history.at(hours + 50) : null,
    changedAt: null,
    events: [],
    tracking: tracking(history),
  };
}

/** Sends an order's parcels the way its scenario says. */
export const fulfill: Step = (order, history) => {
  const { fulfillment = 'none' } = history.scenario;
  const fulfillments = PARCELS[fulfillment].map((parcel) => send(parcel, order, history));
  return {
    ...order,
    fulfillmentHold: HOLD[fulfillment] ?? null,
    fulfillments: fulfillments.filter((one) => one !== undefined),
  };
};
