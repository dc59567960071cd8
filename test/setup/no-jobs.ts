import type { JobHandlers } from '#queue';

const none = (): Promise<void> => Promise.resolve();

/** Handlers that do nothing, for what a test does not look at. */
export const NO_JOBS: JobHandlers = {
  'refresh.tick': none,
  'webhooks.tick': none,
  'polls.tick': none,
  'probes.tick': none,
  'revocations.tick': none,
  'alerts.tick': none,
  'webhook.process': none,
  'signingKeys.tick': none,
  'forget.tick': none,
  'connect.prove': none,
};
