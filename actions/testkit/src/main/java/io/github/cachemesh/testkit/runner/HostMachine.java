package io.github.cachemesh.testkit.runner;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Steps on the runner's own machine, which see its environment. */
record HostMachine(Map<String, String> hostEnv, RunnerUser user, RunnerFolders folders)
    implements StepHost {

  @Override
  public ActionLauncher.Launch prepare(
      List<String> command, Map<String, String> env, List<String> path, String trackingId) {
    Map<String, String> all = new HashMap<>(hostEnv);
    all.put("HOME", folders.home().toString());
    all.putAll(env);
    List<String> search = new ArrayList<>(path);
    search.add(all.getOrDefault("PATH", ""));
    all.put("PATH", String.join(":", search));
    all.put(OrphanProcesses.VARIABLE, trackingId);
    return new ActionLauncher.Launch(user.command(command), all, folders.workspace());
  }
}
