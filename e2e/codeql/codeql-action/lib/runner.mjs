// What an action and its runner say to each other: inputs, and the files for variables, outputs and state.
import { randomUUID } from 'node:crypto';
import { appendFileSync } from 'node:fs';

const PERSISTED_INPUTS = 'persisted_inputs';

export function input(name) {
  return (process.env[`INPUT_${name.replaceAll(' ', '_').toUpperCase()}`] ?? '').trim();
}

export function required(variable) {
  const value = process.env[variable];
  if (!value) {
    throw new Error(`${variable} must be set`);
  }
  return value;
}

function hand(file, name, value) {
  const end = `ghadelimiter_${randomUUID()}`;
  appendFileSync(required(file), `${name}<<${end}\n${value}\n${end}\n`);
}

// For this process as well, since the parts of an action tell each other by it.
export function exportVariable(name, value) {
  process.env[name] = value;
  hand('GITHUB_ENV', name, value);
}

export const setOutput = (name, value) => hand('GITHUB_OUTPUT', name, value);

// Not every runner hands the inputs to post.
export function persistInputs() {
  const inputs = Object.entries(process.env).filter(([name]) => name.startsWith('INPUT_'));
  hand('GITHUB_STATE', PERSISTED_INPUTS, JSON.stringify(inputs));
}

export function restoreInputs() {
  for (const [name, value] of JSON.parse(process.env[`STATE_${PERSISTED_INPUTS}`] ?? '[]')) {
    process.env[name] = value;
  }
}

export const info = (message) => console.log(message);

export function warning(message) {
  console.log(`::warning::${escaped(message)}`);
}

function escaped(message) {
  return message.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

export async function run(action) {
  try {
    await action();
  } catch (error) {
    console.log(`::error::${escaped(error.message)}`);
    process.exitCode = 1;
  }
}

export const temporaryFolder = () => process.env.CODEQL_ACTION_TEMP || required('RUNNER_TEMP');

// The first of the job's actions to run says when it began and which workflow and job this is.
export async function startJob(analysisKey) {
  for (const feature of ['MULTI_LANGUAGE', 'SANDWICH']) {
    exportVariable(`CODEQL_ACTION_FEATURE_${feature}`, 'false');
  }
  for (const feature of ['SARIF_COMBINE', 'WILL_UPLOAD']) {
    exportVariable(`CODEQL_ACTION_FEATURE_${feature}`, 'true');
  }
  exportVariable('CODEQL_ACTION_VERSION', '4.36.3');
  persistInputs();
  await analysisKey();
  if (process.env.CODEQL_WORKFLOW_STARTED_AT === undefined) {
    exportVariable('CODEQL_WORKFLOW_STARTED_AT', new Date().toISOString());
  }
}
