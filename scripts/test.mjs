import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { root } from './root.mjs';

// `npm test`: everything that is checked, in one run; later steps run even when earlier ones fail, except the build.
const reports = mkdtempSync(path.join(tmpdir(), 'sidelight-reports-'));
const unitReport = path.join(reports, 'unit.json');
const e2eReport = path.join(reports, 'e2e.json');
const none = { passed: 0, failed: 0, skipped: 0 };

try {
  const lint = step('lint', 'npm run --silent lint');
  const build = step('build', 'npm run --silent build');
  const unit = step(
    'unit',
    `npx --no-install vitest run --reporter=default --reporter=json --outputFile.json=${unitReport}`,
  );
  const e2e = build.ok
    ? step('end to end', 'node scripts/e2e.mjs --reporter=list,json', {
        PLAYWRIGHT_JSON_OUTPUT_NAME: e2eReport,
      })
    : { name: 'end to end', ok: false, seconds: 0 };
  unit.counts = readCounts(unitReport, unitCounts, unit.ok);
  e2e.counts = readCounts(e2eReport, e2eCounts, e2e.ok);
  summarise([lint, build, unit, e2e]);
} finally {
  rmSync(reports, { recursive: true, force: true });
}

function step(name, command, environment = {}) {
  console.log(`\n── ${name}: ${command}`);
  const started = Date.now();
  const { status } = spawnSync(command, {
    cwd: root,
    shell: true,
    stdio: 'inherit',
    env: { ...process.env, ...environment },
  });
  return { name, ok: status === 0, seconds: (Date.now() - started) / 1000 };
}

/** A step that failed without a failing test (a file that does not load, no browser) counts as one failure. */
function readCounts(file, count, ok) {
  let counts = none;
  try {
    counts = count(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    console.error(`No report of the tests at ${file}.`);
    return { ...none, failed: 1 };
  }
  return ok || counts.failed > 0 ? counts : { ...counts, failed: 1 };
}

function unitCounts(report) {
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests,
    skipped: report.numPendingTests + report.numTodoTests,
  };
}

function e2eCounts({ stats }) {
  return { passed: stats.expected + stats.flaky, failed: stats.unexpected, skipped: stats.skipped };
}

function summarise(steps) {
  console.log('\n── summary');
  const total = { ...none };
  for (const { name, ok, seconds, counts } of steps) {
    const tests = counts ?? { ...none, failed: ok ? 0 : 1 };
    for (const key of Object.keys(total)) total[key] += tests[key];
    const detail = counts
      ? `${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped`
      : '';
    console.log(
      `${ok ? 'ok    ' : 'FAILED'}  ${name.padEnd(10)}  ${seconds.toFixed(0).padStart(4)} s  ${detail}`,
    );
  }
  console.log(`${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`);
  process.exitCode = total.failed > 0 ? 1 : 0;
}
