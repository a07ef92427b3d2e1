package dev.assay.server.observe;

import dev.assay.observe.notify.Post;
import dev.assay.server.hook.PinnedPost;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Map;

/**
 * Reaches the receivers of alerts as webhooks are reached: whoever writes where a project's alerts
 * go must not reach what only the server can, and learns nothing of what answers but its status.
 * Thread-safe.
 *
 * @param post to addresses that may be
 */
public record AlertPost(PinnedPost post) implements Post {

  private static final String MEND = "; the server may be started with --private-webhooks";

  @Override
  public Answer send(URI place, Map<String, String> headers, String body, Duration patience)
      throws IOException {
    if (!"http".equals(place.getScheme()) && !"https".equals(place.getScheme())) {
      throw new IOException("'" + place + "' begins with neither http:// nor https://");
    }
    mayReach(String.valueOf(place.getHost()).replaceAll("^\\[|]$", ""));
    PinnedPost.Answer answer = post.send(place, headers, body, patience);
    return new Answer(answer.status(), "", answer.after());
  }

  @Override
  public void mayReach(String host) throws IOException {
    String wrong = post.wrong(host);
    if (wrong != null) {
      throw new IOException(wrong + (wrong.contains("no public address") ? MEND : ""));
    }
  }
}
