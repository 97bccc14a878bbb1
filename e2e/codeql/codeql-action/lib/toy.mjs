// The toy that stands for CodeQL: says of the files on disk, tracked or not, which lines are alerts. What it says
// follows from nothing but those files and the configuration, and as with CodeQL a change in one file may raise an
// alert in another, and an ignored file, a file's mode or a symbolic link may matter.
import { lstatSync, readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { extname, join } from 'node:path';

export const EXTENSIONS = {
  actions: ['.yml', '.yaml'],
  cpp: ['.c', '.h', '.cpp'],
  csharp: ['.cs'],
  go: ['.go'],
  java: ['.java', '.kt'],
  javascript: ['.js', '.jsx', '.mjs', '.ts', '.tsx'],
  python: ['.py'],
  ruby: ['.rb'],
  rust: ['.rs'],
};
export const SHORT = { csharp: 'cs', javascript: 'js', python: 'py', ruby: 'rb' };

const EXTENDED = ['security-extended', 'security-and-quality'];

// Rules by name, with the level and severity that only the rule says, as in CodeQL's files.
export function rules(configuration, version) {
  const { 'disable-default-queries': noDefaults, queries = [], packs = [] } = configuration.computedConfig;
  const [major, minor] = version.split('.').map(Number);
  const active = [];
  const rule = (name, level, severity, alerts) => active.push({ name, level, severity, alerts });
  if (!noDefaults) {
    rule('code-injection', 'error', '9.3', (file) => matches(file, /eval\(/g));
    rule('tainted-sink', 'warning', '6.1', (file, sources) =>
      matches(file, /sink\((\w+)\)/g).filter((match) => sources.has(match.name)),
    );
    rule('executable-source', 'note', undefined, (file) => (file.executable ? [WHOLE] : []));
    if (major > 2 || minor > 25) {
      rule('insecure-randomness', 'warning', '7.8', (file) => matches(file, /random\(/g));
    }
  }
  if (queries.some(({ uses }) => EXTENDED.includes(uses))) {
    rule('weak-hash', 'warning', '5.9', (file) => matches(file, /md5\(/g));
  }
  for (const pack of Array.isArray(packs) ? packs : Object.values(packs).flat()) {
    rule(pack.replace(/@.*/, '').replaceAll('/', '-'), 'error', undefined, (file) => matches(file, /debugger/g));
  }
  return active;
}

function matches(file, pattern) {
  return file.lines.flatMap((line, at) =>
    [...line.matchAll(pattern)].map((match) => ({
      line: at + 1,
      column: match.index + 1,
      endColumn: match.index + 1 + match[0].length,
      name: match[1],
    })),
  );
}

const WHOLE = { line: 1, column: 1, endColumn: 1 };

// Every file below the root but git's own. A symbolic link is its target's name, and no source.
function* filesBelow(root, folder = '') {
  const entries = readdirSync(join(root, folder), { withFileTypes: true });
  for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const path = folder ? `${folder}/${entry.name}` : entry.name;
    if (entry.name === '.git') {
      continue;
    }
    if (entry.isDirectory()) {
      yield* filesBelow(root, path);
    } else if (entry.isSymbolicLink()) {
      yield { path, text: readlinkSync(join(root, path)), link: true };
    } else if (entry.isFile()) {
      const executable = (lstatSync(join(root, path)).mode & 0o100) !== 0;
      yield { path, text: readFileSync(join(root, path), 'utf8'), executable };
    }
  }
}

// Only prefixes and * are known, which is enough for paths and paths-ignore here.
function glob(pattern) {
  const escaped = pattern.replace(/\/?\*\*$/, '').replace(/[.+^${}()|[\]\\?]/g, '\\$&');
  return new RegExp(`^${escaped.replaceAll('**/', '(.*/)?').replaceAll('*', '[^/]*')}(/|$)`);
}

function isSource(path, language, { paths, 'paths-ignore': ignored = [] }) {
  return (
    EXTENSIONS[language].includes(extname(path)) &&
    (language !== 'actions' || path.startsWith('.github/workflows/')) &&
    (paths === undefined || paths.some((pattern) => glob(pattern).test(path))) &&
    !ignored.some((pattern) => glob(pattern).test(path))
  );
}

export function analyse(root, language, configuration, version) {
  const files = [...filesBelow(root)];
  const sources = new Set(files.flatMap(({ text }) => [...text.matchAll(/source: (\w+)/g)].map((match) => match[1])));
  const extracted = files
    .filter(({ path, link }) => !link && isSource(path, language, configuration.computedConfig))
    .map((file) => ({ ...file, lines: file.text.split(/\r\n|\r|\n/) }));
  const active = rules(configuration, version);
  const alerts = extracted.flatMap((file) =>
    active.flatMap((rule) => rule.alerts(file, sources).map((alert) => ({ ...alert, rule: rule.name, file }))),
  );
  return { rules: active, alerts, extracted };
}
