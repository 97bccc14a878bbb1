package io.github.cachemesh.testkit.github;

/** A change as text, in the two forms that media types ask for. */
final class Diffs {
  private Diffs() {}

  static Reply reply(String title, MediaType wanted) {
    String diff =
        """
        diff --git a/README.md b/README.md
        index 1111111..2222222 100644
        --- a/README.md
        +++ b/README.md
        @@ -1 +1 @@
        -# old
        +# %s
        """
            .formatted(title);
    String text = wanted.is("patch") ? "Subject: [PATCH] " + title + "\n---\n" + diff : diff;
    return Reply.text(text, "application/vnd.github." + wanted.parameter() + "; charset=utf-8");
  }
}
