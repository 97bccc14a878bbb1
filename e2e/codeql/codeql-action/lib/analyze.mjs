import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { saved } from './configuration.mjs';
import { databaseOf, describe } from './databases.mjs';
import { diffRanges, inDiff } from './diff.mjs';
import { analysisKey } from './github.mjs';
import { exportVariable, info, input, run, setOutput, startJob } from './runner.mjs';
import { sarifOf } from './sarif.mjs';
import { analyse } from './toy.mjs';
import { processAndUpload, settle } from './upload.mjs';

const UPLOADS = { '': 'always', true: 'always', always: 'always', false: 'failure-only', never: 'never' };

// The CLI's part: a file for each language.
function interpret(configuration, output) {
  const ranges = diffRanges();
  const overlay = configuration.overlayDatabaseMode === 'overlay';
  const incrementalMode = [ranges && 'diff-informed', overlay && 'overlay'].filter(Boolean).join(',');
  for (const language of configuration.languages) {
    const { sourceLocationPrefix, creationMetadata } = describe(configuration, language);
    const version = creationMetadata.cliVersion;
    const found = analyse(sourceLocationPrefix, language, configuration, version);
    if (ranges) {
      found.alerts = found.alerts.filter(({ file, line }) => inDiff(ranges, file.path, line));
    }
    const sarif = sarifOf(found, language, { configuration, version, category: input('category'), incrementalMode });
    writeFileSync(join(output, `${language}.sarif`), JSON.stringify(sarif, null, 2));
  }
}

await run(async () => {
  await startJob(analysisKey);
  const configuration = saved();
  if (configuration === undefined) {
    throw new Error("Config file could not be found at expected location. Has the 'init' action been called?");
  }
  const output = input('output');
  exportVariable('CODEQL_ACTION_SARIF_RESULTS_OUTPUT_DIR', output);
  rmSync(output, { force: true, recursive: true });
  mkdirSync(output, { recursive: true });
  const queries = input('skip-queries') !== 'true';
  if (queries) {
    interpret(configuration, output);
  }
  const locations = configuration.languages.map((language) => [language, databaseOf(configuration, language)]);
  setOutput('db-locations', JSON.stringify(Object.fromEntries(locations)));
  setOutput('sarif-output', resolve(output));
  if (queries) {
    const kind = UPLOADS[input('upload')] ?? input('upload');
    const id = await processAndUpload(kind, output, input('checkout_path'), input('category'));
    if (id !== undefined) {
      setOutput('sarif-id', id);
      await settle(id);
    }
  } else {
    info('Not uploading results');
  }
  exportVariable('CODEQL_ACTION_ANALYZE_DID_COMPLETE_SUCCESSFULLY', 'true');
});
