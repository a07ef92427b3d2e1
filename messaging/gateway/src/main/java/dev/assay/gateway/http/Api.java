package dev.assay.gateway.http;

import dev.assay.api.json.Json;
import dev.assay.api.json.JsonException;
import dev.assay.api.json.JsonReader;
import dev.assay.api.problem.Problem;
import dev.assay.api.problem.ProblemException;
import dev.assay.api.problem.Where;
import dev.assay.api.spi.Clock;
import dev.assay.gateway.GatewayProblems;
import dev.assay.gateway.Host.Reply;
import dev.assay.gateway.Host.Request;
import dev.assay.gateway.Host.Resource;
import dev.assay.gateway.Intake;
import dev.assay.gateway.State;
import dev.assay.gateway.config.KeyConfiguration.Scope;
import dev.assay.gateway.engine.Accept;
import dev.assay.gateway.route.Countries;
import dev.assay.gateway.route.Decision;
import dev.assay.gateway.store.Batch.Audit;
import dev.assay.gateway.store.Batch.Heard;
import dev.assay.gateway.store.Batch.Notice;
import dev.assay.gateway.store.Batch.Orphan;
import dev.assay.gateway.store.GatewayStore;
import dev.assay.gateway.store.GatewayStore.Tally;
import dev.assay.gateway.store.MessageId;
import dev.assay.gateway.store.StoredEvent;
import dev.assay.gateway.store.StoredMessage;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The API. Messages are taken on the threads of the connections, as that does not block; what reads
 * the store runs on a virtual thread each.
 */
public final class Api implements AutoCloseable {

  static final String MESSAGES = "/v1/messages";
  private static final int MOST_MESSAGES = 10_000;
  private static final int MOST_LISTED = 1_000;
  private static final int LONGEST_KEY = 200;
  private static final Duration SEARCHED = Duration.ofDays(7);

  /** What is answered, beside what extensions and pages answer; a star is what varies. */
  static final Map<String, BiConsumer<Api, Exchange>> ROUTES =
      Map.ofEntries(
          Map.entry(
              "GET /health",
              (_, asked) -> asked.json(200, Json.object().put("status", "up").build())),
          Map.entry("GET /ready", Api::ready),
          Map.entry("GET /metrics", Api::metrics),
          Map.entry("GET /v1/openapi.json", (_, asked) -> asked.json(200, OpenApi.document())),
          Map.entry("POST /v1/messages", Api::send),
          Map.entry("GET /v1/messages", Api::search),
          Map.entry("GET /v1/messages/*", (api, asked) -> api.message(asked, last(asked.path()))),
          Map.entry(
              "GET /v1/messages/*/events", (api, asked) -> api.message(asked, part(asked, 3))),
          Map.entry("GET /v1/routes/explain", Api::explain),
          Map.entry("GET /v1/providers", Api::providers),
          Map.entry("GET /v1/providers/*", (api, asked) -> api.provider(asked, last(asked.path()))),
          Map.entry(
              "PUT /v1/providers/*", (api, asked) -> api.putProvider(asked, last(asked.path()))),
          Map.entry(
              "DELETE /v1/providers/*",
              (api, asked) -> api.removeProvider(asked, last(asked.path()))),
          Map.entry("POST /v1/reload", Api::reload),
          Map.entry("GET /v1/reports", Api::report),
          Map.entry("GET /v1/orphans", Api::orphans),
          Map.entry("GET /v1/callbacks/dead", Api::deadLetters),
          Map.entry(
              "POST /v1/callbacks/dead/*/retry", (api, asked) -> api.retry(asked, part(asked, 4))),
          Map.entry("GET /v1/incoming", Api::incoming),
          Map.entry("GET /v1/audit", Api::audit),
          Map.entry(
              "DELETE /v1/recipients/*", (api, asked) -> api.erase(asked, last(asked.path()))));

  private final Operations operations;
  private final Drafts drafts;
  private final List<Resource> resources;
  private final Clock clock;
  private final Metrics metrics;
  private final Pages pages;
  private final ExecutorService readers = Executors.newVirtualThreadPerTaskExecutor();
  private final HttpServer server;

  /**
   * Begins to listen.
   *
   * @param resources of extensions
   */
  public Api(
      Operations operations,
      Drafts drafts,
      List<Resource> resources,
      Clock clock,
      InetSocketAddress address,
      int threads) {
    this.operations = operations;
    this.drafts = drafts;
    this.resources = List.copyOf(resources);
    this.clock = clock;
    this.metrics = new Metrics(operations);
    this.pages = new Pages(operations, clock);
    this.server = HttpServer.start(address, threads, this::handle);
  }

  /** Where it listens. */
  public InetSocketAddress address() {
    return server.address();
  }

  private void handle(Exchange exchange) {
    if (exchange.method().equals("POST") && exchange.path().equals(MESSAGES)) {
      guarded(exchange, this::send);
    } else {
      readers.execute(() -> guarded(exchange, this::read));
    }
  }

  private static void guarded(Exchange exchange, Consumer<Exchange> work) {
    try {
      work.accept(exchange);
    } catch (Failure failure) {
      exchange.problem(failure.status(), failure.problem());
    } catch (ProblemException failure) {
      Problem problem = failure.problems().getFirst();
      exchange.problem(
          switch (problem.kind()) {
            case USER -> 422;
            case ENVIRONMENT -> 503;
            case INTERNAL -> 500;
          },
          problem);
    } catch (JsonException | IllegalArgumentException | DateTimeException wrong) {
      exchange.problem(
          400,
          GatewayProblems.REQUEST.at(
              Where.named("the request"), String.valueOf(wrong.getMessage()), "correct it"));
    } catch (RuntimeException unforeseen) {
      exchange.problem(
          500,
          GatewayProblems.ENGINE.at(
              Where.named("the request"), "it failed unforeseen", "report it with the request"));
    }
  }

  // ---- sending ----

  private Principal who(Exchange exchange, Scope scope) {
    Principal principal = operations.keys().who(exchange.header("Authorization"), exchange.from());
    if (!principal.may(scope)) {
      throw Failure.of(
          403,
          GatewayProblems.FORBIDDEN,
          "the key " + principal.name(),
          "it lacks the scope " + scope.name().toLowerCase(Locale.ROOT),
          "use another key, or add the scope to this one in gateway.yaml");
    }
    return principal;
  }

  private void send(Exchange exchange) {
    Principal principal = who(exchange, Scope.SEND);
    Json request = parsed(exchange.text());
    boolean many = request instanceof Json.Array;
    List<Json> items = many ? request.asArray() : List.of(request);
    if (items.isEmpty() || items.size() > MOST_MESSAGES) {
      throw wrong(413, "a request has 1 to " + MOST_MESSAGES + " messages", "divide it");
    }
    RateLimit limit = principal.limit();
    if (limit != null) {
      exchange.limited(limit);
      if (!limit.take(items.size(), clock.nanos())) {
        throw Failure.of(
            429,
            GatewayProblems.BUSY,
            "the key " + principal.name(),
            "it sends more than it may",
            "wait as long as Retry-After says");
      }
    }
    String key = exchange.header("Idempotency-Key");
    if (key != null && (key.isBlank() || key.length() > LONGEST_KEY)) {
      throw wrong(400, "an Idempotency-Key has 1 to 200 characters", "use a shorter one");
    }
    if (items.stream().anyMatch(drafts::waits)) {
      readers.execute(() -> guarded(exchange, asked -> accept(asked, principal, items, many, key)));
    } else {
      accept(exchange, principal, items, many, key);
    }
  }

  private void accept(
      Exchange exchange,
      Principal principal,
      List<Json> items,
      boolean many,
      @Nullable String key) {
    List<Accept.Routed> messages = new ArrayList<>(items.size());
    List<Drafts.Item> all = new ArrayList<>(items.size());
    for (int i = 0; i < items.size(); i++) {
      String where = many ? "message " + i : "the message";
      Drafts.Item item = drafts.read(principal.name(), items.get(i), where);
      all.add(item);
      if (item instanceof Drafts.Item.Message message) {
        messages.add(message.routed());
      }
    }
    if (messages.isEmpty()) {
      exchange.json(202, answer(all, new long[0], many));
      return;
    }
    String digest = key == null ? "" : Keys.hash(exchange.text());
    operations
        .engine()
        .accept(
            new Accept(
                principal.name(),
                messages,
                key,
                digest,
                new Accept.Reply() {
                  @Override
                  public void accepted(long[] ids) {
                    if (many || all.getFirst() instanceof Drafts.Item.Kept) {
                      exchange.json(202, answer(all, ids, many));
                    } else {
                      exchange.respond(202, "application/json", single(ids[0]));
                    }
                  }

                  @Override
                  public void refused(Problem problem, int status) {
                    exchange.problem(status, problem);
                  }
                }));
  }

  private static byte[] single(long id) {
    String text = MessageId.text(id);
    return ("{\"id\":\"" + text + "\",\"state\":\"accepted\"}")
        .getBytes(StandardCharsets.ISO_8859_1);
  }

  private static Json answer(List<Drafts.Item> items, long[] ids, boolean many) {
    List<Json> answers = new ArrayList<>(items.size());
    int next = 0;
    for (Drafts.Item item : items) {
      switch (item) {
        case Drafts.Item.Message _ ->
            answers.add(
                Json.object()
                    .put("id", MessageId.text(ids[next++]))
                    .put("state", "accepted")
                    .build());
        case Drafts.Item.Kept kept -> answers.add(kept(kept.kept()));
      }
    }
    return many ? Json.object().put("messages", Json.array(answers)).build() : answers.getFirst();
  }

  private static Json kept(Intake.Taken.Kept kept) {
    Json.Builder answer = Json.object().put("id", kept.id());
    Json.Obj details = kept.details();
    if (details != null) {
      details.members().forEach(answer::put);
    }
    return answer.build();
  }

  private static Json parsed(String text) {
    try {
      return JsonReader.read(text);
    } catch (JsonException wrong) {
      throw wrong(400, "the body is no JSON: " + wrong.getMessage(), "send JSON in UTF-8");
    }
  }

  private static Failure wrong(int status, String what, String mend) {
    return Failure.of(status, GatewayProblems.REQUEST, "the request", what, mend);
  }

  // ---- reading ----

  private void read(Exchange exchange) {
    String path = exchange.path();
    String method = exchange.method();
    for (Resource resource : resources) {
      String prefix = resource.prefix();
      if (path.equals(prefix) || path.startsWith(prefix + "/")) {
        extension(exchange, resource);
        return;
      }
    }
    String verb = method.equals("HEAD") ? "GET" : method;
    BiConsumer<Api, Exchange> route = ROUTES.get(verb + " " + general(path));
    if (route != null) {
      route.accept(this, exchange);
      return;
    }
    if (verb.equals("GET") && Pages.has(path)) {
      Principal principal = who(exchange, Scope.READ);
      exchange.respond(
          200,
          "text/html; charset=utf-8",
          pages.page(path, exchange.query(), principal).getBytes(StandardCharsets.UTF_8));
      return;
    }
    throw Failure.of(
        404,
        GatewayProblems.NOT_FOUND,
        path,
        "there is no " + method + " " + path,
        "see /v1/openapi.json for what there is");
  }

  private void metrics(Exchange exchange) {
    who(exchange, Scope.READ);
    exchange.respond(200, Metrics.TYPE, metrics.text().getBytes(StandardCharsets.UTF_8));
  }

  private static String part(Exchange exchange, int number) {
    return exchange.path().split("/")[number];
  }

  /** The path with what varies in it as a star. */
  private static String general(String path) {
    String[] parts = path.split("/");
    if (parts.length >= 4 && parts[1].equals("v1")) {
      boolean fixed = parts[2].equals("routes") || parts[2].equals("openapi.json");
      boolean dead = parts[2].equals("callbacks");
      if (!fixed && !dead) {
        parts[3] = "*";
      } else if (dead && parts.length >= 5) {
        parts[4] = "*";
      }
      return String.join("/", parts);
    }
    return path;
  }

  private static String last(String path) {
    return URLDecoder.decode(path.substring(path.lastIndexOf('/') + 1), StandardCharsets.UTF_8);
  }

  private void extension(Exchange exchange, Resource resource) {
    Scope least =
        switch (exchange.method()) {
          case "GET", "HEAD" -> Scope.READ;
          default -> Scope.SEND;
        };
    Principal principal =
        resource.open() ? new Principal("", Set.of(), null) : who(exchange, least);
    Reply reply =
        resource.answer(
            new Request(
                principal.name(),
                principal.scopes().stream()
                    .map(scope -> scope.name().toLowerCase(Locale.ROOT))
                    .collect(Collectors.toUnmodifiableSet()),
                exchange.method(),
                exchange.path(),
                exchange.query(),
                exchange.headers(),
                exchange.body()));
    exchange.json(reply.status(), reply.body());
  }

  private void ready(Exchange exchange) {
    Problem failure = operations.engine().failure();
    boolean up = operations.engine().lines().stream().anyMatch(line -> line.ready());
    if (failure != null) {
      exchange.problem(503, failure);
    } else {
      exchange.json(
          up ? 200 : 503, Json.object().put("status", up ? "ready" : "no provider").build());
    }
  }

  private void search(Exchange exchange) {
    Principal principal = who(exchange, Scope.READ);
    String to = exchange.query("to");
    String state = exchange.query("state");
    String before = exchange.query("before");
    int most = number(exchange.query("limit"), 100);
    List<StoredMessage> found =
        operations
            .store()
            .search(
                new GatewayStore.Search(
                    principal.sees(),
                    to.isEmpty() ? null : to.replaceFirst("^(\\+|00| )", ""),
                    exchange.query("reference").isEmpty() ? null : exchange.query("reference"),
                    state.isEmpty() ? null : State.valueOf(state.toUpperCase(Locale.ROOT)),
                    since(exchange),
                    before.isEmpty() ? Long.MAX_VALUE : MessageId.of(before),
                    most));
    List<Json> items = found.stream().map(each -> (Json) json(each)).toList();
    Json.Builder answer = Json.object().put("messages", Json.array(items));
    if (found.size() == most) {
      answer.put("next", MessageId.text(found.getLast().id()));
    }
    exchange.json(200, answer.build());
  }

  private static int number(String text, int missing) {
    return text.isEmpty() ? missing : Math.clamp(Long.parseLong(text), 1, MOST_LISTED);
  }

  private Instant since(Exchange exchange) {
    String since = exchange.query("since");
    return since.isEmpty() ? clock.now().minus(SEARCHED) : Instant.parse(since);
  }

  private StoredMessage found(Principal principal, String id) {
    StoredMessage message = operations.store().find(MessageId.of(id)).orElse(null);
    String sees = principal.sees();
    if (message == null || sees != null && !message.tenant().equals(sees)) {
      throw Failure.of(
          404,
          GatewayProblems.NOT_FOUND,
          "the message " + id,
          "there is no such message",
          "use the id that the gateway gave when it accepted it");
    }
    return message;
  }

  private void message(Exchange exchange, String id) {
    StoredMessage message = found(who(exchange, Scope.READ), id);
    List<Json> events =
        operations.store().events(message.id()).stream().map(each -> (Json) json(each)).toList();
    Json.Builder answer = Json.object();
    json(message).members().forEach(answer::put);
    exchange.json(200, answer.put("events", Json.array(events)).build());
  }

  private Json.Obj json(StoredMessage message) {
    Json.Builder json =
        Json.object()
            .put("id", MessageId.text(message.id()))
            .put("state", message.state().word())
            .put("key", message.tenant())
            .put("from", message.from())
            .put("to", message.to())
            .put("text", message.text())
            .put("accepted", Instant.ofEpochMilli(MessageId.millis(message.id())).toString())
            .put("expires", Instant.ofEpochMilli(message.expires()).toString())
            .put("country", message.country())
            .put("provider", message.provider())
            .put("parts", message.parts())
            .put("cost", message.cost() / 1e6)
            .put("currency", operations.currency());
    if (!message.code().isEmpty()) {
      json.put("code", message.code());
    }
    if (!message.reference().isEmpty()) {
      json.put("reference", message.reference());
    }
    return json.build();
  }

  private static Json.Obj json(StoredEvent event) {
    Json.Builder json =
        Json.object()
            .put("step", event.step())
            .put("state", event.state().word())
            .put("at", Instant.ofEpochMilli(event.at()).toString());
    if (!event.provider().isEmpty()) {
      json.put("provider", event.provider());
    }
    if (!event.code().isEmpty()) {
      json.put("code", event.code());
    }
    return json.build();
  }

  private void explain(Exchange exchange) {
    Principal principal = who(exchange, Scope.READ);
    String to = exchange.query("to").replace(' ', '+');
    String from = exchange.query("from");
    Decision decision = operations.routes().decide(principal.name(), from, to);
    exchange.json(200, explanation(decision, operations));
  }

  /** A decision for people. */
  static Json.Obj explanation(Decision decision, Operations operations) {
    List<Json> candidates = new ArrayList<>();
    decision
        .candidates()
        .forEach(each -> {
          var health = operations.engine().health(each.provider());
          Json.Builder json =
              Json.object().put("provider", each.provider()).put("cost", each.cost() / 1e6);
          if (health != null) {
            json.put("health", Math.round(health.score()));
          }
          candidates.add(json.build());
        });
    Json.Builder answer = Json.object().put("to", decision.to()).put("country", decision.country());
    if (!decision.to().isEmpty()) {
      answer
          .put("number", operations.routes().describe(decision.to()))
          .put("network", operations.routes().network(decision.to()));
    }
    return answer
        .put("from", decision.from())
        .put("why", decision.why())
        .put("providers", Json.array(candidates))
        .build();
  }

  private void providers(Exchange exchange) {
    who(exchange, Scope.READ);
    List<Json> all = new ArrayList<>();
    operations.engine().lines().forEach(line -> all.add(view(line.name())));
    exchange.json(200, Json.object().put("providers", Json.array(all)).build());
  }

  private void provider(Exchange exchange, String name) {
    who(exchange, Scope.READ);
    exchange.json(200, view(name));
  }

  private Json.Obj view(String name) {
    var line =
        operations.engine().lines().stream()
            .filter(each -> each.name().equals(name))
            .findFirst()
            .orElseThrow(() -> noProvider(name));
    Json.Builder json =
        Json.object()
            .put("name", name)
            .put("kind", line.kind())
            .put("ready", line.ready())
            .put("draining", line.drain())
            .put("circuit", line.open() ? "open" : "closed")
            .put("waiting", line.waiting())
            .put("unanswered", line.unanswered())
            .put("most", line.most())
            .put("rate", Math.round(line.rate() * 10) / 10.0)
            .put("health", Math.round(line.health().score()))
            .put("answers", Math.round(line.health().answers() * 1000) / 1000.0)
            .put("latency_ms", Math.round(line.health().latencyMillis() * 10) / 10.0)
            .put("deliveries", Math.round(line.health().deliveries() * 1000) / 1000.0);
    operations.provider(name).ifPresent(more -> more.members().forEach(json::put));
    return json.build();
  }

  private static Failure noProvider(String name) {
    return Failure.of(
        404,
        GatewayProblems.NOT_FOUND,
        "the provider " + name,
        "there is no such provider",
        "see /v1/providers for those that there are");
  }

  private void putProvider(Exchange exchange, String name) {
    Principal principal = who(exchange, Scope.ADMIN);
    if (!name.matches("[A-Za-z0-9_.-]{1,64}")) {
      throw wrong(400, "that cannot be a name of a provider", "use letters, digits, - . _");
    }
    operations.putProvider(name, exchange.text());
    operations.engine().audit(principal.name(), "provider put", name);
    exchange.json(200, Json.object().put("name", name).build());
  }

  private void removeProvider(Exchange exchange, String name) {
    Principal principal = who(exchange, Scope.ADMIN);
    if (!operations.removeProvider(name)) {
      throw noProvider(name);
    }
    operations.engine().audit(principal.name(), "provider removed", name);
    exchange.json(200, Json.object().put("name", name).build());
  }

  private void reload(Exchange exchange) {
    Principal principal = who(exchange, Scope.ADMIN);
    operations.reload();
    operations.engine().audit(principal.name(), "configuration reloaded", "");
    exchange.json(200, Json.object().put("status", "reloaded").build());
  }

  private void report(Exchange exchange) {
    Principal principal = who(exchange, Scope.READ);
    List<Json> lines = new ArrayList<>();
    for (Tally tally : operations.store().tally(principal.sees(), since(exchange))) {
      lines.add(
          Json.object()
              .put("provider", tally.provider())
              .put("country", tally.country())
              .put("state", tally.state().word())
              .put("messages", tally.messages())
              .put("parts", tally.parts())
              .put("cost", tally.cost() / 1e6)
              .build());
    }
    exchange.json(
        200,
        Json.object()
            .put("since", since(exchange).toString())
            .put("currency", operations.currency())
            .put("lines", Json.array(lines))
            .build());
  }

  private void orphans(Exchange exchange) {
    who(exchange, Scope.ADMIN);
    List<Json> all = new ArrayList<>();
    for (Orphan orphan : operations.store().orphans(number(exchange.query("limit"), 100))) {
      all.add(
          Json.object()
              .put("provider", orphan.provider())
              .put("provider_id", orphan.providerId())
              .put("state", orphan.state().word())
              .put("code", orphan.code())
              .put("at", Instant.ofEpochMilli(orphan.at()).toString())
              .build());
    }
    exchange.json(200, Json.object().put("orphans", Json.array(all)).build());
  }

  private void deadLetters(Exchange exchange) {
    Principal principal = who(exchange, Scope.READ);
    String sees = principal.sees();
    List<Json> all = new ArrayList<>();
    for (Notice dead : operations.store().deadLetters(number(exchange.query("limit"), 100))) {
      if (sees == null || dead.tenant().equals(sees)) {
        all.add(
            Json.object()
                .put("id", dead.id())
                .put("message", MessageId.text(dead.message()))
                .put("attempts", dead.attempts())
                .put("body", JsonReader.read(dead.body()))
                .build());
      }
    }
    exchange.json(200, Json.object().put("callbacks", Json.array(all)).build());
  }

  private void retry(Exchange exchange, String id) {
    Principal principal = who(exchange, Scope.SEND);
    String sees = principal.sees();
    Notice dead =
        operations.store().deadLetters(MOST_LISTED).stream()
            .filter(each -> Long.toString(each.id()).equals(id))
            .filter(each -> sees == null || each.tenant().equals(sees))
            .findFirst()
            .orElseThrow(() ->
                Failure.of(
                    404,
                    GatewayProblems.NOT_FOUND,
                    "the callback " + id,
                    "it is none of the dead letters",
                    "see /v1/callbacks/dead"));
    operations.engine().revive(dead);
    exchange.json(202, Json.object().put("id", dead.id()).build());
  }

  private void incoming(Exchange exchange) {
    who(exchange, Scope.ADMIN);
    List<Json> all = new ArrayList<>();
    for (Heard heard : operations.store().heard(number(exchange.query("limit"), 100))) {
      all.add(
          Json.object()
              .put("provider", heard.provider())
              .put("from", heard.from())
              .put("to", heard.to())
              .put("text", heard.text())
              .put("at", Instant.ofEpochMilli(heard.at()).toString())
              .build());
    }
    exchange.json(200, Json.object().put("messages", Json.array(all)).build());
  }

  private void audit(Exchange exchange) {
    who(exchange, Scope.ADMIN);
    List<Json> all = new ArrayList<>();
    for (Audit audit : operations.store().audits(number(exchange.query("limit"), 100))) {
      all.add(
          Json.object()
              .put("at", Instant.ofEpochMilli(audit.at()).toString())
              .put("who", audit.who())
              .put("what", audit.what())
              .put("detail", audit.detail())
              .build());
    }
    exchange.json(200, Json.object().put("entries", Json.array(all)).build());
  }

  private void erase(Exchange exchange, String number) {
    Principal principal = who(exchange, Scope.ADMIN);
    String digits = Countries.digits(number);
    int count = operations.engine().erase("", digits.isEmpty() ? number : digits).join();
    // the log says that somebody was forgotten, not who
    operations.engine().audit(principal.name(), "recipient erased", count + " messages");
    exchange.json(200, Json.object().put("messages", count).build());
  }

  @Override
  public void close() {
    server.close();
    readers.shutdown();
  }
}
