export { envExample } from './env-example.js';
export {
  allowsSignInLinks,
  defaultPlatformClient,
  readSettings,
  SETTINGS,
  type Environment,
  type Settings,
  SettingsError,
} from './settings.js';
export { launcherSettings, type LauncherSettings } from './launcher-settings.js';
