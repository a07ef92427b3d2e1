package dev.assay.server.page;

import dev.assay.server.account.Access;
import dev.assay.server.account.Role;
import dev.assay.server.hook.Delivery;
import dev.assay.server.hook.DeliveryFilter;
import dev.assay.server.hook.HookEvent.Kind;
import dev.assay.server.hook.HookForm;
import dev.assay.server.hook.Hooks;
import dev.assay.server.hook.WantedHook;
import dev.assay.server.hook.Webhook;
import dev.assay.server.project.Project;
import dev.assay.server.table.Table;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The webhooks of a project, what was told to them, and sending it again. */
@RestController
public class WebhookPages {

  private static final int DELIVERIES = 100;
  private static final int AT_ONCE = 1_000;
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);

  private final Template template;
  private final Frames frames;
  private final Hooks hooks;
  private final Access access;

  /** Made by Spring. */
  WebhookPages(Template template, Frames frames, Hooks hooks, Access access) {
    this.template = template;
    this.frames = frames;
    this.hooks = hooks;
    this.access = access;
  }

  /**
   * The webhooks of a project. Immutable.
   *
   * @param frame around it
   * @param project of which
   * @param hooks those there are
   * @param deliveries what was told, the newest first
   * @param kinds what there is to hear of
   * @param secret that of one that was just made, shown this once; null for none
   * @param wrong what was wrong with what came; null for nothing
   */
  public record Page(
      Frame frame,
      Project project,
      List<Webhook> hooks,
      List<Delivery> deliveries,
      List<Kind> kinds,
      @Nullable String secret,
      @Nullable String wrong) {

    /** How a webhook may be told. */
    public List<HookForm> forms() {
      return List.of(HookForm.values());
    }

    /** The kinds of a webhook, in words. */
    public String kindsOf(Webhook hook) {
      return kinds.stream()
          .filter(hook.events()::contains)
          .map(Kind::label)
          .collect(Collectors.joining(", "));
    }

    /** Where a delivery goes; its webhook's id where that was removed. */
    public String whereOf(Delivery delivery) {
      return hooks.stream()
          .filter(hook -> hook.id().equals(delivery.webhook()))
          .map(Webhook::url)
          .findFirst()
          .orElse(delivery.webhook());
    }

    /** A moment, in UTC, which the page shows in the reader's zone. */
    public String time(Instant at) {
      return TIME.format(at);
    }

    /** The colour of a delivery. */
    public String tone(Delivery delivery) {
      return switch (delivery.state()) {
        case WAITING -> "open";
        case DELIVERED -> "pass";
        case DEAD -> "fail";
      };
    }
  }

  @GetMapping("/projects/{name}/webhooks")
  ResponseEntity<String> page(
      Authentication who,
      CsrfToken token,
      @PathVariable String name,
      @RequestParam(defaultValue = "") String part,
      @RequestParam @Nullable String format) {
    Project project = access.project(who, name, Role.ADMIN);
    ResponseEntity<String> file = Listed.file(format, () -> table(project.name(), part));
    return file != null ? file : page(200, who, token, project, null, null);
  }

  private Table table(String project, String part) {
    List<Webhook> all = hooks.of(project);
    return part.equals("deliveries")
        ? WebhookTables.deliveries(told(project), all)
        : WebhookTables.hooks(all);
  }

  private List<Delivery> told(String project) {
    List<Delivery> all = new ArrayList<>();
    List<Delivery> next = hooks.deliveries(project, DeliveryFilter.newest(AT_ONCE));
    while (!next.isEmpty() && all.size() < Listed.EXPORTED) {
      all.addAll(next);
      next =
          hooks.deliveries(project, new DeliveryFilter(null, null, next.getLast().id(), AT_ONCE));
    }
    return all;
  }

  private ResponseEntity<String> page(
      int status,
      Authentication who,
      CsrfToken token,
      Project project,
      @Nullable String secret,
      @Nullable String wrong) {
    return template.page(
        status,
        "webhooks",
        new Page(
            frames.of(project, "Webhooks", project.title() + ": webhooks", who, token),
            project,
            hooks.of(project.name()),
            hooks.deliveries(project.name(), DeliveryFilter.newest(DELIVERIES)),
            Kind.OFFERED,
            secret,
            wrong));
  }

  @PostMapping("/projects/{name}/webhooks")
  ResponseEntity<String> make(
      Authentication who,
      CsrfToken token,
      @PathVariable String name,
      @RequestParam(defaultValue = "") String url,
      @RequestParam(defaultValue = "events") String form,
      @RequestParam(defaultValue = "") String header,
      @RequestParam(defaultValue = "") String[] events) {
    Project project = access.project(who, name, Role.ADMIN);
    List<String> wanted = Arrays.asList(events);
    Set<Kind> kinds =
        Kind.OFFERED.stream()
            .filter(kind -> wanted.contains(kind.label()))
            .collect(Collectors.toSet());
    HookForm told = Objects.requireNonNullElse(HookForm.of(form), HookForm.EVENTS);
    return switch (hooks.make(name, new WantedHook(url.strip(), kinds, told, header))) {
      case Hooks.Made.Done(_, String secret) ->
          page(200, who, token, project, told == HookForm.EVENTS ? secret : null, null);
      case Hooks.Made.Refused(String wrong) -> page(422, who, token, project, null, wrong);
    };
  }

  @PostMapping("/projects/{name}/webhooks/{id}/remove")
  ResponseEntity<String> remove(
      Authentication who, @PathVariable String name, @PathVariable String id) {
    Project project = access.project(who, name, Role.ADMIN);
    boolean _ = hooks.remove(project.name(), id);
    return MemberPages.to("/projects/" + name + "/webhooks");
  }

  /** Gives it another secret, which is shown this once. */
  @PostMapping("/projects/{name}/webhooks/{id}/rotate")
  ResponseEntity<String> rotate(
      Authentication who, CsrfToken token, @PathVariable String name, @PathVariable String id) {
    Project project = access.project(who, name, Role.ADMIN);
    return page(200, who, token, project, hooks.rotate(name, id).orElse(null), null);
  }

  @PostMapping("/projects/{name}/webhooks/{id}/test")
  ResponseEntity<String> test(
      Authentication who, @PathVariable String name, @PathVariable String id) {
    Project project = access.project(who, name, Role.ADMIN);
    boolean _ = hooks.test(project.name(), id);
    return MemberPages.to("/projects/" + name + "/webhooks");
  }

  @PostMapping("/projects/{name}/deliveries/{delivery}/replay")
  ResponseEntity<String> replay(
      Authentication who, @PathVariable String name, @PathVariable long delivery) {
    Project project = access.project(who, name, Role.ADMIN);
    boolean _ = hooks.again(project.name(), delivery);
    return MemberPages.to("/projects/" + name + "/webhooks");
  }
}
