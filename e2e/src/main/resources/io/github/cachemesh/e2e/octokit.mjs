// What a job asks with octokit.
import { appendFileSync } from "node:fs";
import { Octokit } from "octokit";

const { API_URL, GH_TOKEN, LATENCIES, PRIVATE_REPO, REPO } = process.env;
const octokit = new Octokit({ auth: GH_TOKEN, baseUrl: API_URL });
octokit.hook.wrap("request", async (request, options) => {
  const start = process.hrtime.bigint();
  try {
    return await request(options);
  } finally {
    appendFileSync(LATENCIES, `${Number(process.hrtime.bigint() - start) / 1e9}\n`);
  }
});

const [owner, repo] = REPO.split("/");
const [privateOwner, privateRepo] = PRIVATE_REPO.split("/");
await octokit.rest.repos.get({ owner, repo });
await octokit.rest.repos.get({ owner: privateOwner, repo: privateRepo });
await octokit.paginate(octokit.rest.issues.listForRepo, { owner, repo, per_page: 20 });
await octokit.paginate(octokit.rest.pulls.list, { owner, repo, per_page: 20 });
await octokit.rest.actions.listWorkflowRunsForRepo({ owner, repo, per_page: 50 });
await octokit.rest.issues.listLabelsForRepo({ owner, repo });
await octokit.graphql("query($owner: String!, $repo: String!) { repository(owner: $owner, name: $repo) { name } }", { owner, repo });
