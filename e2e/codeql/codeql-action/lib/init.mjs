import { randomUUID } from 'node:crypto';
import { configure, save, toolsVersion } from './configuration.mjs';
import { createDatabases } from './databases.mjs';
import { prepareDiffRanges } from './diff.mjs';
import { analysisKey, repositoryProperties } from './github.mjs';
import { exportVariable, run, setOutput, startJob } from './runner.mjs';

await run(async () => {
  await startJob(analysisKey);
  exportVariable('JOB_RUN_UUID', randomUUID());
  exportVariable('CODEQL_ACTION_INIT_HAS_RUN', 'true');
  const version = toolsVersion();
  const configuration = configure(version, await repositoryProperties(), prepareDiffRanges());
  const cmd = configuration.codeQLCmd;
  exportVariable('CODEQL_ACTION_CLI_VERSION_INFO', JSON.stringify({ cmd, version: { version } }));
  exportVariable('CODEQL_RAM', process.env.CODEQL_RAM || '2048');
  exportVariable('CODEQL_THREADS', process.env.CODEQL_THREADS || '1');
  createDatabases(configuration, version);
  save(configuration);
  setOutput('codeql-path', cmd);
  setOutput('codeql-version', version);
});
