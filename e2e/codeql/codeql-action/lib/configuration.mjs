// The configuration of a scan: what init makes of inputs, file and repository, and saves for the later steps.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve, sep } from 'node:path';
import { load } from 'js-yaml';
import { input, required, temporaryFolder } from './runner.mjs';

const ALIASES = {
  c: 'cpp',
  'c-c++': 'cpp',
  'c-cpp': 'cpp',
  'c#': 'csharp',
  'c++': 'cpp',
  'java-kotlin': 'java',
  'javascript-typescript': 'javascript',
  kotlin: 'java',
  typescript: 'javascript',
};
const DEFAULT_VERSION = '2.25.6';

const savedFile = (folder) => join(folder, 'config');
const list = (text) => text.split(',').map((item) => item.trim()).filter(Boolean);

// A value that begins with + adds to what the configuration says.
function combined(own, given, read) {
  if (given === undefined || given === '') {
    return own;
  }
  return given.startsWith('+') ? [...(own ?? []), ...read(given.slice(1))] : read(given);
}

const queries = (text) => list(text).map((uses) => ({ uses }));

export function languages() {
  const given = list(input('languages')).map((language) => language.toLowerCase());
  if (given.length === 0) {
    throw new Error('The stand-in detects no languages; name them.');
  }
  return [...new Set(given.map((language) => ALIASES[language] ?? language))];
}

export function toolsVersion() {
  const tools = input('tools');
  const version = /\/codeql-bundle-v(\d+\.\d+\.\d+)\//.exec(tools)?.[1];
  if (tools && !version) {
    throw new Error(`The stand-in has no bundle '${tools}'.`);
  }
  return version ?? DEFAULT_VERSION;
}

function fromUser(folder) {
  const text = input('config');
  if (text) {
    const file = join(folder, 'user-config-from-action.yml');
    writeFileSync(file, text);
    return load(text) ?? {};
  }
  const name = input('config-file');
  if (!name) {
    return {};
  }
  const workspace = required('GITHUB_WORKSPACE');
  const file = resolve(workspace, name);
  if (!file.startsWith(workspace + sep)) {
    throw new Error(`The configuration file "${file}" is outside of the workspace`);
  }
  return load(readFileSync(file, 'utf8')) ?? {};
}

export function configure(version, repositoryProperties, diffInformed) {
  const tempDir = temporaryFolder();
  const originalUserInput = fromUser(tempDir);
  const computedConfig = { ...originalUserInput };
  const extra = repositoryProperties['github-codeql-extra-queries'];
  const given = input('queries');
  const asked = combined(combined(originalUserInput.queries, given, queries), extra, queries);
  if (asked?.length) {
    computedConfig.queries = asked;
  }
  const packs = combined(originalUserInput.packs, input('packs'), list);
  if (packs) {
    computedConfig.packs = packs;
  }
  return {
    version: '4.36.3',
    analysisKinds: ['code-scanning'],
    languages: languages(),
    buildMode: input('build-mode') || undefined,
    originalUserInput,
    computedConfig,
    tempDir,
    codeQLCmd: join(required('RUNNER_TOOL_CACHE'), 'CodeQL', version, 'x64', 'codeql', 'codeql'),
    gitHubVersion: { type: 'GitHub.com' },
    dbLocation: input('db-location') || join(tempDir, 'codeql_databases'),
    debugMode: input('debug') === 'true' || process.env.RUNNER_DEBUG === '1',
    debugArtifactName: 'debug-artifacts',
    debugDatabaseName: 'db',
    trapCaches: {},
    trapCacheDownloadTime: 0,
    dependencyCachingEnabled: 'none',
    dependencyCachingRestoredKeys: [],
    extraQueryExclusions: diffInformed ? [{ exclude: { tags: 'exclude-from-incremental' } }] : [],
    overlayDatabaseMode: process.env.CODEQL_OVERLAY_DATABASE_MODE || 'none',
    useOverlayDatabaseCaching: false,
    overlayModeSetExplicitly: Boolean(process.env.CODEQL_OVERLAY_DATABASE_MODE),
    repositoryProperties,
    enableFileCoverageInformation: process.env.GITHUB_EVENT_NAME !== 'pull_request',
  };
}

export function save(configuration) {
  const file = savedFile(configuration.tempDir);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, JSON.stringify(configuration));
}

export function saved() {
  try {
    return JSON.parse(readFileSync(savedFile(temporaryFolder()), 'utf8'));
  } catch (error) {
    if (error.code === 'ENOENT') {
      return undefined;
    }
    throw error;
  }
}
