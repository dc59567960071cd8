// The closing lines of .ci/run, from the runners' own reports: each failed test by name with the first line of why, then
// `N passed, N failed, N skipped`. A step that failed without any failing test (a check, a runner that never came to its
// tests) counts as one failure, and so does a missing report.
import { existsSync, readFileSync } from 'node:fs';
import { relative } from 'node:path';

const REPORTS = ['.reports/tests.json', '.reports/queue-on-redis.json'];
const failedSteps = Number(process.argv[2] ?? 0);

function tellFailures(report) {
  for (const suite of report.testResults) {
    const file = relative(process.cwd(), suite.name);
    const failures = suite.assertionResults.filter((test) => test.status === 'failed');
    if (suite.status === 'failed' && failures.length === 0) console.log(`failed: ${file}: ${firstLine(suite.message)}`);
    for (const test of failures)
      console.log(`failed: ${file}: ${test.fullName}: ${firstLine(test.failureMessages[0])}`);
  }
}

const firstLine = (text) => (text ?? 'no reason was reported').split('\n')[0].slice(0, 300);

let [passed, failed, skipped] = [0, 0, 0];
for (const file of REPORTS) {
  if (!existsSync(file)) {
    console.log(`no report: ${file}`);
    failed += 1;
    continue;
  }
  const report = JSON.parse(readFileSync(file, 'utf8'));
  tellFailures(report);
  passed += report.numPassedTests;
  failed += report.numFailedTests;
  skipped += report.numPendingTests + report.numTodoTests;
}
if (failed === 0 && failedSteps > 0) failed = failedSteps;
console.log(`${passed} passed, ${failed} failed, ${skipped} skipped`);
process.exitCode = failed > 0 || passed === 0 ? 1 : 0;
