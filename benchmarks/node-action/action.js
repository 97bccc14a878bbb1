// What setup-github-cache does where a node runs already, in plain node.js: the yardstick of ../containers. It finds its
// own container and the cache's node beside it, asks that over its standard streams, and writes what the action writes.
// It reads no configuration file and explains no failure. Usage: node action.js main|post RUNNER-TEMP-OF-THE-HOST
'use strict';
const crypto = require('node:crypto');
const fs = require('node:fs');
const http = require('node:http');

const [phase, tempOfHost] = process.argv.slice(2);
const socketPath = '/var/run/docker.sock';
const gh = '/github/runner_temp/cachemesh/gh';
const env = process.env;

const get = (path) =>
  new Promise((resolve, reject) => {
    http
      .get({ socketPath, path }, (answer) => {
        let text = '';
        answer.setEncoding('utf8').on('data', (part) => (text += part));
        answer.on('end', () => resolve({ text, headers: answer.headers }));
      })
      .on('error', reject);
  });

// One question to a node, one answer: lines on its standard streams, which the engine packs into frames.
const ask = (api, node, method, page) =>
  new Promise((resolve, reject) => {
    const tag = crypto.randomBytes(8).toString('hex');
    const answer = new RegExp(`^${tag} ([0-9]+) (.*)\n`, 'm');
    const path = `${api}/containers/${node.Id}/attach?stream=1&stdin=1&stdout=1&stderr=1`;
    http
      .request({ socketPath, path, method: 'POST', headers: { Connection: 'Upgrade', Upgrade: 'tcp' } })
      .on('upgrade', (_, streams, head) => {
        let frames = head;
        let output = '';
        streams.on('end', () => reject(new Error('the node has ended'))).on('data', (part) => {
          frames = Buffer.concat([frames, part]);
          while (frames.length >= 8 && frames.length >= 8 + frames.readUInt32BE(4)) {
            const end = 8 + frames.readUInt32BE(4);
            output += frames[0] === 1 ? frames.subarray(8, end) : '';
            frames = frames.subarray(end);
          }
          const [line, status, body] = answer.exec(output) ?? [];
          if (line) {
            streams.destroy();
            status === '200' ? resolve(JSON.parse(body)) : reject(new Error(body));
          }
        });
        streams.write(`\n${tag} ${method} ${page}\n`);
      })
      .on('error', reject)
      .end();
  });

const fingerprint = (...texts) => {
  const hash = crypto.createHash('sha256');
  for (const text of texts) {
    const length = Buffer.alloc(4);
    length.writeUInt32BE(Buffer.byteLength(text));
    hash.update(length).update(text);
  }
  return hash.digest('hex').slice(0, 16);
};

const append = (variable, values) => {
  const end = `end_${crypto.randomBytes(16).toString('hex')}`;
  const entries = Object.entries(values).map(([name, value]) => `${name}<<${end}\n${value}\n${end}\n`);
  fs.appendFileSync(env[variable], entries.join(''));
};

const replace = (file, text, { uid, gid }) => {
  fs.writeFileSync(`${file}.new`, text, { mode: 0o600 });
  fs.chownSync(`${file}.new`, uid, gid);
  fs.renameSync(`${file}.new`, file);
};

(async () => {
  const api = `/v${(await get('/_ping')).headers['api-version']}`;
  const found = async (path) => JSON.parse((await get(api + path)).text);
  const id = /\/containers\/([0-9a-f]{64})\//.exec(fs.readFileSync('/proc/self/mountinfo', 'utf8'))[1];
  const own = await found(`/containers/${id}/json`);
  const temp = own.Mounts.find((mount) => mount.Destination === '/github/runner_temp').Source;
  const filters = JSON.stringify({ label: [`io.github.cachemesh.installation=${fingerprint(temp)}`] });
  const nodes = await found(`/containers/json?filters=${encodeURIComponent(filters)}`);
  const lease = `leases/${fingerprint(env.RUNNER_NAME, temp)}`;
  const owner = fs.statSync('/github/runner_temp');
  const socket = `${tempOfHost}/cachemesh/api.sock`;

  if (phase === 'main') {
    for (const folder of ['/github/runner_temp/cachemesh', gh]) {
      fs.mkdirSync(folder, { mode: 0o700 });
      fs.chownSync(folder, owner.uid, owner.gid);
    }
    const [node] = nodes;
    const query = new URLSearchParams({
      socket: '/job/cachemesh/api.sock',
      gateway: own.NetworkSettings.Networks.bridge.Gateway,
      gh: '/job/cachemesh/gh',
    });
    const granted = await ask(api, node, 'PUT', `${lease}?${query}`);
    const { problem } = await ask(api, node, 'GET', 'upstream');
    if (problem) throw new Error(problem);
    replace(`${gh}/config.yml`, `http_unix_socket: '${socket}'\n`, owner);
    replace(`${gh}/cachemesh-socket`, socket, owner);
    append('GITHUB_ENV', { GH_CONFIG_DIR: `/${tempOfHost}/cachemesh/gh` });
    append('GITHUB_STATE', { 'cache-dir': granted.cache_dir, node: granted.node });
    append('GITHUB_OUTPUT', {
      'cache-status': 'success',
      'peer-count': 0,
      'cache-dir': granted.cache_dir,
      'api-url': granted.url,
      'container-api-url': granted.gateway_url,
      'socket-path': socket,
      'stats-file': granted.stats_file,
    });
    console.log(`The API cache is ready: joined node ${granted.node}.`);
  } else {
    fs.unlinkSync(`${gh}/cachemesh-socket`);
    replace(`${gh}/config.yml`, "http_unix_socket: ''\n", owner);
    const node = nodes.find(({ Labels }) => Labels['io.github.cachemesh.node'] === env.STATE_node);
    const { savings } = await ask(api, node, 'DELETE', lease);
    const json = JSON.stringify(savings, null, 2);
    fs.appendFileSync(env.GITHUB_STEP_SUMMARY, `### GitHub API cache\n\n\`\`\`json\n${json}\n\`\`\`\n`);
    console.log(`What the API cache saved in this job: ${json}`);
  }
})();
