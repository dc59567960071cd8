import { markdownTable } from './error-table.js';
import { DEATHS, HEALTH_REASONS, type HealthActor } from './health.js';

const ACTOR: Readonly<Record<HealthActor, string>> = {
  nobody: 'nobody',
  us: 'the gateway: wait',
  operator: 'the operator: act',
  merchant: 'the merchant: write',
  platform: 'the platform: wait',
};

/** The table of all reasons as Markdown, in the order of {@link HEALTH_REASONS}; ends with a line break. */
export function healthReasonTable(): string {
  const rows = Object.entries(HEALTH_REASONS).map(([code, { state, actor, reconnect, sentence }]) => [
    ...[`\`${code}\``, `\`${state}\``, ACTOR[actor], reconnect ? 'yes' : 'no', sentence],
  ]);
  return markdownTable(['Reason', 'State', 'Who can act', 'Connect again', 'What happened, and what to do'], rows);
}

/** The table of what ends a connection on a known day. */
export function deathTable(): string {
  const rows = Object.entries(DEATHS).map(([why, { actor, sentence }]) => [`\`${why}\``, ACTOR[actor], sentence]);
  return markdownTable(['Why', 'Who can act', 'What happens, and what to do'], rows);
}
