package io.github.cachemesh.testkit.runner;

import io.github.cachemesh.actions.Action;
import io.github.cachemesh.actions.ActionContext;
import io.github.cachemesh.actions.ActionFailure;
import io.github.cachemesh.actions.ActionProcess;
import java.nio.file.Path;
import java.util.List;

/** A small action that uses everything a runner offers, and does what its inputs tell it to. */
final class ProbeAction implements Action {
  enum Behaviour {
    PASS,
    FAIL,
    LEAK_LATER_MASKED,
    LEAK_OUTPUT,
    LEAK_STATE,
    LEAK_SUMMARY
  }

  public static void main(String[] args) {
    ActionProcess.launch(new ProbeAction(), ProbeAction.class, args);
  }

  @Override
  public void main(ActionContext context) {
    String token = context.inputs().required("token");
    context.commands().info("main of " + context.inputs().required("label"));
    context.commands().info("arguments " + context.arguments());
    context.commands().info("exported " + context.environment().variable("FROM_HOST").orElse("-"));
    context.commands().info("level " + context.environment().variable("LEVEL").orElse("-"));
    context.outputs().set("greeting", "hello\n" + context.inputs().required("label"));
    context.state().save("label", context.inputs().required("label"));
    context.jobEnvironment().export("PROBE", context.inputs().required("label"));
    context.jobEnvironment().addPath(Path.of("/opt/" + context.inputs().required("label")));
    context.summary().table(List.of("a"), List.of(List.of("1"))).write();
    switch (context.inputs().choice("behaviour", Behaviour.class)) {
      case PASS -> {}
      case FAIL -> throw new ActionFailure("Asked to fail.", "Ask otherwise.");
      case LEAK_LATER_MASKED -> {
        String derived = new StringBuilder(token).reverse().toString();
        context.commands().info("early " + derived);
        context.commands().mask(derived);
      }
      case LEAK_OUTPUT -> context.outputs().set("token", token);
      case LEAK_STATE -> context.state().save("token", token);
      case LEAK_SUMMARY -> context.summary().paragraph("Used " + token).write();
    }
  }

  @Override
  public void post(ActionContext context) {
    context.commands().info("post of " + context.state().get("label").orElse("nobody"));
    context.commands().info("label again " + context.inputs().optional("label").orElse("-"));
  }
}
