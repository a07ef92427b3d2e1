package dev.assay.suite.failure;

import dev.assay.api.json.Json;
import dev.assay.suite.flaky.Classification;
import dev.assay.suite.git.Commit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/** A diagnosis for people and for programs. */
public final class DiagnosisForms {

  private DiagnosisForms() {}

  /**
   * One thing that is known.
   *
   * @param name what it is: {@code failed at}, {@code suspect}, {@code again} …
   * @param text the thing
   * @param command whether the text is a command to type
   */
  public record Fact(String name, String text, boolean command) {}

  /** What is known, the most useful first. */
  public static List<Fact> facts(Diagnosis diagnosis) {
    List<Fact> facts = new ArrayList<>();
    Failure example = diagnosis.cluster().example();
    example
        .place()
        .ifPresent(place -> {
          String name = place.frame().stableName();
          say(facts, "failed at", place.place() + (name.isEmpty() ? "" : " in " + name));
        });
    if (example.chain().size() > 1) {
      say(
          facts,
          "chain",
          String.join(" ← ", example.chain().stream().map(DiagnosisForms::brief).toList()));
    }
    say(facts, "since", diagnosis.sinceText());
    diagnosis
        .owners()
        .ifPresent(owners ->
            say(
                facts,
                "owner",
                (owners.names().isEmpty() ? "nobody" : String.join(", ", owners.names()))
                    + " by "
                    + owners.rule()));
    diagnosis.suspects().stream()
        .filter(suspect -> suspect.weight() >= 0.02)
        .limit(3)
        .forEach(suspect -> say(facts, "suspect", text(suspect)));
    say(facts, diagnosis.suspects().isEmpty() ? "suspects" : "", diagnosis.suspectsNote());
    past(facts, diagnosis);
    diagnosis.similar().forEach(similar -> say(facts, "before", text(similar)));
    diagnosis
        .suggestions()
        .forEach(
            suggestion -> say(facts, "try", suggestion.text() + " (" + suggestion.reason() + ")"));
    diagnosis.again().ifPresent(again -> facts.add(new Fact("alone", again.text(), true)));
    return facts;
  }

  private static void say(List<Fact> facts, String name, String text) {
    facts.add(new Fact(name, text, false));
  }

  private static void past(List<Fact> facts, Diagnosis diagnosis) {
    Classification flakiness = diagnosis.flakiness();
    if (flakiness == null) {
      return;
    }
    String sure =
        switch (flakiness.state()) {
          case FLAKY -> "flaky: " + percent(flakiness.flaky());
          case INFRASTRUCTURE ->
              "most of the run failed together: " + percent(flakiness.infrastructure());
          case SUSPECT ->
              "broken: " + percent(flakiness.broken()) + ", flaky: " + percent(flakiness.flaky());
          case HEALTHY, BROKEN -> "";
        };
    if (!sure.isEmpty()) {
      say(facts, "past", sure + " (" + flakiness.reason() + ")");
    }
  }

  private static String brief(String type) {
    return type.substring(type.lastIndexOf('.') + 1);
  }

  private static String text(Suspect suspect) {
    Commit commit = suspect.commit();
    String why = suspect.reasons().isEmpty() ? "" : ": " + String.join("; ", suspect.reasons());
    return commit.brief()
        + " “"
        + commit.subject()
        + "” by "
        + commit.author()
        + ", "
        + percent(suspect.weight())
        + why;
  }

  private static String text(Similar similar) {
    StringBuilder text = new StringBuilder();
    text.append(similar.same() ? "the same failure of " : "a like failure of ")
        .append(similar.test().text())
        .append(" in run ")
        .append(similar.run());
    if (similar.withoutChange()) {
      return text.append(" passed again in run ")
          .append(similar.mendedIn())
          .append(" with the same code")
          .toString();
    }
    text.append(" was mended by run ").append(similar.mendedIn());
    if (similar.mendedBy().isEmpty()) {
      return text.append("; by which commit is not known").toString();
    }
    List<String> commits =
        similar.mendedBy().stream()
            .map(commit -> commit.brief() + " “" + commit.subject() + "” by " + commit.author())
            .toList();
    return text.append(", by ").append(String.join(", or ", commits)).toString();
  }

  private static String percent(double share) {
    return share > 0.995 && share < 1
        ? "> 99 %"
        : String.format(Locale.ROOT, "%.0f %%", share * 100);
  }

  /** For programs. */
  public static Json.Obj json(Diagnosis diagnosis) {
    Cluster cluster = diagnosis.cluster();
    Failure example = cluster.example();
    Json.Builder json =
        Json.object()
            .put("fingerprint", cluster.fingerprint())
            .put("title", example.title())
            .put("chain", texts(example.chain()))
            .put("language", example.trace().language().name().toLowerCase(Locale.ROOT))
            .put("tests", Json.array(cluster.tests().stream().map(DiagnosisForms::json).toList()));
    example
        .place()
        .ifPresent(
            place -> json.put("place", place.place()).put("function", place.frame().stableName()));
    Since since = diagnosis.since();
    json.put(
        "since",
        Json.object()
            .put("first_failure", since.firstFailure().id())
            .put("failures", since.failures())
            .putIfPresent(
                "last_pass",
                since.lastPass() == null ? null : Objects.requireNonNull(since.lastPass()).id())
            .put("same_code", since.sameCode())
            .build());
    diagnosis
        .owners()
        .ifPresent(
            owners -> json.put("owners", texts(owners.names())).put("owners_rule", owners.rule()));
    json.put(
        "suspects", Json.array(diagnosis.suspects().stream().map(DiagnosisForms::json).toList()));
    json.put("suspects_note", diagnosis.suspectsNote());
    json.put(
        "similar", Json.array(diagnosis.similar().stream().map(DiagnosisForms::json).toList()));
    json.put(
        "suggestions",
        Json.array(
            diagnosis.suggestions().stream()
                .map(one ->
                    Json.object().put("text", one.text()).put("reason", one.reason()).build())
                .toList()));
    diagnosis
        .again()
        .ifPresent(again ->
            json.put(
                "alone",
                Json.object()
                    .put("command", texts(again.words()))
                    .put("folder", again.folder())
                    .build()));
    Classification flakiness = diagnosis.flakiness();
    if (flakiness != null) {
      json.put(
          "past",
          Json.object()
              .put("state", flakiness.state().name().toLowerCase(Locale.ROOT))
              .put("flaky", flakiness.flaky())
              .put("broken", flakiness.broken())
              .put("reason", flakiness.reason())
              .build());
    }
    return json.build();
  }

  private static Json texts(List<String> texts) {
    return Json.array(texts.stream().map(Json::of).toList());
  }

  private static Json json(TestId test) {
    return Json.object()
        .put("check", test.check())
        .put("suite", test.suite())
        .put("name", test.name())
        .build();
  }

  private static Json json(Suspect suspect) {
    return Json.object()
        .put("commit", json(suspect.commit()))
        .put("weight", suspect.weight())
        .put("reasons", texts(suspect.reasons()))
        .build();
  }

  private static Json json(Commit commit) {
    return Json.object()
        .put("hash", commit.hash())
        .put("author", commit.author())
        .put("date", commit.date())
        .put("subject", commit.subject())
        .build();
  }

  private static Json json(Similar similar) {
    return Json.object()
        .put("test", json(similar.test()))
        .put("run", similar.run())
        .put("title", similar.title())
        .put("same", similar.same())
        .putIfPresent("mended_in", similar.mendedIn())
        .put(
            "mended_by", Json.array(similar.mendedBy().stream().map(DiagnosisForms::json).toList()))
        .put("without_change", similar.withoutChange())
        .build();
  }
}
