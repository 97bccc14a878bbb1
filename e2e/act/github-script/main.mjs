import * as core from "@actions/core";
import { context, getOctokit } from "@actions/github";

const AsyncFunction = (async () => {}).constructor;

try {
  const baseUrl = core.getInput("base-url");
  const github = getOctokit(core.getInput("github-token", { required: true }), baseUrl ? { baseUrl } : {});
  const script = new AsyncFunction("github", "context", "core", core.getInput("script", { required: true }));
  core.setOutput("result", JSON.stringify((await script(github, context, core)) ?? null));
} catch (error) {
  core.setFailed(error instanceof Error ? error.message : String(error));
}
