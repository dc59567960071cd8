/**
 * Ends the process with one sentence on a Node.js that cannot run Shopspan: since 20.19 and 22.12, CommonJS packages can load
 * ES modules, which ours do.
 */
export function requireNode(version = process.versions.node) {
  if (canRun(version)) return;
  console.error(
    `Shopspan needs Node.js 20.19 or newer (22.12 or newer of version 22); this is ${version}, ${process.execPath}. ` +
      'Install a current one from https://nodejs.org and run the same command again.',
  );
  process.exit(1);
}

export function canRun(version) {
  const [major, minor] = version.split('.').map(Number);
  if (major === 20) return minor >= 19;
  if (major === 22) return minor >= 12;
  return major >= 23;
}
