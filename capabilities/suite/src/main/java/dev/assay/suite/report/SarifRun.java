package dev.assay.suite.report;

import dev.assay.suite.report.SarifRules.Descriptor;
import dev.assay.suite.report.SarifRules.Reference;
import dev.assay.suite.scan.JsonScanner;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One run of a tool in SARIF. The level of a result is its own, else that which the invocation says
 * of its rule, else that of its rule, else {@code warning} (section 3.27.10 of SARIF 2.1.0). Rules
 * may stand behind the results, so that levels are worked out at the end of the run; memory grows
 * with the kinds of results, not with their number. Not thread-safe.
 */
final class SarifRun {

  /** So many are told one by one; all are counted. */
  private static final int MOST_TOLD = 10_000;

  private static final int MOST_KINDS = 100_000;
  private static final int MOST_OVERRIDES = 10_000;

  /** Results that have the same level, and are accepted or not. */
  private record Alike(
      Reference rule, @Nullable String level, boolean fails, int invocation, boolean accepted) {}

  private record Overriding(int invocation, Reference rule, String level) {}

  private final SarifRules rules = new SarifRules();
  private final Map<Alike, long[]> counts = new HashMap<>();
  private final Map<SarifResult, Alike> told = new LinkedHashMap<>();
  private final List<Overriding> overrides = new ArrayList<>();
  private String tool = "";
  private boolean analysed;
  private boolean broke;

  void read(JsonScanner json) throws IOException {
    if (!json.object()) {
      return;
    }
    for (String name = json.name(); name != null; name = json.name()) {
      switch (name) {
        case "tool" -> tool(json);
        case "invocations" -> invocations(json);
        case "results" -> {
          if (json.array()) {
            analysed = true;
            while (json.item()) {
              result(SarifResult.read(json));
            }
          }
        }
        default -> json.skip();
      }
    }
  }

  /**
   * Whether it has results, be they none: without a list of them nothing was looked at (3.14.23).
   */
  boolean analysed() {
    return analysed;
  }

  /** Whether it says that the tool did not do what it was to do (3.20.14). */
  boolean broke() {
    return broke;
  }

  String tool() {
    return tool.isEmpty() ? "a tool" : Texts.shown(tool);
  }

  private void tool(JsonScanner json) throws IOException {
    if (!json.object()) {
      return;
    }
    for (String name = json.name(); name != null; name = json.name()) {
      switch (name) {
        case "driver" -> component(json, -1);
        case "extensions" -> {
          if (json.array()) {
            for (int number = 0; json.item(); number++) {
              component(json, number);
            }
          }
        }
        default -> json.skip();
      }
    }
  }

  private void component(JsonScanner json, int number) throws IOException {
    if (!json.object()) {
      return;
    }
    for (String name = json.name(); name != null; name = json.name()) {
      switch (name) {
        case "name" -> {
          String called = Texts.cut(json.text());
          tool = number < 0 ? called : tool;
        }
        case "rules" -> rules.read(json, number);
        default -> json.skip();
      }
    }
  }

  private void invocations(JsonScanner json) throws IOException {
    if (!json.array()) {
      return;
    }
    for (int number = 0; json.item(); number++) {
      if (json.object()) {
        for (String name = json.name(); name != null; name = json.name()) {
          switch (name) {
            case "executionSuccessful" -> broke |= json.text().equals("false");
            case "ruleConfigurationOverrides" -> overrides(json, number);
            default -> json.skip();
          }
        }
      }
    }
  }

  private void overrides(JsonScanner json, int invocation) throws IOException {
    if (!json.array()) {
      return;
    }
    while (json.item()) {
      Reference rule = Reference.NONE;
      String level = "";
      if (json.object()) {
        for (String name = json.name(); name != null; name = json.name()) {
          switch (name) {
            case "descriptor" -> rule = Reference.read(json);
            case "configuration" -> level = json.member("level");
            default -> json.skip();
          }
        }
      }
      if (!level.isEmpty() && overrides.size() < MOST_OVERRIDES) {
        overrides.add(new Overriding(invocation, rule, level));
      }
    }
  }

  private void result(SarifResult result) {
    if (!result.there()) {
      return;
    }
    Alike alike =
        new Alike(
            result.rule,
            result.level,
            result.kind.equals("fail"),
            result.invocation,
            result.accepted());
    if (counts.size() >= MOST_KINDS && !counts.containsKey(alike)) {
      alike = new Alike(Reference.NONE, result.level, alike.fails(), -1, alike.accepted());
    }
    counts.computeIfAbsent(alike, _ -> new long[1])[0]++;
    if (!alike.accepted() && told.size() < MOST_TOLD) {
      told.put(result, alike);
    }
  }

  /** Counts what was read, and tells it. */
  void settle(SarifTotals totals, Consumer<Discovery> listener) {
    Map<Alike, String> levels = new HashMap<>();
    counts.forEach((alike, count) -> {
      String level = level(alike);
      levels.put(alike, level);
      totals.add(count[0], alike.accepted(), level);
    });
    told.forEach((result, alike) -> {
      Descriptor rule = rules.find(result.rule);
      String id = result.rule.id().isEmpty() && rule != null ? rule.id() : result.rule.id();
      listener.accept(
          new Discovery(
              tool,
              id,
              levels.getOrDefault(alike, "warning"),
              result.place(),
              message(result, rule),
              result.print));
    });
  }

  private String level(Alike alike) {
    String own = alike.level();
    if (!alike.fails()) {
      return "none";
    }
    if (own != null && !own.isEmpty()) {
      return own;
    }
    Descriptor rule = rules.find(alike.rule());
    if (rule == null) {
      return "warning";
    }
    for (Overriding each : overrides) {
      // a result that does not say of which invocation it is, is of the only one there is
      boolean meant = alike.invocation() < 0 || each.invocation() == alike.invocation();
      if (meant && rule.equals(rules.find(each.rule()))) {
        return each.level();
      }
    }
    return rule.level().isEmpty() ? "warning" : rule.level();
  }

  private static String message(SarifResult result, @Nullable Descriptor rule) {
    if (!result.message.isEmpty() || rule == null) {
      return result.message;
    }
    String text = rule.messages().getOrDefault(result.messageId, rule.text());
    for (int i = 0; i < result.arguments.size(); i++) {
      text = Texts.cut(text.replace("{" + i + "}", result.arguments.get(i)));
    }
    return text;
  }
}
