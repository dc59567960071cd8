import type { DeliveryRow } from '#operator-api';
import type { Words } from './health.js';

type DeliveryStatus = DeliveryRow['status'];

/** What became of a delivery. */
export const DELIVERY_WORDS: Readonly<Record<DeliveryStatus, Words>> = {
  received: { word: 'Waiting', tone: 'wait', icon: 'clock' },
  processed: { word: 'Worked through', tone: 'good', icon: 'check' },
  unhandled: { word: 'Not handled', tone: 'still', icon: 'question' },
  ignored: { word: 'Ignored', tone: 'still', icon: 'minus' },
  failed: { word: 'Failed', tone: 'bad', icon: 'cross' },
};
