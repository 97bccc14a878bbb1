package io.github.cachemesh.core.proxy;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Notes what is sent to GitHub, field by field. */
final class RecordingUpstream implements Upstream {
  private final Upstream github;
  private final List<Message> messages;

  private RecordingUpstream(Upstream github, List<Message> messages) {
    this.github = github;
    this.messages = messages;
  }

  /** The messages of every upstream that it wraps. */
  static final class Recorder {
    final List<Message> messages = new CopyOnWriteArrayList<>();

    Upstream wrap(Upstream github) {
      return new RecordingUpstream(github, messages);
    }
  }

  @Override
  public Response send(Message message) throws IOException {
    messages.add(message);
    return github.send(message);
  }

  @Override
  public void close() {
    github.close();
  }
}
