/** Why Shopspan does not start, or stopped; `message` is for the person at the terminal. */
export class LaunchError extends Error {
  override readonly name = 'LaunchError';
}
