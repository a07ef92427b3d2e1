package dev.assay.suite.git;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Who owns a file, by a CODEOWNERS file. Of GitHub's the last rule that matches decides, also where
 * it names nobody. Of GitLab's each section is a file of its own whose owners are added up; a rule
 * without owners has those of its section's heading, and {@code !} takes a file out of its section.
 * Immutable.
 */
public final class CodeOwners {

  private static final long LARGEST = 3 << 20; // GitHub reads no larger one
  private static final Pattern SECTION =
      Pattern.compile("\\^?\\[([^\\]]+)](?:\\[\\d+])?(?:\\s+(.*))?");

  /** Whose rules hold. */
  enum Dialect {
    GITHUB,
    GITLAB
  }

  /**
   * What is known of a file's owners.
   *
   * @param names as the file has them: {@code @shop/payments}, {@code ann@example.com}; empty where
   *     the rule says nobody
   * @param rule the rules that decided, with their lines: {@code .github/CODEOWNERS:12 /src/}
   */
  public record Owners(List<String> names, String rule) {
    /** Copies the list. */
    public Owners {
      names = List.copyOf(names);
    }
  }

  private record Rule(
      String text, int line, Pattern pattern, boolean excludes, List<String> owners) {}

  private final String name;
  private final Dialect dialect;
  private final Map<String, List<Rule>> sections = new LinkedHashMap<>();

  private CodeOwners(String name, Dialect dialect) {
    this.name = name;
    this.dialect = dialect;
  }

  /** The file that the platform would read; empty where there is none. */
  public static Optional<CodeOwners> of(Path repository) {
    boolean gitlab =
        Files.exists(repository.resolve(".gitlab-ci.yml"))
            || Files.exists(repository.resolve(".gitlab"));
    List<String> places =
        gitlab
            ? List.of("CODEOWNERS", "docs/CODEOWNERS", ".gitlab/CODEOWNERS", ".github/CODEOWNERS")
            : List.of(".github/CODEOWNERS", "CODEOWNERS", "docs/CODEOWNERS", ".gitlab/CODEOWNERS");
    for (String place : places) {
      Path file = repository.resolve(place);
      try {
        if (Files.isRegularFile(file) && Files.size(file) <= LARGEST) {
          boolean theirs = place.startsWith(".gitlab") || gitlab && !place.startsWith(".github");
          return Optional.of(
              parse(place, Files.readString(file), theirs ? Dialect.GITLAB : Dialect.GITHUB));
        }
      } catch (IOException unreadable) {
        return Optional.empty();
      }
    }
    return Optional.empty();
  }

  static CodeOwners parse(String name, String text, Dialect dialect) {
    CodeOwners owners = new CodeOwners(name, dialect);
    String section = "";
    List<String> heads = List.of();
    int number = 0;
    for (String raw : text.split("\n", -1)) {
      number++;
      String line = raw.strip();
      if (line.isEmpty() || line.startsWith("#")) {
        continue;
      }
      Matcher heading = SECTION.matcher(line);
      if (dialect == Dialect.GITLAB && heading.matches()) {
        section = heading.group(1).strip().toLowerCase(Locale.ROOT);
        heads = heading.group(2) == null ? List.of() : names(heading.group(2));
      } else {
        owners.rule(section, heads, line, number);
      }
    }
    return owners;
  }

  private void rule(String section, List<String> heads, String line, int number) {
    List<String> words = words(line);
    String path = words.getFirst();
    boolean excludes = path.startsWith("!");
    if (dialect == Dialect.GITHUB && (excludes || path.contains("["))) {
      return; // GitHub skips such lines
    }
    List<String> named = names(String.join(" ", words.subList(1, words.size())));
    sections
        .computeIfAbsent(section, key -> new ArrayList<>())
        .add(
            new Rule(
                path,
                number,
                pattern(excludes ? path.substring(1) : path),
                excludes,
                named.isEmpty() && dialect == Dialect.GITLAB ? heads : named));
  }

  /** Words, in which a backslash takes the meaning off the blank after it. */
  private static List<String> words(String line) {
    List<String> words = new ArrayList<>();
    StringBuilder word = new StringBuilder();
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      if (c == '\\' && i + 1 < line.length() && " #".indexOf(line.charAt(i + 1)) >= 0) {
        word.append(line.charAt(++i));
      } else if (Character.isWhitespace(c)) {
        if (!word.isEmpty()) {
          words.add(word.toString());
          word.setLength(0);
        }
      } else {
        word.append(c);
      }
    }
    if (!word.isEmpty()) {
      words.add(word.toString());
    }
    return words;
  }

  private static List<String> names(String text) {
    String plain = text.replaceFirst("(^|\\s)#.*$", "");
    return Arrays.stream(plain.strip().split("\\s+"))
        .filter(word -> word.indexOf('@') >= 0)
        .toList();
  }

  /** As of gitignore, but for what the two platforms say otherwise. */
  private Pattern pattern(String written) {
    String path = written;
    boolean folder = path.endsWith("/");
    if (folder) {
      path = path.substring(0, path.length() - 1);
    }
    // GitLab lets a path that does not begin with a slash begin anywhere, GitHub only a name
    boolean anywhere = !path.startsWith("/") && (dialect == Dialect.GITLAB || !path.contains("/"));
    if (path.startsWith("/")) {
      path = path.substring(1);
    }
    StringBuilder regex = new StringBuilder(anywhere ? "(?:.*/)?" : "");
    for (int i = 0; i < path.length(); i++) {
      char c = path.charAt(i);
      if (path.startsWith("**/", i)) {
        regex.append("(?:.*/)?");
        i += 2;
      } else if (path.startsWith("**", i)) {
        regex.append(".*");
        i++;
      } else if (c == '*') {
        regex.append("[^/]*");
      } else if (c == '?') {
        regex.append("[^/]");
      } else {
        regex.append(Pattern.quote(String.valueOf(c)));
      }
    }
    boolean starEnds = path.endsWith("*") && path.contains("/");
    if (folder) {
      regex.append("/.*");
    } else if (dialect == Dialect.GITHUB && !starEnds) {
      regex.append("(?:/.*)?"); // a name may be that of a folder
    }
    return Pattern.compile(regex.toString());
  }

  /**
   * Who owns a file; empty where no rule speaks of it.
   *
   * @param path relative to the repository, with slashes
   */
  public Optional<Owners> of(String path) {
    Set<String> names = new LinkedHashSet<>();
    List<String> rules = new ArrayList<>();
    for (List<Rule> section : sections.values()) {
      Rule last = null;
      boolean excluded = false;
      for (Rule rule : section) {
        if (rule.pattern.matcher(path).matches()) {
          excluded |= rule.excludes;
          last = rule.excludes ? last : rule;
        }
      }
      if (last != null && !excluded) {
        names.addAll(last.owners);
        rules.add(name + ":" + last.line + " " + last.text);
      }
    }
    return rules.isEmpty()
        ? Optional.empty()
        : Optional.of(new Owners(List.copyOf(names), String.join(", ", rules)));
  }
}
