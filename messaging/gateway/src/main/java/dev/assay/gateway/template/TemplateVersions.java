package dev.assay.gateway.template;

import dev.assay.api.json.Json;
import dev.assay.api.problem.ProblemException;
import dev.assay.api.problem.Where;
import dev.assay.gateway.ChannelProblems;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * All versions of one template, numbered from 1. What a version says never changes; a draft becomes
 * approved by somebody else than its author, and approved ones are retired. The newest approved one
 * is sent with. Immutable; each change gives another.
 *
 * @param name the template's name
 * @param versions in the order of their numbers
 */
public record TemplateVersions(String name, List<Version> versions) {

  private static final int MOST = 10_000;

  /** Where a version is. */
  public enum State {
    /** Not to be sent with yet. */
    DRAFT,
    /** Somebody else than its author allowed it. */
    APPROVED,
    /** Not to be sent with any more. */
    RETIRED;

    /** As the API writes it. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * One version.
   *
   * @param number from 1
   * @param body the template as it was given
   * @param state where it is
   * @param author who wrote it
   * @param at when
   * @param approver who approved it, or null
   */
  public record Version(
      int number,
      Json.Obj body,
      State state,
      String author,
      Instant at,
      @Nullable String approver) {

    /** The version as it is kept and told. */
    public Json.Obj json() {
      return Json.object()
          .put("version", number)
          .put("state", state.word())
          .put("author", author)
          .put("at", at.toString())
          .putIfPresent("approver", approver)
          .put("template", body)
          .build();
    }

    /** The version that {@link #json} told. */
    public static Version read(Json.Obj json) {
      return new Version(
          (int) json.whole("version"),
          json.object("template"),
          State.valueOf(json.text("state").toUpperCase(Locale.ROOT)),
          json.text("author"),
          Instant.parse(json.text("at")),
          json.findText("approver"));
    }

    private Version in(State next, @Nullable String by) {
      return new Version(number, body, next, author, at, by);
    }
  }

  /** Copies the list. */
  public TemplateVersions {
    versions = List.copyOf(versions);
  }

  /**
   * With a new draft.
   *
   * @throws ProblemException where it is no valid template, or names another one
   */
  public TemplateVersions draft(Json.Obj body, String author, Instant at) {
    MessageTemplate read = MessageTemplate.read(body, "template " + name);
    if (!read.name().equals(name)) {
      throw failure(
          "the template names itself '" + read.name() + "', not '" + name + "'",
          "give it the same name");
    }
    if (versions.size() >= MOST) {
      throw failure("there are " + MOST + " versions already", "begin another template");
    }
    List<Version> all = new ArrayList<>(versions);
    all.add(new Version(versions.size() + 1, body, State.DRAFT, author, at, null));
    return new TemplateVersions(name, all);
  }

  /**
   * With that version approved.
   *
   * @throws ProblemException where it is no draft, or its author approves it
   */
  public TemplateVersions approve(int number, String approver) {
    Version version = version(number);
    if (version.state() != State.DRAFT) {
      throw failure(
          "version " + number + " is " + version.state().word(), "only drafts are approved");
    }
    if (approver.isBlank() || approver.strip().equalsIgnoreCase(version.author().strip())) {
      throw failure(
          "version " + number + " is " + version.author() + "'s own",
          "let somebody else approve it");
    }
    return with(version.in(State.APPROVED, approver));
  }

  /**
   * With that version retired.
   *
   * @throws ProblemException where it is retired already
   */
  public TemplateVersions retire(int number) {
    Version version = version(number);
    if (version.state() == State.RETIRED) {
      throw failure("version " + number + " is retired already", "name another");
    }
    return with(version.in(State.RETIRED, version.approver()));
  }

  private TemplateVersions with(Version changed) {
    List<Version> all = new ArrayList<>(versions);
    all.set(changed.number() - 1, changed);
    return new TemplateVersions(name, all);
  }

  /** That version. */
  public Version version(int number) {
    if (number < 1 || number > versions.size()) {
      throw failure("there is no version " + number, "name one of 1 to " + versions.size());
    }
    return versions.get(number - 1);
  }

  /** The newest that may be sent with. */
  public Optional<Version> current() {
    return versions.reversed().stream()
        .filter(version -> version.state() == State.APPROVED)
        .findFirst();
  }

  /**
   * What a message is sent with.
   *
   * @param number a version, or 0 for the newest approved one
   * @throws ProblemException where that is not approved, or there is none
   */
  public Version sendable(int number) {
    if (number == 0) {
      return current()
          .orElseThrow(
              () -> failure("no version is approved", "let somebody approve the newest draft"));
    }
    Version version = version(number);
    if (version.state() != State.APPROVED) {
      throw failure(
          "version " + number + " is " + version.state().word(), "send with an approved one");
    }
    return version;
  }

  private ProblemException failure(String what, String mend) {
    return ChannelProblems.VERSION.failure(Where.named("template " + name), what, mend);
  }
}
