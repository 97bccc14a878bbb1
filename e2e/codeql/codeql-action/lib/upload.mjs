// What becomes of SARIF files: filtered, given fingerprints and a category, dumped, uploaded.
import { existsSync, lstatSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { extname, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { gzipSync } from 'node:zlib';
import { diffRanges, inDiff } from './diff.mjs';
import { lineHashes } from './fingerprints.mjs';
import * as git from './git.mjs';
import { analysisKey, uploadAnalysis, waitForProcessing } from './github.mjs';
import { exportVariable, info, input, required } from './runner.mjs';
import { withSlash } from './sarif.mjs';

function sarifFiles(path) {
  if (!existsSync(path)) {
    throw new Error(`Path does not exist: ${path}`);
  }
  if (!statSync(path).isDirectory()) {
    return [path];
  }
  return readdirSync(path, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && extname(entry.name) === '.sarif')
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name));
}

function matrix() {
  const given = input('matrix');
  return given && given !== 'null' ? JSON.parse(given) : undefined;
}

function automationId(category, key) {
  if (category) {
    return withSlash(category);
  }
  const parts = Object.entries(matrix() ?? {})
    .sort()
    .map(([name, value]) => `${name}:${typeof value === 'string' ? value : ''}/`);
  return `${key}/${parts.join('')}`;
}

// A category is not allowed twice in a job: one variable remembers each.
function reserve(log) {
  const part = (text) => (text ?? '_').replace(/[^a-zA-Z0-9_]/g, '_').toUpperCase();
  for (const { automationDetails, tool } of log.runs) {
    const sentinel = `CODEQL_UPLOAD_SARIF_${part(automationDetails?.id)}_${part(tool.driver.name)}`;
    if (process.env[sentinel]) {
      throw new Error(
        'Aborting upload: only one run of the codeql/analyze or codeql/upload-sarif actions is allowed per job per' +
          ` tool/category. Category: (${automationDetails?.id}) Tool: (${tool.driver.name})`,
      );
    }
    exportVariable(sentinel, sentinel);
  }
}

function addFingerprints(log, checkout) {
  for (const result of log.runs.flatMap((run) => run.results ?? [])) {
    const location = result.locations?.[0]?.physicalLocation;
    const path = location?.artifactLocation?.uri && join(checkout, decodeURIComponent(location.artifactLocation.uri));
    if (location?.region?.startLine && path && existsSync(path) && !result.partialFingerprints?.primaryLocationLineHash) {
      const hash = lineHashes(readFileSync(path, 'utf8')).get(location.region.startLine);
      result.partialFingerprints = { ...result.partialFingerprints, primaryLocationLineHash: hash };
    }
  }
}

function restrict(log) {
  const ranges = diffRanges();
  if (ranges?.length) {
    for (const run of log.runs) {
      run.results = run.results?.filter((result) =>
        [...(result.locations ?? []), ...(result.relatedLocations ?? [])].some(({ physicalLocation }) =>
          inDiff(ranges, physicalLocation?.artifactLocation?.uri, physicalLocation?.region?.startLine),
        ),
      );
    }
  }
}

function processed(path, checkout, category, key) {
  const files = sarifFiles(path);
  if (files.length === 0) {
    throw new Error(`No SARIF files found to upload in "${path}".`);
  }
  const logs = files.map((file) => JSON.parse(readFileSync(file, 'utf8')));
  const log = { ...logs[0], runs: logs.flatMap(({ runs }) => runs) };
  restrict(log);
  addFingerprints(log, checkout);
  for (const run of log.runs) {
    run.automationDetails ??= { id: automationId(category, key) };
  }
  return log;
}

function dump(log) {
  const folder = input('post-processed-sarif-path') || process.env.CODEQL_ACTION_SARIF_DUMP_DIR;
  if (!folder) {
    return;
  }
  if (!existsSync(folder)) {
    mkdirSync(folder, { recursive: true });
  } else if (!lstatSync(folder).isDirectory()) {
    throw new Error(`The path that processed SARIF files should be written to is not a directory: ${folder}`);
  }
  info(`Writing processed SARIF file to ${resolve(folder, 'upload.sarif')}`);
  writeFileSync(resolve(folder, 'upload.sarif'), JSON.stringify(log));
}

// Undefined unless the kind of upload is always.
export async function processAndUpload(kind, path, checkout, category) {
  const key = await analysisKey();
  const log = processed(path, checkout, category, key);
  dump(log);
  return kind === 'always' ? upload(log, checkout, key) : undefined;
}

export async function uploadFile(path, checkout, category) {
  const key = await analysisKey();
  return upload(processed(path, checkout, category, key), checkout, key);
}

async function upload(log, checkout, key) {
  reserve(log);
  const payload = {
    commit_oid: git.commit(checkout),
    ref: git.ref(checkout),
    analysis_key: key,
    analysis_name: required('GITHUB_WORKFLOW'),
    sarif: gzipSync(JSON.stringify(log)).toString('base64'),
    workflow_run_id: Number(required('GITHUB_RUN_ID')),
    workflow_run_attempt: Number(required('GITHUB_RUN_ATTEMPT')),
    checkout_uri: pathToFileURL(checkout).href,
    environment: input('matrix'),
    started_at: process.env.CODEQL_WORKFLOW_STARTED_AT,
    tool_names: [...new Set(log.runs.map((run) => run.tool.driver.name))],
    ...base(checkout),
  };
  const id = await uploadAnalysis(payload);
  info('Successfully uploaded results');
  return id;
}

function base(checkout) {
  if (required('GITHUB_EVENT_NAME') !== 'pull_request') {
    return {};
  }
  const mergeBase = git.mergeBase(checkout);
  if (git.commit(checkout) === required('GITHUB_SHA') && mergeBase) {
    return { base_ref: `refs/heads/${required('GITHUB_BASE_REF')}`, base_sha: mergeBase };
  }
  const { pull_request: pull } = JSON.parse(readFileSync(required('GITHUB_EVENT_PATH'), 'utf8'));
  return { base_ref: `refs/heads/${pull.base.ref}`, base_sha: pull.base.sha };
}

export async function settle(sarifId) {
  if (sarifId !== undefined && input('wait-for-processing') === 'true') {
    await waitForProcessing(sarifId);
  }
}
