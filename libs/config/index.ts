export { envExample } from './env-example.js';
export { launcherSettings, type LauncherSettings } from './launcher-settings.js';
export { readSettings, SettingsError } from './read-settings.js';
export { allowsSignInLinks, defaultPlatformClient, SETTINGS, type Environment, type Settings } from './settings.js';
