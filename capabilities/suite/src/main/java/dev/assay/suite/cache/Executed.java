package dev.assay.suite.cache;

import dev.assay.api.json.Json;
import dev.assay.api.json.JsonException;
import dev.assay.api.json.JsonReader;
import dev.assay.api.json.JsonWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/**
 * Which classes each test class was seen to execute, kept for a number of commits: one file a
 * commit, in which each class name stands once. Not thread-safe.
 */
public final class Executed {

  private static final int MOST_COMMITS = 20;
  private static final int LARGEST = 64 << 20;
  private static final String END = ".json.gz";

  private final Path folder;

  /** Keeps them in a folder, which need not be there yet. */
  public Executed(Path folder) {
    this.folder = folder;
  }

  /** Adds what was seen at a commit to what is known of it, and drops the oldest commits. */
  public void put(String commit, Map<String, Set<String>> seen) throws IOException {
    Map<String, Set<String>> all = new TreeMap<>(get(commit));
    all.putAll(seen);
    List<String> names = new ArrayList<>();
    Map<String, Integer> ids = new LinkedHashMap<>();
    Json.Builder tests = Json.object();
    all.forEach((test, classes) -> {
      List<Json> numbers = new ArrayList<>();
      for (String name : new TreeSet<>(classes)) {
        numbers.add(
            Json.of(
                (long)
                    ids.computeIfAbsent(
                        name,
                        fresh -> {
                          names.add(fresh);
                          return names.size() - 1;
                        })));
      }
      tests.put(test, Json.array(numbers));
    });
    Json json =
        Json.object()
            .put("classes", Json.array(names.stream().map(Json::of).toList()))
            .put("tests", tests.build())
            .build();
    Files.createDirectories(folder);
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file(commit)))) {
      out.write(JsonWriter.canonicalBytes(json));
    }
    prune();
  }

  /** What was seen at a commit: test classes with dots, executed classes with slashes. */
  public Map<String, Set<String>> get(String commit) {
    Path file = file(commit);
    if (!Files.isRegularFile(file)) {
      return Map.of();
    }
    try (InputStream in = new GZIPInputStream(Files.newInputStream(file))) {
      Json.Obj json =
          JsonReader.read(new String(in.readNBytes(LARGEST), StandardCharsets.UTF_8)).asObject();
      List<Json> names = json.array("classes");
      Map<String, Set<String>> seen = new TreeMap<>();
      json.object("tests")
          .members()
          .forEach((test, numbers) -> {
            Set<String> classes = new TreeSet<>();
            for (Json number : numbers.asArray()) {
              classes.add(names.get(Math.toIntExact(number.asWhole())).asText());
            }
            seen.put(test, classes);
          });
      return seen;
    } catch (IOException
        | JsonException
        | ArithmeticException
        | IndexOutOfBoundsException damaged) {
      return Map.of();
    }
  }

  /** What each test was seen to execute when it last ran, at whatever commit that was. */
  public Map<String, Set<String>> all() throws IOException {
    Map<String, Set<String>> all = new TreeMap<>();
    for (Path file : files()) {
      all.putAll(get(String.valueOf(file.getFileName()).replace(END, "")));
    }
    return all;
  }

  /** The commit that was written last. */
  public Optional<String> newest() throws IOException {
    List<Path> files = files();
    return files.isEmpty()
        ? Optional.empty()
        : Optional.of(String.valueOf(files.getLast().getFileName()).replace(END, ""));
  }

  private Path file(String commit) {
    return folder.resolve(commit.replaceAll("[^0-9A-Za-z-]", "_") + END);
  }

  private List<Path> files() throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      List<Path> found =
          new ArrayList<>(files.filter(each -> each.toString().endsWith(END)).toList());
      Map<Path, FileTime> times = new LinkedHashMap<>();
      for (Path file : found) {
        times.put(file, Files.getLastModifiedTime(file));
      }
      found.sort(Comparator.comparing(times::get));
      return found;
    }
  }

  private void prune() throws IOException {
    List<Path> files = files();
    for (int old = 0; old < files.size() - MOST_COMMITS; old++) {
      Files.deleteIfExists(files.get(old));
    }
  }
}
