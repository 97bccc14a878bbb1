// What the action asks GitHub.
import { exportVariable, info, input, required } from './runner.mjs';

const STATUS_CHECKS = 5;
const FIRST_STATUS_CHECK_MILLIS = 50;

async function request(method, path, body) {
  const api = process.env.CACHEMESH_UPSTREAM || required('GITHUB_API_URL');
  const response = await fetch(api + path, {
    method,
    headers: {
      accept: 'application/vnd.github+json',
      authorization: `token ${input('token')}`,
      'user-agent': 'CodeQL-Action/4.36.3',
    },
    body: body && JSON.stringify(body),
  });
  const text = await response.text();
  if (!response.ok) {
    throw new Error(`${method} ${path}: ${response.status} ${text}`);
  }
  return JSON.parse(text);
}

const inRepository = (path) => `/repos/${required('GITHUB_REPOSITORY')}${path}`;

export async function workflowPath() {
  const run = await request('GET', inRepository(`/actions/runs/${required('GITHUB_RUN_ID')}`));
  return run.path.replace(/@.*/, '');
}

export async function analysisKey() {
  if (process.env.CODEQL_ACTION_ANALYSIS_KEY === undefined) {
    exportVariable('CODEQL_ACTION_ANALYSIS_KEY', `${await workflowPath()}:${required('GITHUB_JOB')}`);
  }
  return process.env.CODEQL_ACTION_ANALYSIS_KEY;
}

// A repository without any, or a token that may not read them, is no failure.
export async function repositoryProperties() {
  try {
    const properties = await request('GET', inRepository('/properties/values'));
    return Object.fromEntries(
      properties
        .filter((property) => property.property_name === 'github-codeql-extra-queries')
        .map((property) => [property.property_name, property.value]),
    );
  } catch (error) {
    info(`Failed to load repository properties: ${error.message}`);
    return {};
  }
}

export async function uploadAnalysis(payload) {
  return (await request('PUT', inRepository('/code-scanning/analysis'), payload)).id;
}

export async function waitForProcessing(sarifId) {
  let pauseMillis = FIRST_STATUS_CHECK_MILLIS;
  for (let check = 1; check <= STATUS_CHECKS; check++) {
    const delivery = await request('GET', inRepository(`/code-scanning/sarifs/${sarifId}`));
    info(`Analysis upload status is ${delivery.processing_status}.`);
    if (delivery.processing_status === 'failed') {
      throw new Error(`Code Scanning could not process the submitted SARIF file:\n${delivery.errors}`);
    }
    if (delivery.processing_status === 'complete') {
      return;
    }
    await new Promise((resolve) => setTimeout(resolve, pauseMillis));
    pauseMillis *= 2;
  }
}
