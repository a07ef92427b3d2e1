package dev.assay.core.report.page;

import dev.assay.api.value.Unit;
import dev.assay.core.report.Attached;
import dev.assay.core.report.Markup;
import dev.assay.core.report.Words;
import dev.assay.core.report.stacks.Change;
import dev.assay.core.report.stacks.Profile;
import dev.assay.core.report.stacks.Stacks;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Where services spent their time: for each kind of stack a flame graph, the hottest methods as a
 * table, and where there is something to compare with, what changed. And the small tables that
 * checks attach.
 */
final class ProfileSection {

  private static final int MOST_METHODS = 15;
  private static final int MOST_CHANGES = 15;

  /** With fewer samples a share has an error of more than a tenth of all. */
  private static final int ENOUGH = 100;

  private final Markup page;
  private final String id;

  ProfileSection(Markup page, String id) {
    this.page = page;
    this.id = id;
  }

  void write(List<Profile> profiles) {
    for (int i = 0; i < profiles.size(); i++) {
      profile(profiles.get(i), id + "-profile-" + (i + 1), i == 0);
    }
  }

  private void profile(Profile profile, String name, boolean open) {
    Stacks now = profile.now();
    page.element("h4", title(profile), "id", name);
    page.line().open("details", "class", "fold profile", "open", open ? "open" : null);
    page.element(
        "summary",
        FlameGraph.weight(now.total(), profile.unit())
            + (profile.before() == null ? "" : ", compared with " + profile.compared()));
    page.open("div", "class", "inside");
    legend(profile);
    thin(profile);
    tools(name);
    new FlameGraph(page, profile).write(name);
    Stacks before = profile.before();
    if (before != null) {
      changes(Change.between(before, now, profile.unit(), MOST_CHANGES), profile);
    }
    hottest(profile);
    page.close("div").close("details");
  }

  private static String title(Profile profile) {
    String what =
        switch (profile.topic()) {
          case "cpu" -> "Where the processor's time went";
          case "allocation" -> "Where memory was allocated";
          case "locks" -> "Where threads waited for locks";
          default -> profile.topic();
        };
    return profile.owner().isEmpty() ? what : what + ": " + profile.owner();
  }

  private void legend(Profile profile) {
    page.open("p", "class", "quiet legend");
    page.text("A frame is as wide as its share, with what it called below it. ");
    if (profile.before() == null) {
      page.element("span", "grey", "class", "key jdk").text(" is the JDK, colours are packages.");
    } else {
      page.element("span", "red", "class", "key more2").text(" grew, ");
      page.element("span", "blue", "class", "key less2").text(" shrank, ");
      page.element("span", "pale", "class", "key same").text(" changed by less than half a point.");
    }
    page.close("p");
  }

  private void thin(Profile profile) {
    Stacks before = profile.before();
    long least = Math.min(profile.now().total(), before == null ? Long.MAX_VALUE : before.total());
    if (profile.unit() == Unit.NONE && least < ENOUGH) {
      page.element(
          "p",
          (before == null || least == profile.now().total() ? "These are" : "The other run has")
              + " only "
              + Words.many(least, "sample")
              + "; measure longer, or under more load, before you conclude from them.",
          "class",
          "problem");
    }
  }

  /** What only works with the script, which shows it. */
  private void tools(String name) {
    page.open("p", "class", "tools", "hidden", "hidden");
    page.element("label", "Find a method", "for", name + "-find");
    page.text(" ")
        .empty("input", "type", "search", "id", name + "-find", "spellcheck", "false")
        .text(" ");
    page.element("button", "Show all", "type", "button").text(" ");
    page.open("span", "class", "said quiet", "role", "status").close("span").close("p");
  }

  private void changes(List<Change> changes, Profile profile) {
    page.element("h5", "What changed, with what it called");
    if (changes.isEmpty()) {
      page.element("p", "No method's share changed by a fifth of a point.", "class", "quiet");
      return;
    }
    EvidenceLists.table(page, "Method", "#Before", "#Now", "#Change", "#Of it itself", "");
    for (Change change : changes) {
      page.open("tr");
      method(change.method());
      number(FlameGraph.percent(change.before()));
      number(FlameGraph.percent(change.now()));
      page.element(
          "td",
          FlameGraph.points(change.difference()),
          "class",
          change.chance() ? "num" : change.difference() > 0 ? "num grew" : "num shrank");
      number(FlameGraph.points(change.itself()));
      page.element("td", change.chance() ? "may be chance" : "").close("tr");
    }
    EvidenceLists.endTable(page);
    if (profile.unit() != Unit.NONE) {
      page.element(
          "p", "These are no counts of samples, so chance is not told apart.", "class", "quiet");
    }
  }

  private void hottest(Profile profile) {
    Stacks stacks = profile.now();
    page.element("h5", "Hottest methods");
    EvidenceLists.table(page, "Method", "#Itself", "#With what it called");
    for (Stacks.Method method : stacks.hottest(MOST_METHODS)) {
      page.open("tr");
      method(method.name());
      number(FlameGraph.percent((double) method.self() / stacks.total()));
      number(FlameGraph.percent((double) method.total() / stacks.total()));
      page.close("tr");
    }
    EvidenceLists.endTable(page);
  }

  private void method(String name) {
    page.open("th", "scope", "row", "class", "method").element("code", name).close("th");
  }

  private void number(String text) {
    page.element("td", text, "class", "num");
  }

  void write(Attached.Table table) {
    page.element("h4", heading(table.name()));
    EvidenceLists.table(
        page,
        table.headings().stream()
            .map(heading -> unit(heading) == null ? heading : "#" + bare(heading))
            .toArray(String[]::new));
    for (List<String> row : table.rows()) {
      page.open("tr");
      for (int i = 0; i < Math.min(row.size(), table.headings().size()); i++) {
        Unit unit = unit(table.headings().get(i));
        if (unit == null) {
          page.open("td", "class", "wide").element("code", row.get(i)).close("td");
        } else {
          number(formatted(row.get(i), unit));
        }
      }
      page.close("tr");
    }
    EvidenceLists.endTable(page);
  }

  private static String heading(String name) {
    String file = name.substring(name.lastIndexOf('/') + 1).replaceAll("\\.tsv$", "");
    String[] folders = name.split("/");
    return folders.length > 2 ? file + ": " + folders[folders.length - 2] : file;
  }

  private static String bare(String heading) {
    return heading.substring(0, heading.lastIndexOf('[')).strip();
  }

  /** The unit in brackets at the end of a heading, or null where there is none. */
  private static @Nullable Unit unit(String heading) {
    int open = heading.lastIndexOf('[');
    if (open < 0 || !heading.endsWith("]")) {
      return null;
    }
    try {
      return Unit.of(heading.substring(open + 1, heading.length() - 1));
    } catch (IllegalArgumentException unknown) {
      return null;
    }
  }

  private static String formatted(String cell, Unit unit) {
    try {
      double value = Double.parseDouble(cell);
      return unit == Unit.NONE && value == Math.rint(value)
          ? Words.grouped((long) value)
          : unit.format(value);
    } catch (NumberFormatException noNumber) {
      return cell;
    }
  }

  /** The script that makes flame graphs answer; without it they are still there. */
  static String script() {
    try (InputStream script =
        Objects.requireNonNull(ProfileSection.class.getResourceAsStream("flame.js"), "flame.js")) {
      return new String(script.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  /** How a content security policy names that script and no other. */
  static String scriptSource() {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(script().getBytes(StandardCharsets.UTF_8));
      return "'sha256-" + Base64.getEncoder().encodeToString(digest) + "'";
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every JDK has SHA-256", impossible);
    }
  }
}
