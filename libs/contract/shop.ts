import { z } from 'zod';

/** The store as the platform describes it; asked right after connecting to prove that the credential works. */
export const shop = z.object({
  platformId: z.string().min(1),
  name: z.string(),
  domain: z.string(),
  currency: z.string(),
  timezone: z.string().nullable(),
  /** Scopes really granted, where the platform says so. */
  grantedScopes: z.array(z.string()).nullable(),
});
export type Shop = z.infer<typeof shop>;
