// Which lines of a pull request alerts are restricted to, and the file that says so.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { addedRanges } from './git.mjs';
import { required, temporaryFolder } from './runner.mjs';

const file = () => join(temporaryFolder(), 'pr-diff-range.json');

export function prepareDiffRanges() {
  if (process.env.CODEQL_ACTION_DIFF_INFORMED_QUERIES === 'false' || process.env.GITHUB_EVENT_NAME !== 'pull_request') {
    return false;
  }
  const ranges = addedRanges(required('GITHUB_WORKSPACE'));
  if (ranges === undefined) {
    return false;
  }
  writeFileSync(file(), JSON.stringify(ranges, null, 2));
  return true;
}

export const diffRanges = () => (existsSync(file()) ? JSON.parse(readFileSync(file(), 'utf8')) : undefined);

export const inDiff = (ranges, path, line) =>
  ranges.some(
    (range) =>
      range.path === path &&
      ((range.startLine <= line && line <= range.endLine) || (range.startLine === 0 && range.endLine === 0)),
  );
