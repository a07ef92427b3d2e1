package dev.assay.suite.select;

import dev.assay.suite.listener.TraceAgent;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.jacoco.agent.AgentJar;
import org.jspecify.annotations.Nullable;

/**
 * Sees what each test class or file of tests executes. For JVMs, puts Assay's agent, and through it
 * JaCoCo's and a listener of the JUnit Platform, into the JVMs of tests by an environment variable,
 * so that nobody's build is changed. Not thread-safe.
 */
public final class Tracing {

  private static final int MOST_PACKAGES = 200;
  private static final long LARGEST = 256L << 20;

  private final Path folder;
  private final @Nullable FileTracing files;

  private Tracing(Path folder, @Nullable FileTracing files) {
    this.folder = folder;
    this.files = files;
  }

  /**
   * Lays out what sees the files that tests of another language execute.
   *
   * @param folder empty, and there until the tests have ended
   * @param project the folder that names of files are below
   * @param tool the id of the tool
   */
  static Tracing ofFiles(Path folder, Path project, String tool) throws IOException {
    Files.createDirectories(folder.resolve("traces"));
    FileTracing files = new FileTracing(tool, project, folder);
    files.prepare();
    return new Tracing(folder, files);
  }

  /**
   * Lays the agents out.
   *
   * @param folder empty, and there until the tests have ended
   * @param packages whose classes are watched, with dots
   */
  public static Tracing prepare(Path folder, Set<String> packages) throws IOException {
    Files.createDirectories(folder.resolve("traces"));
    agent(folder.resolve("agent.jar"));
    try (InputStream in = AgentJar.getResourceAsStream()) {
      Files.copy(in, folder.resolve("jacoco.jar"));
    }
    Tracing tracing = new Tracing(folder, null);
    tracing.watch(packages);
    return tracing;
  }

  /**
   * Says anew which classes are watched, to JVMs that start from now on.
   *
   * @param packages with dots
   */
  void watch(Set<String> packages) throws IOException {
    Properties settings = new Properties();
    settings.setProperty("folder", folder.resolve("traces").toAbsolutePath().toString());
    settings.setProperty("jacoco", folder.resolve("jacoco.jar").toAbsolutePath().toString());
    settings.setProperty("includes", patterns(packages));
    Path draft = folder.resolve("settings.draft");
    try (OutputStream out = Files.newOutputStream(draft)) {
      settings.store(out, null);
    }
    Files.move(
        draft,
        folder.resolve("settings.properties"),
        StandardCopyOption.REPLACE_EXISTING,
        StandardCopyOption.ATOMIC_MOVE);
  }

  /** Fewest patterns that hold all packages. */
  private static String patterns(Set<String> packages) {
    List<String> patterns = new ArrayList<>();
    String last = null;
    for (String each : new TreeSet<>(packages)) {
      if (each.isEmpty()) {
        return "*";
      }
      if (last == null || !each.startsWith(last + ".")) {
        patterns.add(each + ".*");
        last = each;
      }
    }
    return patterns.isEmpty() || patterns.size() > MOST_PACKAGES ? "*" : String.join(":", patterns);
  }

  private static void agent(Path jar) throws IOException {
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    manifest.getMainAttributes().putValue("Premain-Class", TraceAgent.class.getName());
    try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar), manifest)) {
      for (String name : List.of("TraceAgent", "TraceFile", "TraceListener")) {
        String path = name + ".class";
        out.putNextEntry(
            new JarEntry(TraceAgent.class.getPackageName().replace('.', '/') + "/" + path));
        try (InputStream in = TraceAgent.class.getResourceAsStream(path)) {
          if (in == null) {
            throw new IOException("the product has no " + path);
          }
          in.transferTo(out);
        }
        out.closeEntry();
      }
      out.putNextEntry(
          new JarEntry("META-INF/services/org.junit.platform.launcher.TestExecutionListener"));
      // by name only: JUnit, which it needs, is in the JVMs of tests and not in this one
      String listener = TraceAgent.class.getPackageName() + ".TraceListener";
      out.write(listener.getBytes(StandardCharsets.UTF_8));
      out.closeEntry();
    }
  }

  /** Words for the tool by which it is seen what its tests execute; none where variables do. */
  public List<String> words() {
    return files == null ? List.of() : files.words();
  }

  /** The variables that bring the agent into JVMs, added to what they are already. */
  public Map<String, String> environment(Map<String, String> before) {
    if (files != null) {
      return files.environment(before);
    }
    String name = "JAVA_TOOL_OPTIONS";
    String agent =
        "-javaagent:"
            + folder.resolve("agent.jar").toAbsolutePath()
            + "="
            + folder.resolve("settings.properties").toAbsolutePath();
    String quoted = agent.contains(" ") ? "'" + agent + "'" : agent;
    String known = before.getOrDefault(name, "");
    return Map.of(name, known.isEmpty() ? quoted : known + " " + quoted);
  }

  /**
   * What was seen.
   *
   * @param executed classes with slashes by test class with dots
   * @param started in how many JVMs tests were traced
   * @param troubles why tests were not traced, where they were not
   */
  public record Traces(Map<String, Set<String>> executed, int started, Set<String> troubles) {}

  /** Reads what the JVMs of tests have written. */
  public Traces read() throws IOException {
    Map<String, Set<String>> executed = new TreeMap<>();
    Set<String> troubles = new TreeSet<>();
    int started = 0;
    List<Path> files;
    try (var list = Files.list(folder.resolve("traces"))) {
      files = list.sorted().toList();
    }
    for (Path file : files) {
      if (Files.size(file) > LARGEST) {
        troubles.add("a trace is longer than any that can be");
        continue;
      }
      for (String line : Files.readString(file).split("\n")) {
        String[] words = line.split("\t");
        switch (words[0]) {
          case "started" -> started++;
          case "untraced" -> troubles.add(words.length > 1 ? words[1] : "for no reason given");
          case "test" -> {
            if (words.length > 1) {
              executed
                  .computeIfAbsent(words[1], _ -> new TreeSet<>())
                  .addAll(List.of(words).subList(2, words.length));
            }
          }
          default -> {
            // the end of a line of a JVM that was killed
          }
        }
      }
    }
    return new Traces(executed, started, troubles);
  }
}
