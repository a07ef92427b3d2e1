package dev.assay.gateway.run;

import dev.assay.api.json.Json;
import dev.assay.api.json.JsonReader;
import dev.assay.api.problem.Place;
import dev.assay.api.spi.SystemClock;
import dev.assay.gateway.Wait;
import dev.assay.gateway.config.CallbackConfiguration;
import dev.assay.gateway.config.GatewayConfiguration;
import dev.assay.gateway.config.KeyConfiguration;
import dev.assay.gateway.config.ProviderConfiguration;
import dev.assay.gateway.config.RouteConfiguration;
import dev.assay.gateway.engine.EngineOptions;
import dev.assay.smpp.codec.Status;
import dev.assay.smpp.session.SmppTransport;
import dev.assay.virtual.smsc.Behaviour;
import dev.assay.virtual.smsc.Delay;
import dev.assay.virtual.smsc.Receipts;
import dev.assay.virtual.smsc.VirtualSmsc;
import io.netty.handler.ssl.SslContext;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Gateways and message centres for tests. */
final class Rig implements AutoCloseable {

  static final Place PLACE = new Place("gateway.yaml", 1, 1, "");
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final SmppTransport transport = SmppTransport.open(1, new SystemClock());
  private final HttpClient client = HttpClient.newHttpClient();
  private final List<AutoCloseable> parts = new ArrayList<>();
  private final Path folder;
  private final Map<String, ProviderConfiguration> providers = new LinkedHashMap<>();
  private final Map<String, KeyConfiguration> keys = new LinkedHashMap<>();
  private List<RouteConfiguration> routes = List.of();
  private @Nullable CallbackConfiguration callbacks;
  private String store = "gateway.db";
  private Duration validity = Duration.ofHours(1);
  private Duration grace = Duration.ofMinutes(5);
  private int memory = 20_000;
  private int callbacksInMemory = 5_000;
  private int port;
  private @Nullable Gateway gateway;

  Rig(Path folder) {
    this.folder = folder;
  }

  VirtualSmsc smsc(Behaviour behaviour) {
    return smsc(behaviour, 0);
  }

  VirtualSmsc smsc(Behaviour behaviour, int at) {
    return smsc(behaviour, at, null);
  }

  VirtualSmsc smsc(Behaviour behaviour, int at, @Nullable SslContext tls) {
    VirtualSmsc smsc =
        VirtualSmsc.start(
            transport,
            new SystemClock(),
            new InetSocketAddress(InetAddress.getLoopbackAddress(), at),
            tls,
            behaviour,
            1,
            null,
            true);
    parts.add(smsc);
    return smsc;
  }

  static ProviderConfiguration provider(int port) {
    return provider(port, ProviderConfiguration.Doubt.RESEND, Duration.ofSeconds(10));
  }

  static ProviderConfiguration provider(
      int port, ProviderConfiguration.Doubt doubt, Duration answer) {
    return new ProviderConfiguration(
        "127.0.0.1:" + port,
        "user",
        "secret",
        "",
        ProviderConfiguration.Bind.TRANSCEIVER,
        1,
        1,
        50,
        answer,
        null,
        null,
        true,
        false,
        doubt,
        3,
        List.of(),
        false,
        PLACE);
  }

  Rig with(String name, ProviderConfiguration provider) {
    providers.put(name, provider);
    return this;
  }

  Rig with(String name, KeyConfiguration key) {
    keys.put(name, key);
    return this;
  }

  Rig routes(List<RouteConfiguration> all) {
    routes = all;
    return this;
  }

  Rig callbacks(CallbackConfiguration of) {
    callbacks = of;
    return this;
  }

  Rig callbacksInMemory(int most) {
    callbacksInMemory = most;
    return this;
  }

  Rig memory(int messages) {
    memory = messages;
    return this;
  }

  Rig store(String of) {
    store = of;
    return this;
  }

  Rig validity(Duration of, Duration after) {
    validity = of;
    grace = after;
    return this;
  }

  GatewayConfiguration configuration() {
    return new GatewayConfiguration(
        "127.0.0.1:" + port,
        store,
        new LinkedHashMap<>(providers),
        routes,
        Map.of(),
        new LinkedHashMap<>(keys),
        callbacks,
        validity,
        null,
        memory,
        "EUR",
        null,
        null,
        null,
        null,
        PLACE);
  }

  Gateway start() {
    ConfigurationSource source =
        new ConfigurationSource() {
          @Override
          public GatewayConfiguration read() {
            return configuration();
          }

          @Override
          public ProviderConfiguration provider(String name, String text) {
            return Rig.provider(Integer.parseInt(text));
          }
        };
    Gateway made =
        Gateway.start(
            source,
            new SystemClock(),
            new Gateway.Start(
                folder,
                1,
                EngineOptions.standard().withGrace(grace).withCallbacks(callbacksInMemory),
                _ -> {},
                problem -> {
                  throw new AssertionError(problem.toString());
                }));
    port = made.address().getPort();
    gateway = made;
    return made;
  }

  void stop() {
    Gateway of = gateway;
    if (of != null) {
      of.close();
      gateway = null;
    }
  }

  // ---- HTTP ----

  HttpResponse<String> ask(String method, String path, @Nullable String body, String... headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
            .timeout(PATIENCE)
            .method(
                method,
                body == null
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofString(body));
    if (headers.length > 0) {
      request.headers(headers);
    }
    try {
      return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    } catch (IOException broken) {
      throw new AssertionError(broken);
    } catch (InterruptedException interrupted) {
      throw new AssertionError(interrupted);
    }
  }

  Json.Obj get(String path) {
    return JsonReader.read(ask("GET", path, null).body()).asObject();
  }

  /** Sends a message, and gives its id. */
  String send(String to, String text) {
    HttpResponse<String> answer =
        ask(
            "POST",
            "/v1/messages",
            "{\"to\":\"" + to + "\",\"from\":\"Shop\",\"text\":\"" + text + "\"}");
    if (answer.statusCode() != 202) {
      throw new AssertionError(answer.statusCode() + " " + answer.body());
    }
    return JsonReader.read(answer.body()).asObject().text("id");
  }

  String state(String id) {
    return get("/v1/messages/" + id).text("state");
  }

  List<String> states(String id) {
    return get("/v1/messages/" + id).array("events").stream()
        .map(event -> event.asObject().text("state"))
        .toList();
  }

  /** Waits for a condition; a slow machine is given a minute. */
  static void await(String what, BooleanSupplier condition) {
    await(() -> what, condition);
  }

  /** The same, where it is told later what did not come to be. */
  static void await(Supplier<String> what, BooleanSupplier condition) {
    Wait.until(what, condition);
  }

  @Override
  public void close() throws Exception {
    stop();
    client.close();
    for (AutoCloseable part : parts) {
      part.close();
    }
    transport.close();
  }

  /** A centre that does everything well, and gives such receipts. */
  static Behaviour giving(Receipts receipts) {
    return new Behaviour(
        Map.of(),
        Delay.NONE,
        0,
        0,
        Status.RSYSERR,
        0,
        Status.RTHROTTLED,
        0,
        50,
        receipts,
        null,
        List.of());
  }
}
