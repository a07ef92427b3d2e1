package dev.assay.cli;

import dev.assay.api.evidence.Artifact;
import dev.assay.api.json.Json;
import dev.assay.api.json.JsonException;
import dev.assay.api.json.JsonReader;
import dev.assay.api.json.JsonWriter;
import dev.assay.api.ledger.EncodedEntry;
import dev.assay.api.ledger.Ledger;
import dev.assay.api.ledger.LedgerEntry;
import dev.assay.api.ledger.LedgerEntry.Recorded;
import dev.assay.api.problem.IoReason;
import dev.assay.api.problem.Where;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** A project of a server, which takes runs. Thread-safe. */
final class ServerProject implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Duration SHORT = Duration.ofSeconds(10);

  /** Within so many seconds whoever sends a run comes again, also with nothing to say. */
  static final int AGAIN_SECONDS = 20;

  /** Instead of a place in a run: the server has not the run yet. */
  static final long NO_RUN = -1;

  /** What a server calls a quota that is reached. */
  private static final String QUOTA = "\"ASSAY-SERVER-140\"";

  private final URI address;
  private final String key;
  private final HttpClient client =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10)).build();

  /**
   * A project.
   *
   * @param address of the project in the server's interface
   * @param key that lets runs be sent
   */
  ServerProject(URI address, String key) {
    this.address = address;
    this.key = key;
  }

  /** The same project, to be closed by another. */
  ServerProject again() {
    return new ServerProject(address, key);
  }

  /** Where people see a run. */
  String page(String run) {
    return address.toString().replace("/api/v1/", "/") + "/runs/" + run;
  }

  /** As a person gives it: {@code --server}. */
  String given() {
    return address.toString().replace("/api/v1/", "/");
  }

  /** Where people see which tests are in quarantine. */
  String quarantinePage() {
    return address.toString().replace("/api/v1/", "/") + "/tests";
  }

  /** The tests in quarantine, as a file that a suite reads. */
  String quarantine() throws IOException, InterruptedException {
    HttpResponse<String> answer = send(request("/quarantine").timeout(SHORT).GET());
    Json.Obj _ = accepted(answer);
    return answer.body();
  }

  /**
   * What people decided on a run.
   *
   * @throws dev.assay.api.problem.ProblemException if the server has not the run, or refuses the
   *     key
   */
  Json.Obj rulings(String run) throws IOException, InterruptedException {
    return decided(send(request("/runs/" + run + "/rulings").timeout(SHORT).GET()), run);
  }

  private Json.Obj decided(HttpResponse<String> answer, String run) throws IOException {
    int status = answer.statusCode();
    if (status == 404 && refusal(answer).contains("no run")) {
      throw CliProblems.RULINGS.failure(
          Where.named(address.toString()),
          "the server has not run " + run,
          "send it there with `assay push --server`, and let somebody decide");
    }
    if (status != 200 && status < 500 && status != 429) {
      throw CliProblems.RULINGS.failure(
          Where.named(address.toString()),
          "the server answers " + status + ": " + refusal(answer),
          "look at the address of the project and at the key, which needs the scope read");
    }
    return accepted(answer);
  }

  /** The public key that the server says it signs with, as PEM. */
  String signingKey() throws IOException, InterruptedException {
    HttpResponse<String> answer =
        send(HttpRequest.newBuilder(URI.create(server() + "/rulings.pub")).timeout(SHORT).GET());
    if (answer.statusCode() != 200) {
      throw new IOException("the server answers " + answer.statusCode() + " for its key");
    }
    return answer.body();
  }

  /** Where the server itself is. */
  String server() {
    String text = address.toString();
    return text.substring(0, text.lastIndexOf("/api/v1/"));
  }

  /** How many entries of a run are there. */
  long entries(String run) throws IOException, InterruptedException {
    HttpResponse<String> answer = send(request("/runs/" + run).GET());
    return answer.statusCode() == 404 && refusal(answer).contains("no run")
        ? 0
        : accepted(answer).whole("entries");
  }

  /** Sends entries of a run that begin at a place in it; how many are there then. */
  long send(String run, long from, List<LedgerEntry> entries, Ledger ledger)
      throws IOException, InterruptedException {
    ByteArrayOutputStream lines = new ByteArrayOutputStream();
    for (LedgerEntry entry : entries) {
      if (entry instanceof Recorded(Artifact artifact)) {
        artifact(artifact, ledger);
      }
      lines.writeBytes(EncodedEntry.of(entry).bytes());
      lines.write('\n');
    }
    return accepted(
            send(
                request("/runs/" + run + "/entries?from=" + from + "&again=" + AGAIN_SECONDS)
                    .POST(BodyPublishers.ofByteArray(lines.toByteArray()))))
        .whole("entries");
  }

  /**
   * Says that the sender of a run is there, and comes again: no entries, which any server takes.
   */
  void alive(String run) throws IOException, InterruptedException {
    Json.Obj _ =
        accepted(
            send(
                request("/runs/" + run + "/entries?from=0&again=" + AGAIN_SECONDS)
                    .timeout(SHORT)
                    .POST(BodyPublishers.noBody())));
  }

  /** First, so that no entry is there that names a file which is not. */
  private void artifact(Artifact artifact, Ledger ledger) throws IOException, InterruptedException {
    Optional<Path> file = ledger.artifact(artifact.sha256());
    if (file.isPresent()) {
      BodyPublisher content = BodyPublishers.ofFile(file.get());
      Json.Obj _ = accepted(send(request("/artifacts/" + artifact.sha256()).PUT(content)));
    }
  }

  /**
   * Sends what was printed after a line of that place in the run, 0 for none.
   *
   * @return the place of the last line there; {@link #NO_RUN} where the run is not there yet
   * @throws dev.assay.api.problem.ProblemException if the server takes none
   */
  long printed(String run, long after, List<PrintedLine> lines)
      throws IOException, InterruptedException {
    StringBuilder body = new StringBuilder();
    lines.forEach(line -> body.append(JsonWriter.canonical(line.json())).append('\n'));
    HttpResponse<String> answer =
        send(
            request("/runs/" + run + "/logs?after=" + after)
                .timeout(SHORT)
                .POST(BodyPublishers.ofString(body.toString())));
    return answer.statusCode() == 404 && refusal(answer).contains("no run")
        ? NO_RUN
        : accepted(answer).whole("last");
  }

  /** Sends JSON; what is answered, where anything is. */
  Json call(String method, String path, Json body) throws IOException, InterruptedException {
    HttpResponse<String> answer =
        send(
            request(path)
                .setHeader("Content-Type", "application/json")
                .method(method, BodyPublishers.ofString(JsonWriter.canonical(body))));
    return answer.statusCode() == 200 && answer.body().isBlank()
        ? Json.Null.VALUE
        : accepted(answer);
  }

  /** Why it could not be asked, in words: what the JDK throws often says nothing. */
  static String why(Exception away) {
    return away instanceof IOException broken
        ? IoReason.of(broken)
        : String.valueOf(away.getMessage());
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(address + path))
        .timeout(PATIENCE)
        .header("Authorization", "Bearer " + key)
        .header("Content-Type", "application/octet-stream");
  }

  private HttpResponse<String> send(HttpRequest.Builder request)
      throws IOException, InterruptedException {
    return client.send(request.build(), BodyHandlers.ofString());
  }

  /** What was answered; a refusal that would come again is a problem, another a failure. */
  private Json.Obj accepted(HttpResponse<String> answer) throws IOException {
    int status = answer.statusCode();
    if (full(answer)) {
      throw CliProblems.FULL.failure(
          Where.named(address.toString()),
          "the project has no room for it: " + refusal(answer),
          "send it with `assay push` when there is room; the run is whole in this workspace");
    }
    if (status >= 500 || status == 429) {
      throw new IOException("the server answers " + status + ": " + refusal(answer));
    }
    if (status != 200) {
      throw CliProblems.SERVER.failure(
          Where.named(address.toString()),
          "the server answers " + status + ": " + refusal(answer),
          status == 401
              ? "make a key in the project's settings, then: export ASSAY_SERVER_KEY=assay_…"
              : "look at the address of the project and at its keys");
    }
    try {
      return JsonReader.read(answer.body()).asObject();
    } catch (JsonException none) {
      throw CliProblems.SERVER.failure(
          Where.named(address.toString()),
          "what answers there is no server of Assay",
          "correct the address");
    }
  }

  /** Whether a quota is reached: to send it again in a moment would change nothing. */
  private static boolean full(HttpResponse<String> answer) {
    int status = answer.statusCode();
    return status == 507 || status == 429 && answer.body().contains(QUOTA);
  }

  private static String refusal(HttpResponse<String> answer) {
    try {
      Json.Obj problem = JsonReader.read(answer.body()).asObject();
      return problem.text("detail") + " (" + problem.text("mend") + ")";
    } catch (JsonException none) {
      return "nothing that says why";
    }
  }

  @Override
  public void close() {
    client.shutdownNow();
    client.close();
  }
}
