// A run of the toy as a SARIF file of CodeQL's form: rules by pack, the level on the rule, what was extracted as
// notifications.
import { lineHashes } from './fingerprints.mjs';
import { SHORT } from './toy.mjs';

const EXTRACTED = (short) => `${short}/diagnostics/successfully-extracted-files`;
const EXPECTED = (language) => `cli/expected-extracted-files/${language}`;

export function sarifOf({ rules, alerts, extracted }, language, { configuration, version, category, incrementalMode }) {
  const short = SHORT[language] ?? language;
  const uris = extracted.map((file) => encodeURI(file.path));
  const artifact = (file) => {
    const index = extracted.indexOf(file);
    return { uri: uris[index], uriBaseId: '%SRCROOT%', index };
  };
  const ofPack = { toolComponent: { index: 0 } };
  const notice = (id, index, component) => (file) => ({
    locations: [{ physicalLocation: { artifactLocation: artifact(file) } }],
    message: { text: '' },
    level: 'none',
    descriptor: { id, index, ...component },
    properties: { formattedMessage: { text: '' } },
  });
  const hashes = new Map();
  const fingerprint = (file, line) => {
    if (!hashes.has(file)) {
      hashes.set(file, lineHashes(file.text));
    }
    return hashes.get(file).get(line);
  };
  const descriptor = (id) => ({ id, name: id, defaultConfiguration: { enabled: true } });
  return log({
    tool: {
      driver: { ...driver(version), notifications: [descriptor(EXPECTED(language))] },
      extensions: [
        {
          name: `codeql/${language}-queries`,
          semanticVersion: `1.${version}+6f7c64e6f8`,
          notifications: [descriptor(EXTRACTED(short))],
          rules: rules.map((rule) => ({
            id: `${short}/${rule.name}`,
            name: `${short}/${rule.name}`,
            shortDescription: { text: rule.name },
            defaultConfiguration: { enabled: true, level: rule.level },
            properties: {
              tags: ['security'],
              id: `${short}/${rule.name}`,
              kind: 'problem',
              'problem.severity': rule.level,
              ...(rule.severity && { 'security-severity': rule.severity }),
            },
          })),
        },
        { name: `codeql/${language}-all`, semanticVersion: `4.${version}+6f7c64e6f8` },
        ...packsOf(configuration).map(([name, semanticVersion]) => ({ name, semanticVersion })),
      ],
    },
    invocations: [
      {
        toolExecutionNotifications: [
          ...extracted.map(notice(EXPECTED(language), 0, {})),
          ...extracted.map(notice(EXTRACTED(short), 0, ofPack)),
        ],
        executionSuccessful: true,
      },
    ],
    artifacts: extracted.map((file) => ({ location: artifact(file) })),
    results: alerts.map(({ rule, file, line, column, endColumn }) => {
      const id = `${short}/${rule}`;
      return {
        ruleId: id,
        rule: { id, index: rules.findIndex(({ name }) => name === rule), ...ofPack },
        message: { text: `This is ${rule}.` },
        locations: [
          {
            physicalLocation: {
              artifactLocation: artifact(file),
              region: { startLine: line, startColumn: column, endColumn },
            },
          },
        ],
        partialFingerprints: {
          primaryLocationLineHash: fingerprint(file, line),
          primaryLocationStartColumnFingerprint: String(column - 1),
        },
      };
    }),
    columnKind: 'utf16CodeUnits',
    ...(category && { automationDetails: { id: withSlash(category) } }),
    properties: {
      'semmle.formatSpecifier': 'sarif-latest',
      codeqlConfigSummary: summary(configuration),
      jobRunUuid: process.env.JOB_RUN_UUID,
      ...(incrementalMode && { incrementalMode }),
    },
  });
}

export function failedSarif(version, category) {
  return log({
    tool: { driver: driver(version) },
    invocations: [{ executionSuccessful: false, toolExecutionNotifications: [] }],
    results: [],
    ...(category && { automationDetails: { id: withSlash(category) } }),
  });
}

const log = (run) => ({ $schema: 'https://json.schemastore.org/sarif-2.1.0.json', version: '2.1.0', runs: [run] });
const driver = (version) => ({ name: 'CodeQL', organization: 'GitHub', semanticVersion: version, rules: [] });

export const withSlash = (category) => (category.endsWith('/') ? category : `${category}/`);

function packsOf({ computedConfig: { packs = [] } }) {
  const all = Array.isArray(packs) ? packs : Object.values(packs).flat();
  return all.map((pack) => {
    const [name, version = '0.0.1'] = pack.split('@');
    return [name, `${version}+0`];
  });
}

function summary({ computedConfig }) {
  const { 'disable-default-queries': disabled = false, queries } = computedConfig;
  return {
    disableDefaultQueries: disabled,
    ...(queries && { queries: queries.map(({ uses }) => ({ type: 'builtinSuite', uses })) }),
  };
}
