import type { Revocation } from '#contract';

// Tokens of an integration are ended by whoever may edit integrations; no route of the API does it.
export const integrationRevocation: Revocation = {
  kind: 'impossible',
  why: 'Magento has no way for an integration to end its own token. Delete the integration in the admin under System › Extensions › Integrations.',
};
