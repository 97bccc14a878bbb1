package io.github.cachemesh.codeqlcache;

import io.github.cachemesh.core.codeql.Reason;
import io.github.cachemesh.core.codeql.Refusal;
import io.github.cachemesh.core.workflow.GatedScan;
import io.github.cachemesh.core.workflow.InvalidWorkflowException;
import io.github.cachemesh.core.workflow.RunningWorkflow;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** What the running workflow says of the scan that our step gates. */
sealed interface Declaration {
  /** It says the same as our inputs. */
  record Made(GatedScan.Declared scan, byte[] workflow) implements Declaration {}

  record Missing(Refusal refusal) implements Declaration {}

  static Declaration of(WorkflowText text, Surroundings surroundings, ScanRequest request) {
    RunningWorkflow workflow;
    try {
      workflow =
          RunningWorkflow.parse(
              StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(text.bytes())).toString(),
              text.path());
    } catch (InvalidWorkflowException e) {
      return new Missing(new Refusal(Reason.UNDECLARED, String.valueOf(e.getMessage())));
    } catch (CharacterCodingException _) {
      return new Missing(new Refusal(Reason.UNDECLARED, text.path() + " is not in UTF-8."));
    }
    return switch (GatedScan.find(
        workflow, surroundings.job(), surroundings.step(), request.scan())) {
      case GatedScan.Declared declared -> new Made(declared, text.bytes());
      case GatedScan.Unpinned(String why) -> new Missing(new Refusal(Reason.UNPINNED, why));
      case GatedScan.Undeclared(String why) -> new Missing(new Refusal(Reason.UNDECLARED, why));
    };
  }
}
