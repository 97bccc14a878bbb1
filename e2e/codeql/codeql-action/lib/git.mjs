// What the action asks git.
import { execFileSync } from 'node:child_process';
import { input, required } from './runner.mjs';

function git(folder, ...args) {
  return execFileSync('git', args, { cwd: folder, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
}

export function commit(checkout) {
  try {
    return git(checkout, 'rev-parse', 'HEAD').trim();
  } catch {
    return input('sha') || required('GITHUB_SHA');
  }
}

// A pull request whose head was checked out is reported as such.
export function ref(checkout) {
  const given = input('ref');
  if ((given === '') !== (input('sha') === '')) {
    throw new Error("Both 'ref' and 'sha' are required if one of them is provided.");
  }
  const own = required('GITHUB_REF');
  if (given || !/^refs\/pull\/\d+\/merge$/.test(own) || commit(checkout) === required('GITHUB_SHA')) {
    return given || own;
  }
  return own.replace(/merge$/, 'head');
}

export function mergeBase(checkout) {
  try {
    const [base, head] = git(checkout, 'show', '-s', '--format=%P', required('GITHUB_SHA')).trim().split(' ');
    return head === undefined ? undefined : base;
  } catch {
    return undefined;
  }
}

// The lines that a pull request adds, from its merge commit; the real one asks GitHub for them.
export function addedRanges(checkout) {
  let diff;
  try {
    diff = git(checkout, 'diff', '--unified=0', '--no-renames', '--no-color', 'HEAD^1', 'HEAD');
  } catch {
    return undefined;
  }
  const ranges = [];
  let path;
  for (const line of diff.split('\n')) {
    const hunk = /^@@ -\S+ \+(\d+)(?:,(\d+))? @@/.exec(line);
    if (line.startsWith('+++ b/')) {
      path = line.slice('+++ b/'.length);
    } else if (hunk && hunk[2] !== '0') {
      const startLine = Number(hunk[1]);
      ranges.push({ path, startLine, endLine: startLine + Number(hunk[2] ?? 1) - 1 });
    }
  }
  return ranges;
}
