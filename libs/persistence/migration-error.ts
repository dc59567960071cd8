/** The database could not be brought up to date; `message` is for the person who runs Shopspan. */
export class MigrationError extends Error {
  override readonly name = 'MigrationError';
}
