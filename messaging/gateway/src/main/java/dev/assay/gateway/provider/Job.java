package dev.assay.gateway.provider;

import dev.assay.gateway.Answer;
import dev.assay.gateway.Message;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * A message that a channel was given, with its parts. Belongs to one session's thread at a time.
 */
final class Job {

  final Message message;
  final CompletableFuture<Answer> answer = new CompletableFuture<>();
  private String[] ids = {};
  private int left;
  private @Nullable Answer failure;

  Job(Message message) {
    this.message = message;
  }

  void parts(int count) {
    ids = new String[count];
    Arrays.fill(ids, "");
    left = count;
  }

  void accepted(int part, String id) {
    ids[part] = id;
    done();
  }

  /** A part was refused, or its answer is missing. */
  void failed(Answer why) {
    // what is in doubt stays in doubt, whatever its other parts are told
    if (failure == null || why instanceof Answer.InDoubt) {
      failure = why;
    }
    done();
  }

  private void done() {
    left--;
    if (left > 0) {
      return;
    }
    Answer why = failure;
    if (why == null) {
      answer.complete(new Answer.Accepted(Arrays.asList(ids)));
    } else if (why instanceof Answer.Again
        && ids.length > 1
        && !Arrays.stream(ids).allMatch(String::isEmpty)) {
      // some parts went, so the whole cannot simply be given again
      answer.complete(new Answer.InDoubt("some of its parts were taken, and others not"));
    } else {
      answer.complete(why);
    }
  }
}
