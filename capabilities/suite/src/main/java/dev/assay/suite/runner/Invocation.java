package dev.assay.suite.runner;

import dev.assay.suite.report.Format;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One start of a tool.
 *
 * @param flags the program and its arguments, each with its reason
 * @param environment variables added to its environment
 * @param reports patterns of the reports that it writes, absolute or relative to the folder
 * @param output the format of its output where that is a report by itself, else null
 */
public record Invocation(
    List<Flag> flags,
    Map<String, String> environment,
    List<String> reports,
    @Nullable Format output) {

  /** Copies the collections. */
  public Invocation {
    flags = List.copyOf(flags);
    environment = Map.copyOf(environment);
    reports = List.copyOf(reports);
  }

  /** The program and its arguments. */
  public List<String> words() {
    return flags.stream().flatMap(flag -> flag.words().stream()).toList();
  }

  /** Gathers the flags of a command in order. */
  static final class Words {

    private final List<Flag> flags = new ArrayList<>();

    Words add(Flag flag) {
      flags.add(flag);
      return this;
    }

    Words add(String why, String... words) {
      return add(Flag.of(why, words));
    }

    /** Adds words one by one, where there are any. */
    Words all(String why, List<String> words) {
      if (!words.isEmpty()) {
        flags.add(new Flag(words, why));
      }
      return this;
    }

    Invocation writing(String... reports) {
      return new Invocation(flags, Map.of(), List.of(reports), null);
    }

    Invocation writing(Map<String, String> environment, String... reports) {
      return new Invocation(flags, environment, List.of(reports), null);
    }

    Invocation printing(Format format) {
      return new Invocation(flags, Map.of(), List.of(), format);
    }
  }
}
