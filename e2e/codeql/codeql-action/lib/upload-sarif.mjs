import { analysisKey } from './github.mjs';
import { input, run, setOutput, startJob } from './runner.mjs';
import { processAndUpload, settle } from './upload.mjs';

await run(async () => {
  await startJob(analysisKey);
  const id = await processAndUpload('always', input('sarif_file'), input('checkout_path'), input('category'));
  setOutput('sarif-id', id);
  setOutput('sarif-ids', JSON.stringify({ 'code-scanning': id }));
  await settle(id);
});
