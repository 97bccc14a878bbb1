import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { load } from 'js-yaml';
import { saved } from './configuration.mjs';
import { workflowPath } from './github.mjs';
import { exportVariable, info, input, required, restoreInputs, run } from './runner.mjs';
import { failedSarif } from './sarif.mjs';
import { settle, uploadFile } from './upload.mjs';

// What the workflow says of a job's only analyze step; only a literal or a value of the matrix can be known.
function inputOfAnalyze(workflow, name) {
  const steps = workflow.jobs[required('GITHUB_JOB')].steps.filter((step) =>
    step.uses?.includes('github/codeql-action/analyze'),
  );
  if (steps.length !== 1) {
    throw new Error(`Could not get ${name} input since the job calls analyze ${steps.length} times.`);
  }
  let value = steps[0].with?.[name]?.toString();
  const matrix = input('matrix');
  for (const [key, text] of Object.entries((matrix && JSON.parse(matrix)) || {})) {
    value = value?.replace(/\${{\s+/, '${{').replace(/\s+}}/, '}}').replace(`\${{matrix.${key}}}`, text);
  }
  if (value?.includes('${{')) {
    throw new Error(`Could not get ${name} input since it contained an unrecognized dynamic value.`);
  }
  return value;
}

async function uploadFailure() {
  const workspace = required('GITHUB_WORKSPACE');
  const workflow = load(readFileSync(join(workspace, await workflowPath()), 'utf8'));
  if (['never', 'false'].includes(inputOfAnalyze(workflow, 'upload'))) {
    return;
  }
  const category = inputOfAnalyze(workflow, 'category');
  const { version } = JSON.parse(required('CODEQL_ACTION_CLI_VERSION_INFO')).version;
  const file = join('..', 'codeql-failed-run.sarif');
  writeFileSync(file, JSON.stringify(failedSarif(version, category)));
  const id = await uploadFile(file, inputOfAnalyze(workflow, 'checkout_path') ?? workspace, category);
  try {
    await settle(id);
  } catch (error) {
    // That the execution failed is what GitHub is to be told.
    info(error.message);
  }
}

await run(async () => {
  restoreInputs();
  const configuration = saved();
  if (configuration === undefined) {
    info('Could not find the configuration of a CodeQL run; there is nothing to tell.');
    exportVariable('CODEQL_ACTION_JOB_STATUS', 'JOB_STATUS_UNKNOWN');
    return;
  }
  const completed = process.env.CODEQL_ACTION_ANALYZE_DID_COMPLETE_SUCCESSFULLY === 'true';
  if (!completed) {
    try {
      await uploadFailure();
    } catch (error) {
      info(`Failed to upload a SARIF file for this failed CodeQL code scanning run. ${error.message}`);
    }
  }
  if (process.env.RUNNER_ENVIRONMENT === 'self-hosted') {
    rmSync(configuration.dbLocation, { recursive: true, force: true });
  }
  const status = completed ? 'JOB_STATUS_SUCCESS' : 'JOB_STATUS_CONFIGURATION_ERROR';
  exportVariable('CODEQL_ACTION_JOB_STATUS', status);
});
