// The closing line of .ci/run, from the runners' own reports: `N passed, N failed, N skipped`. A step that failed without
// any failing test (a check, a runner that never came to its tests) counts as one failure, and so does a missing report.
import { existsSync, readFileSync } from 'node:fs';

const REPORTS = ['.reports/tests.json', '.reports/queue-on-redis.json'];
const failedSteps = Number(process.argv[2] ?? 0);

let [passed, failed, skipped] = [0, 0, 0];
for (const file of REPORTS) {
  if (!existsSync(file)) {
    console.log(`no report: ${file}`);
    failed += 1;
    continue;
  }
  const report = JSON.parse(readFileSync(file, 'utf8'));
  passed += report.numPassedTests;
  failed += report.numFailedTests;
  skipped += report.numPendingTests + report.numTodoTests;
}
if (failed === 0 && failedSteps > 0) failed = failedSteps;
console.log(`${passed} passed, ${failed} failed, ${skipped} skipped`);
process.exitCode = failed > 0 || passed === 0 ? 1 : 0;
