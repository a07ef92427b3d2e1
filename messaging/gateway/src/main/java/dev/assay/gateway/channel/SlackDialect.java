package dev.assay.gateway.channel;

import dev.assay.api.json.Json;
import dev.assay.api.json.JsonWriter;
import dev.assay.api.value.Secret;
import dev.assay.gateway.Answer;
import dev.assay.gateway.Message;
import java.net.URI;
import java.net.http.HttpRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Slack: an incoming webhook, or chat.postMessage with a bot's token, to the channel or user that a
 * message is for. Texts are blocks of at most 3,000 characters.
 *
 * @param webhook the address of an incoming webhook, which is a secret; null with a token
 * @param api the address of the Web API
 * @param token the bot's token; null with a webhook
 */
record SlackDialect(@Nullable Secret webhook, URI api, @Nullable Secret token) implements Dialect {

  private static final int LONGEST_BLOCK = 3000;
  private static final int MOST_BLOCKS = 50;

  private static final Set<String> MENDABLE =
      Set.of(
          "not_authed",
          "invalid_auth",
          "account_inactive",
          "token_revoked",
          "token_expired",
          "missing_scope",
          "no_permission",
          "org_login_required",
          "ekm_access_denied",
          "access_denied");
  private static final Set<String> PASSING =
      Set.of(
          "service_unavailable",
          "internal_error",
          "fatal_error",
          "request_timeout",
          "rollup_error",
          "team_added_to_org");

  @Override
  public String kind() {
    return "slack";
  }

  @Override
  public HttpRequest.Builder request(Message message) {
    Secret hook = webhook;
    Json.Builder body = Json.object();
    if (hook == null) {
      if (message.to().isBlank()) {
        throw new IllegalArgumentException("a message for Slack needs a channel");
      }
      body.put("channel", message.to());
    }
    body.put("text", RichText.of(message).slack()).put("blocks", Json.array(blocks(message)));
    String thread = message.properties().get("thread");
    if (thread != null) {
      body.put("thread_ts", thread);
    }
    HttpRequest.Builder request =
        HttpRequest.newBuilder(
                hook == null ? api.resolve("chat.postMessage") : URI.create(hook.reveal()))
            .header("Content-Type", "application/json; charset=utf-8")
            .POST(HttpRequest.BodyPublishers.ofString(JsonWriter.canonical(body.build())));
    Secret bearer = token;
    return bearer == null || hook != null
        ? request
        : request.header("Authorization", "Bearer " + bearer.reveal());
  }

  private static List<Json> blocks(Message message) {
    boolean markup = "markup".equals(message.properties().get("format"));
    String text = markup ? RichText.of(message).slack() : message.text();
    List<Json> blocks = new ArrayList<>();
    String subject = message.properties().get("subject");
    if (subject != null && !subject.isBlank()) {
      String head = subject.length() > 150 ? subject.substring(0, 149) + "…" : subject;
      blocks.add(
          Json.object()
              .put("type", "header")
              .put("text", Json.object().put("type", "plain_text").put("text", head).build())
              .build());
    }
    for (int at = 0; at < text.length(); ) {
      int end = end(text, at);
      blocks.add(
          Json.object()
              .put("type", "section")
              .put(
                  "text",
                  Json.object()
                      .put("type", markup ? "mrkdwn" : "plain_text")
                      .put("text", text.substring(at, end))
                      .build())
              .build());
      at = end;
    }
    if (blocks.size() > MOST_BLOCKS) {
      throw new IllegalArgumentException("the text is longer than Slack takes");
    }
    return blocks;
  }

  /** The end of a block: at a line's end if there is one in its second half. */
  private static int end(String text, int at) {
    if (text.length() - at <= LONGEST_BLOCK) {
      return text.length();
    }
    int line = text.lastIndexOf('\n', at + LONGEST_BLOCK - 1);
    int end = line > at + LONGEST_BLOCK / 2 ? line + 1 : at + LONGEST_BLOCK;
    return Character.isHighSurrogate(text.charAt(end - 1)) ? end - 1 : end;
  }

  @Override
  public Answer answer(Reply reply, Message message) {
    Json.Obj body = Answers.object(reply.body());
    if (webhook != null && reply.good()) {
      return new Answer.Accepted(List.of(message.id()));
    }
    if (body.find("ok") instanceof Json.Bool ok && ok.value()) {
      return new Answer.Accepted(
          List.of(Answers.text(body, "channel") + ":" + Answers.text(body, "ts")));
    }
    String error = webhook == null ? Answers.text(body, "error") : reply.body().strip();
    if (error.equals("ratelimited") || error.equals("rate_limited")) {
      return Answers.throttled(error);
    }
    if (PASSING.contains(error)) {
      return Answers.unavailable(error);
    }
    if (MENDABLE.contains(error)) {
      return Answers.mendable("Slack answered " + error);
    }
    if (reply.status() < 500 && reply.status() != 429 && error.matches("[a-z_]{3,60}")) {
      return new Answer.Rejected(error, "Slack answered " + error);
    }
    return reply.good()
        ? new Answer.InDoubt("Slack's answer cannot be read")
        : Answers.byStatus(reply.status(), false);
  }

  @Override
  public boolean dropsDuplicates() {
    return false;
  }

  @Override
  public boolean takenIsDelivered() {
    return true;
  }
}
