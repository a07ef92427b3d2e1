package dev.assay.gateway;

import dev.assay.api.json.Json;
import dev.assay.api.json.JsonReader;
import dev.assay.api.json.JsonWriter;
import dev.assay.api.problem.Problem;
import dev.assay.api.spi.Clock;
import dev.assay.testkit.SetClock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/** A host that takes what extensions add, and plays the API before them. */
public final class TestHost implements Host {

  public final SetClock clock;
  public final MemoryDocuments documents;
  public final List<Channel> channels = new ArrayList<>();
  public final List<Intake> intakes = new ArrayList<>();
  public final List<Resource> resources = new ArrayList<>();
  public final List<Function<Incoming, CompletableFuture<Void>>> ears = new ArrayList<>();

  /** Messages by their keys, in the order in which they came. */
  public final Map<String, Draft> submitted = new LinkedHashMap<>();

  public final List<Problem> notes = new ArrayList<>();
  public Function<Draft, CompletableFuture<String>> taking;
  private final Path folder;

  public TestHost(SetClock clock, MemoryDocuments documents, Path folder) {
    this.clock = clock;
    this.documents = documents;
    this.folder = folder;
    this.taking = draft -> CompletableFuture.completedFuture("msg-" + submitted.size());
  }

  /** A message is asked for; what becomes of it. */
  public Intake.Taken post(String json) {
    Json.Obj request = JsonReader.read(json).asObject();
    String text = request.findText("text");
    String from = request.findText("from");
    Draft draft =
        new Draft(
            "shop",
            from == null ? "" : from,
            request.text("to"),
            text == null ? "" : text,
            List.of(),
            Duration.ofHours(48),
            "",
            null,
            true,
            Map.of());
    Intake.Taken taken = new Intake.Taken.Send(draft);
    for (Intake intake : intakes) {
      boolean asked = intake.members().stream().anyMatch(request.members()::containsKey);
      if (taken instanceof Intake.Taken.Send send && (asked || intake.always())) {
        taken = intake.take(request, send.draft());
      }
    }
    return taken;
  }

  /** A request of the API. */
  public Reply call(String who, String method, String path, String body) {
    Resource resource =
        resources.stream().filter(each -> path.startsWith(each.prefix())).findFirst().orElseThrow();
    String[] parts = path.split("\\?", 2);
    Map<String, String> query =
        parts.length == 1
            ? Map.of()
            : Map.of(parts[1].split("=")[0], parts[1].substring(parts[1].indexOf('=') + 1));
    return resource.answer(
        new Request(
            who,
            Set.of("send", "read", "admin"),
            method,
            parts[0],
            query,
            Map.of(),
            body.getBytes(StandardCharsets.UTF_8)));
  }

  @Override
  public Clock clock() {
    return clock;
  }

  @Override
  public Path folder() {
    return folder;
  }

  @Override
  public Documents documents() {
    return documents;
  }

  @Override
  public void add(Channel channel) {
    channels.add(channel);
  }

  @Override
  public void add(Intake intake) {
    intakes.add(intake);
  }

  @Override
  public void add(Resource resource) {
    resources.add(resource);
  }

  @Override
  public void hear(Function<Incoming, CompletableFuture<Void>> listener) {
    ears.add(listener);
  }

  @Override
  public synchronized CompletableFuture<String> submit(Draft draft, String key) {
    submitted.putIfAbsent(key, draft);
    return taking.apply(draft);
  }

  @Override
  public synchronized void note(Problem problem) {
    notes.add(problem);
  }

  /** What is not public of a JSON answer, for reading in failures. */
  public static String text(Reply reply) {
    return reply.status() + " " + JsonWriter.canonical(reply.body());
  }
}
