package dev.assay.server.api;

import dev.assay.api.json.Json;
import dev.assay.server.Refusal;
import dev.assay.server.account.Access;
import dev.assay.server.account.ProjectKeys.Scope;
import dev.assay.server.hook.Delivery;
import dev.assay.server.hook.DeliveryFilter;
import dev.assay.server.hook.HookEvent.Kind;
import dev.assay.server.hook.HookForm;
import dev.assay.server.hook.Hooks;
import dev.assay.server.hook.WantedHook;
import dev.assay.server.hook.Webhook;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.Authentication;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/** The webhooks of a project, what was told to them, and sending it again. */
@RestController
@RequestMapping(path = "/api/v1/projects/{project}", produces = MediaType.APPLICATION_JSON_VALUE)
class WebhooksApi {

  private static final int MOST = 1_000;
  private static final String MEND =
      "send {\"url\": \"https://…\", \"events\": [\"run.finished\"]} with an address that may be";

  private final Access access;
  private final Hooks hooks;

  WebhooksApi(Access access, Hooks hooks) {
    this.access = access;
    this.hooks = hooks;
  }

  @GetMapping("/webhooks")
  String list(Authentication who, @PathVariable String project) {
    var _ = access.project(who, project, Scope.ADMIN);
    return Answers.json(
        Json.object()
            .put(
                "webhooks",
                Json.array(hooks.of(project).stream().map(hook -> json(hook).build()).toList()))
            .build());
  }

  private static Json.Builder json(Webhook hook) {
    return Json.object()
        .put("id", hook.id())
        .put("url", hook.url())
        .put(
            "events",
            Json.array(hook.events().stream().sorted().map(Kind::label).map(Json::of).toList()))
        .put("form", hook.form().label())
        .putIfPresent("header", hook.header())
        .put("created", hook.created().toString())
        .put("gone", hook.gone());
  }

  /** What a webhook shall be told, where and how. */
  private static WantedHook wanted(InputStream in) throws IOException, BadBodyException {
    JsonBody body = JsonBody.read(in, "url", "events", "form", "header");
    HookForm form =
        body.has("form")
            ? body.one(
                "form", HookForm.labels(), label -> Objects.requireNonNull(HookForm.of(label)))
            : HookForm.EVENTS;
    List<String> events =
        form == HookForm.EVENTS
            ? body.some("events", Kind.OFFERED.stream().map(Kind::label).toList())
            : List.of();
    return new WantedHook(
        body.text("url").strip(),
        Kind.OFFERED.stream()
            .filter(kind -> events.contains(kind.label()))
            .collect(Collectors.toSet()),
        form,
        body.has("header") ? body.text("header") : null);
  }

  /** Makes one; its secret is in this answer and nowhere else. */
  @PostMapping(path = "/webhooks", consumes = MediaType.ALL_VALUE)
  ResponseEntity<String> make(Authentication who, @PathVariable String project, InputStream body)
      throws IOException, BadBodyException, RefusedException {
    var _ = access.project(who, project, Scope.ADMIN);
    return switch (hooks.make(project, wanted(body))) {
      case Hooks.Made.Done(String id, String secret) ->
          Answers.made(json(find(project, id)).put("secret", secret).build());
      case Hooks.Made.Refused(String wrong) -> throw new RefusedException(wrong, MEND);
    };
  }

  private Webhook find(String project, String id) {
    return hooks.of(project).stream()
        .filter(hook -> hook.id().equals(id))
        .findFirst()
        .orElseThrow(() -> missing(id));
  }

  private static ResponseStatusException missing(String id) {
    return Answers.missing("there is no webhook '" + id + "'");
  }

  /** Changes where a webhook is and what it is told; its secret stays. */
  @PutMapping(path = "/webhooks/{id}", consumes = MediaType.ALL_VALUE)
  String change(
      Authentication who, @PathVariable String project, @PathVariable String id, InputStream body)
      throws IOException, BadBodyException, RefusedException {
    var _ = access.project(who, project, Scope.ADMIN);
    Webhook _ = find(project, id);
    String wrong = hooks.change(project, id, wanted(body));
    if (wrong != null) {
      throw new RefusedException(wrong, MEND);
    }
    return Answers.json(json(find(project, id)).build());
  }

  /** Gives it another secret, which is in this answer and nowhere else. */
  @PostMapping("/webhooks/{id}/rotate")
  ResponseEntity<String> rotate(
      Authentication who, @PathVariable String project, @PathVariable String id) {
    var _ = access.project(who, project, Scope.ADMIN);
    String secret = hooks.rotate(project, id).orElseThrow(() -> missing(id));
    return Answers.made(json(find(project, id)).put("secret", secret).build());
  }

  @DeleteMapping("/webhooks/{id}")
  String remove(Authentication who, @PathVariable String project, @PathVariable String id) {
    var _ = access.project(who, project, Scope.ADMIN);
    Answers.found(hooks.remove(project, id), "there is no webhook '" + id + "'");
    return Answers.done();
  }

  /** Sends something to it, so that somebody sees among the deliveries whether it works. */
  @PostMapping("/webhooks/{id}/test")
  ResponseEntity<String> test(
      Authentication who, @PathVariable String project, @PathVariable String id) {
    var _ = access.project(who, project, Scope.ADMIN);
    Answers.found(hooks.test(project, id), "there is no webhook '" + id + "'");
    return accepted();
  }

  private static ResponseEntity<String> accepted() {
    return ResponseEntity.status(HttpStatus.ACCEPTED)
        .contentType(MediaType.APPLICATION_JSON)
        .body(Answers.done());
  }

  /** What was told or waits, the newest first; {@code state=dead} are the dead letters. */
  @GetMapping("/deliveries")
  String deliveries(
      Authentication who,
      @PathVariable String project,
      @RequestParam(defaultValue = "") String webhook,
      @RequestParam(defaultValue = "") String state,
      @RequestParam @Nullable Long cursor,
      @RequestParam(defaultValue = "100") int limit) {
    var _ = access.project(who, project, Scope.ADMIN);
    int most = Math.clamp(limit, 1, MOST);
    List<Delivery> page =
        hooks.deliveries(project, new DeliveryFilter(webhook, state(state), cursor, most));
    boolean more = page.size() == most;
    return Answers.json(
        Json.object()
            .put("deliveries", Json.array(page.stream().map(WebhooksApi::json).toList()))
            .putIfPresent("next", more ? String.valueOf(page.getLast().id()) : null)
            .build());
  }

  private static Delivery.@Nullable State state(String word) {
    if (word.isBlank()) {
      return null;
    }
    for (Delivery.State state : Delivery.State.values()) {
      if (state.name().equalsIgnoreCase(word)) {
        return state;
      }
    }
    throw new Refusal(
        HttpStatus.BAD_REQUEST,
        "'" + word + "' is no state of a delivery",
        "use one of: waiting, delivered, dead");
  }

  private static Json.Obj json(Delivery delivery) {
    boolean waits = delivery.state() == Delivery.State.WAITING;
    return Json.object()
        .put("id", delivery.id())
        .put("webhook", delivery.webhook())
        .put("event", delivery.event())
        .put("type", delivery.type())
        .put("created", delivery.created().toString())
        .put("state", delivery.state().name().toLowerCase(Locale.ROOT))
        .put("attempts", delivery.attempts())
        .putIfPresent("due", waits ? delivery.due().toString() : null)
        .putIfPresent("answer", delivery.answer())
        .build();
  }

  /** Sends a delivery again, now. */
  @PostMapping("/deliveries/{delivery}/replay")
  ResponseEntity<String> replay(
      Authentication who, @PathVariable String project, @PathVariable long delivery) {
    var _ = access.project(who, project, Scope.ADMIN);
    Answers.found(hooks.again(project, delivery), "there is no delivery " + delivery);
    return accepted();
  }
}
