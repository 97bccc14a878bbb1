// Where the databases are, each of which knows its sources.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { dump, load } from 'js-yaml';
import { input, required } from './runner.mjs';

export const databaseOf = ({ dbLocation }, language) => join(dbLocation, language);

const descriptionOf = (configuration, language) => join(databaseOf(configuration, language), 'codeql-database.yml');

export function createDatabases(configuration, cliVersion) {
  const sourceLocationPrefix = resolve(required('GITHUB_WORKSPACE'), input('source-root'));
  for (const primaryLanguage of configuration.languages) {
    mkdirSync(databaseOf(configuration, primaryLanguage), { recursive: true });
    const description = { sourceLocationPrefix, primaryLanguage, creationMetadata: { cliVersion } };
    writeFileSync(descriptionOf(configuration, primaryLanguage), dump(description));
  }
}

export const describe = (configuration, language) => load(readFileSync(descriptionOf(configuration, language), 'utf8'));
