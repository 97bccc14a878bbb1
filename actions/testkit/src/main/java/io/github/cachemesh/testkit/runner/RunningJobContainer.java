package io.github.cachemesh.testkit.runner;

import io.github.cachemesh.testkit.docker.Docker;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Steps in the job's container, which see its environment and their host paths translated: also
 * those that an earlier step exported.
 *
 * @param searchPath PATH as the image has it
 */
record RunningJobContainer(
    Docker docker, String id, String searchPath, PathTranslation translation, RunnerFolders folders)
    implements StepHost {

  @Override
  public ActionLauncher.Launch prepare(
      List<String> command, Map<String, String> env, List<String> path, String trackingId) {
    List<String> arguments = new ArrayList<>(List.of("exec", "-i"));
    arguments.addAll(List.of("--workdir", translation.translate(folders.workspace().toString())));
    Map<String, String> translated = translation.translate(env);
    translated.keySet().stream().sorted().forEach(key -> arguments.addAll(List.of("-e", key)));
    if (!path.isEmpty()) {
      List<String> search = new ArrayList<>(path);
      search.add(searchPath);
      arguments.addAll(List.of("-e", "PATH=" + String.join(":", search)));
    }
    arguments.add(id);
    arguments.addAll(command);

    Map<String, String> clientEnv = new HashMap<>(Docker.clientEnvironment());
    clientEnv.putAll(translated);
    clientEnv.put(OrphanProcesses.VARIABLE, trackingId);
    return new ActionLauncher.Launch(docker.command(arguments), clientEnv, folders.workspace());
  }
}
