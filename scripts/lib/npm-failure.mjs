const CAUSES = [
  [/ENOSPC/, 'The disk is full: free some space'],
  [/\b(?:EACCES|EPERM|EROFS)\b/, 'npm may not write here: check who owns this folder and the npm cache'],
  [/CERT|SELF_SIGNED|certificate/, "The registry's certificate is not trusted: check npm's settings cafile and proxy"],
  [/\bE40[13]\b/, 'The registry wants a login: check registry and token in your .npmrc'],
  [/\bEINTEGRITY\b/, 'A download differs from package-lock.json: run "npm cache clean --force"'],
  [/\b(?:ETARGET|E404)\b/, 'The registry lacks a package of package-lock.json: check the registry in your .npmrc'],
  [
    /package\.json and package-lock\.json .* in sync/,
    'package.json and package-lock.json disagree: restore both from the repository',
  ],
  [
    /\b(?:ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|ERR_SOCKET_TIMEOUT)\b/,
    'npm could not reach its registry: check the network and the proxy',
  ],
  [/\bENOENT\b.*\bnpm\b|spawn npm/, 'npm was not found: install it together with Node.js from https://nodejs.org'],
];

/** @returns {string} one sentence about what npm wrote when it failed */
export function explainNpmFailure(output) {
  const [, advice] = CAUSES.find(([pattern]) => pattern.test(output)) ?? [
    undefined,
    'npm could not install the packages',
  ];
  return `${advice}, then run the same command again.`;
}
