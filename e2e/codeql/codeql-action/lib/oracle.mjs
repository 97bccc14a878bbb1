// Not of the action: tells tests what a scan would say of a checkout, and the hashes of a file's lines. One question
// as JSON a line, answered by one line.
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { configure, toolsVersion } from './configuration.mjs';
import { lineHashes } from './fingerprints.mjs';
import { input, required } from './runner.mjs';
import { analyse, SHORT } from './toy.mjs';

function alerts(environment, properties) {
  for (const name of Object.keys(process.env).filter((name) => name.startsWith('INPUT_'))) {
    delete process.env[name];
  }
  Object.assign(process.env, environment);
  const version = toolsVersion();
  const configuration = configure(version, properties, false);
  const root = resolve(required('GITHUB_WORKSPACE'), input('source-root'));
  return configuration.languages
    .flatMap((language) =>
      analyse(root, language, configuration, version).alerts.map(
        ({ rule, file, line }) => `${SHORT[language] ?? language}/${rule} ${file.path}:${line}`,
      ),
    )
    .sort();
}

for await (const line of createInterface({ input: process.stdin })) {
  const { environment, properties, file } = JSON.parse(line);
  try {
    const hashes = () => [...lineHashes(readFileSync(file, 'utf8')).values()];
    console.log(JSON.stringify(file ? hashes() : alerts(environment, properties)));
  } catch (error) {
    console.log(JSON.stringify([`cannot be scanned: ${error.message.replace(/\n.*/s, '')}`]));
  }
}
