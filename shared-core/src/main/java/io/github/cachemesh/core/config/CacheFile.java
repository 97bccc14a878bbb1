package io.github.cachemesh.core.config;

import java.time.Duration;
import java.util.Map;

/** Everything that cache-config.yml may hold. */
record CacheFile(
    CacheSettings cache,
    P2pSettings p2p,
    ContentAddressingSettings contentAddressing,
    RateLimitSettings rateLimiting,
    MonitoringSettings monitoring,
    @Setting(
            value = "Seconds for which the answers of each operation are fresh",
            preset =
                "list_repos=600,get_repo_info=300,list_workflows=300,get_workflow_runs=120,"
                    + "get_workflow_run=60,list_runners=300,get_runner_status=60,"
                    + "copilot_completion=3600,codeql_results=86400",
            pattern = "^[a-z][a-z0-9_]{0,63}$",
            allowed = "an operation name such as list_repos",
            max = 31_536_000)
        Map<String, Duration> operationTtls,
    AccelerateSettings ipfsAccelerateIntegration,
    ProxySettings proxy) {}
