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
import java.nio.file.StandardCopyOption;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * What is remembered of the tests of one project, in one file. A file that is damaged or of another
 * version counts as none: then everything runs, which is always right. Not thread-safe; two runs at
 * the same time each write a whole file, and the later one stays.
 */
public final class Memory {

  private static final int FORMAT = 1;

  /** More than these are not kept; what an older one says of a test still stands without it. */
  private static final int MOST_GENERATIONS = 8;

  private static final int MOST_TESTS = 200_000;
  private static final long LARGEST = 256L << 20;

  private final Map<String, TestRecord> tests = new TreeMap<>();
  private final TreeMap<Integer, Generation> generations = new TreeMap<>();
  private long sampled;
  private long missed;

  /** One that remembers nothing. */
  public Memory() {}

  /** Reads a file, or remembers nothing. */
  public static Memory read(Path file) {
    Memory memory = new Memory();
    if (Files.isRegularFile(file)) {
      try (InputStream in = new GZIPInputStream(Files.newInputStream(file))) {
        byte[] bytes = in.readNBytes((int) LARGEST);
        memory.fill(JsonReader.read(new String(bytes, StandardCharsets.UTF_8)).asObject());
      } catch (IOException | JsonException | IllegalArgumentException | DateTimeException damaged) {
        return new Memory();
      }
    }
    return memory;
  }

  /** Writes all of it, at once or not at all. */
  public void write(Path file) throws IOException {
    Path parent = file.toAbsolutePath().getParent();
    if (parent != null) {
      Files.createDirectories(parent);
    }
    Path draft = Files.createTempFile(parent, "memory", ".draft");
    try {
      try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(draft))) {
        out.write(JsonWriter.canonicalBytes(json()));
      }
      Files.move(draft, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(draft);
    }
  }

  /** What is remembered of a test. */
  public Optional<TestRecord> test(String name) {
    return Optional.ofNullable(tests.get(name));
  }

  /** All tests that something is remembered of, sorted. */
  public Set<String> tests() {
    return Collections.unmodifiableSet(tests.keySet());
  }

  /** Remembers a test, in place of what was known of it. */
  public void put(String name, TestRecord record) {
    if (tests.size() < MOST_TESTS || tests.containsKey(name)) {
      tests.put(name, record);
    }
  }

  /** Forgets tests that are no more. */
  public void keepOnly(Set<String> names) {
    tests.keySet().retainAll(names);
  }

  /** The state of that number, where it is kept. */
  public Optional<Generation> generation(int number) {
    return Optional.ofNullable(generations.get(number));
  }

  /** The newest state of a commit. */
  public Optional<Generation> generationOf(String commit) {
    return generations.descendingMap().values().stream()
        .filter(each -> commit.equals(each.commit()))
        .findFirst();
  }

  /** The number for the next state. */
  public int nextGeneration() {
    return generations.isEmpty() ? 1 : generations.lastKey() + 1;
  }

  /** Keeps a state, and drops the oldest where there are many. */
  public void put(Generation generation) {
    generations.put(generation.number(), generation);
    while (generations.size() > MOST_GENERATIONS) {
      generations.pollFirstEntry();
    }
  }

  /** Counts tests that ran although they need not have, and how many of them failed. */
  public void countSample(long ran, long failed) {
    sampled += ran;
    missed += failed;
  }

  /** How many tests ran although they need not have. */
  public long sampled() {
    return sampled;
  }

  /** How many of those failed. */
  public long missed() {
    return missed;
  }

  // ---- its file

  private Json json() {
    Json.Builder records = Json.object();
    tests.forEach((name, record) ->
        records.put(
            name,
            Json.object()
                .put("run", record.run())
                .putIfPresent("commit", record.commit())
                .put("at", record.at().toString())
                .put("passed", record.passed())
                .put("key", record.key())
                .put("generation", record.generation())
                .put("since_failure", record.sinceFailure())
                .put(
                    "more",
                    Json.array(new TreeSet<>(record.more()).stream().map(Json::of).toList()))
                .build()));
    return Json.object()
        .put("format", FORMAT)
        .put("sampled", sampled)
        .put("missed", missed)
        .put("tests", records.build())
        .put("generations", Json.array(generations.values().stream().map(Memory::json).toList()))
        .build();
  }

  private static Json json(Generation generation) {
    Json.Builder inputs = Json.object();
    generation.inputs().forEach(inputs::put);
    return Json.object()
        .put("number", generation.number())
        .putIfPresent("commit", generation.commit())
        .put("inputs", inputs.build())
        .put("parts", generation.encoded())
        .build();
  }

  private void fill(Json.Obj json) {
    if (json.whole("format") != FORMAT) {
      return;
    }
    sampled = json.whole("sampled");
    missed = json.whole("missed");
    json.object("tests").members().forEach((name, value) -> tests.put(name, record(value)));
    for (Json value : json.array("generations")) {
      Json.Obj generation = value.asObject();
      Map<String, Long> inputs = new LinkedHashMap<>();
      generation
          .object("inputs")
          .members()
          .forEach((name, digest) -> inputs.put(name, digest.asWhole()));
      put(
          new Generation(
              Math.toIntExact(generation.whole("number")),
              generation.findText("commit"),
              inputs,
              Generation.decoded(generation.text("parts"))));
    }
  }

  private static TestRecord record(Json value) {
    Json.Obj json = value.asObject();
    Set<String> more = new TreeSet<>();
    json.array("more").forEach(each -> more.add(each.asText()));
    @Nullable String commit = json.findText("commit");
    return new TestRecord(
        json.text("run"),
        commit,
        Instant.parse(json.text("at")),
        json.get("passed").asBool(),
        json.whole("key"),
        Math.toIntExact(json.whole("generation")),
        Math.toIntExact(json.whole("since_failure")),
        more);
  }
}
