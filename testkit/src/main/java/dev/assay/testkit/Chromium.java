package dev.assay.testkit;

import dev.assay.api.json.Json;
import dev.assay.api.json.JsonException;
import dev.assay.api.json.JsonReader;
import dev.assay.api.json.JsonWriter;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A real Chromium without a window, with one tab, driven by its DevTools protocol. */
public final class Chromium implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(90);

  private final Process process;
  private final HttpClient client = HttpClient.newHttpClient();
  private final Map<Integer, CompletableFuture<Json.Obj>> answers = new ConcurrentHashMap<>();
  private final AtomicInteger number = new AtomicInteger();
  private final WebSocket socket;
  private final String session;

  private Chromium(Path program, Path profile) throws IOException, InterruptedException {
    process =
        new ProcessBuilder(
                program.toString(),
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--hide-scrollbars",
                "--force-prefers-reduced-motion",
                "--lang=en-GB",
                "--remote-debugging-port=0",
                "--user-data-dir=" + profile,
                "about:blank")
            .redirectErrorStream(true)
            .redirectOutput(profile.resolve("log").toFile())
            .start();
    Path ready = profile.resolve("DevToolsActivePort");
    await(() -> Files.exists(ready) && Files.readAllLines(ready).size() >= 2);
    List<String> lines = Files.readAllLines(ready);
    socket =
        client
            .newWebSocketBuilder()
            .buildAsync(URI.create("ws://127.0.0.1:" + lines.get(0) + lines.get(1)), new Listener())
            .join();
    String target =
        command("Target.createTarget", Json.object().put("url", "about:blank").build(), "")
            .text("targetId");
    session =
        command(
                "Target.attachToTarget",
                Json.object().put("targetId", target).put("flatten", true).build(),
                "")
            .text("sessionId");
    var _ = command("Page.enable", Json.object().build(), session);
  }

  /** The program, where this machine has it. */
  public static Optional<Path> program() {
    return Stream.of("chromium", "chromium-browser", "google-chrome")
        .flatMap(name ->
            Stream.of(System.getenv().getOrDefault("PATH", "").split(":"))
                .map(folder -> Path.of(folder, name)))
        .filter(Files::isExecutable)
        .findFirst();
  }

  /** Starts it, with a profile in that folder. */
  public static Chromium start(Path program, Path profile)
      throws IOException, InterruptedException {
    return new Chromium(program, Files.createDirectories(profile));
  }

  private final class Listener implements WebSocket.Listener {
    private final StringBuilder text = new StringBuilder();

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
      text.append(data);
      if (last) {
        try {
          Json.Obj message = JsonReader.read(text.toString()).asObject();
          if (message.find("id") != null) {
            CompletableFuture<Json.Obj> waiting = answers.remove((int) message.whole("id"));
            if (waiting != null) {
              waiting.complete(message);
            }
          }
        } catch (JsonException other) {
          // an event with a number that is none; nobody waits for events
        }
        text.setLength(0);
      }
      from.request(1);
      return null;
    }
  }

  private Json.Obj command(String method, Json.Obj parameters, String within) {
    int id = number.incrementAndGet();
    CompletableFuture<Json.Obj> answer = new CompletableFuture<>();
    answers.put(id, answer);
    Json.Builder message =
        Json.object().put("id", id).put("method", method).put("params", parameters);
    if (!within.isEmpty()) {
      message.put("sessionId", within);
    }
    socket.sendText(JsonWriter.canonical(message.build()), true).join();
    Json.Obj whole = answer.orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
    if (whole.find("result") == null) {
      throw new AssertionError(method + ": " + JsonWriter.canonical(whole));
    }
    try {
      return whole.object("result");
    } catch (JsonException wrong) {
      throw new AssertionError(wrong);
    }
  }

  /** What a script comes to, as text. */
  public String ask(String script) {
    try {
      Json.Obj answer =
          command(
              "Runtime.evaluate",
              Json.object()
                  .put("expression", "(async () => String(" + script + "))()")
                  .put("awaitPromise", true)
                  .put("returnByValue", true)
                  .build(),
              session);
      if (answer.find("exceptionDetails") != null) {
        throw new AssertionError(script + ": " + JsonWriter.canonical(answer));
      }
      return answer.object("result").text("value");
    } catch (JsonException wrong) {
      throw new AssertionError(wrong);
    }
  }

  /** Carries out a script of several statements, and gives its errors. */
  public void load(String script) {
    Json.Obj answer =
        command("Runtime.evaluate", Json.object().put("expression", script).build(), session);
    if (answer.find("exceptionDetails") != null) {
      throw new AssertionError(JsonWriter.canonical(answer));
    }
  }

  /** Goes to an address, and waits until the page is there. */
  public void open(String address) {
    leave("location.href = " + quoted(address));
  }

  /** Does what leads to another page, and waits until it is there. */
  public void leave(String script) {
    load("window.before = true; " + script);
    await(() -> ask("!window.before && document.readyState === 'complete'").equals("true"));
  }

  /** Fills a field as a person does. */
  public void fill(String field, String value) {
    load("document.querySelector(" + quoted(field) + ").value = " + quoted(value));
  }

  /** Presses what has that text, which leads to another page. */
  public void press(String text) {
    leave(
        "[...document.querySelectorAll('main button, main a, nav a')].find(e =>"
            + " e.textContent.trim() === "
            + quoted(text)
            + ").click()");
  }

  /** Presses a key where the focus is. */
  public void key(String key, int code, String text) {
    for (String type : List.of("keyDown", "keyUp")) {
      Json.Builder event =
          Json.object()
              .put("type", type)
              .put("key", key)
              .put("code", key)
              .put("windowsVirtualKeyCode", code);
      if (type.equals("keyDown") && !text.isEmpty()) {
        event.put("text", text);
      }
      var _ = command("Input.dispatchKeyEvent", event.build(), session);
    }
  }

  /** Types where the focus is. */
  public void type(String text) {
    var _ = command("Input.insertText", Json.object().put("text", text).build(), session);
  }

  /** Keeps what is downloaded in a folder. */
  public void downloads(Path folder) {
    var _ =
        command(
            "Browser.setDownloadBehavior",
            Json.object()
                .put("behavior", "allow")
                .put("downloadPath", folder.toAbsolutePath().toString())
                .build(),
            "");
  }

  /** What a person reads. */
  public String text() {
    return ask("document.body === null ? '' : document.body.innerText");
  }

  /** How large the page is, in pixels, and whether its reader likes it dark. */
  public void size(int width, int height, boolean dark) {
    var _ =
        command(
            "Emulation.setDeviceMetricsOverride",
            Json.object()
                .put("width", width)
                .put("height", height)
                .put("deviceScaleFactor", 1)
                .put("mobile", false)
                .build(),
            session);
    Json feature =
        Json.object()
            .put("name", "prefers-color-scheme")
            .put("value", dark ? "dark" : "light")
            .build();
    var _ =
        command(
            "Emulation.setEmulatedMedia",
            Json.object().put("features", Json.array(List.of(feature))).build(),
            session);
  }

  /** Keeps a picture of what is seen. */
  public void picture(Path file) throws IOException {
    try {
      String data =
          command("Page.captureScreenshot", Json.object().put("format", "png").build(), session)
              .text("data");
      Files.createDirectories(file.toAbsolutePath().getParent());
      Files.write(file, Base64.getDecoder().decode(data));
    } catch (JsonException wrong) {
      throw new AssertionError(wrong);
    }
  }

  /** A text as a script says it. */
  public static String quoted(String text) {
    return JsonWriter.canonical(Json.of(text));
  }

  /** Something that comes true. */
  public interface Condition {
    /** Whether it is true now. */
    boolean met() throws IOException;
  }

  /** Between two pages there is none to ask. */
  private static boolean met(Condition condition) throws IOException {
    try {
      return condition.met();
    } catch (AssertionError between) {
      return false;
    }
  }

  /** Waits until it is true, 90 s at the most. */
  public static void await(Condition condition) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    try {
      while (!met(condition)) {
        if (System.nanoTime() > end) {
          throw new AssertionError("it did not come true in " + PATIENCE);
        }
        TimeUnit.MILLISECONDS.sleep(50);
      }
    } catch (IOException failed) {
      throw new AssertionError(failed);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new AssertionError(interrupted);
    }
  }

  @Override
  public void close() {
    socket.abort();
    client.shutdownNow();
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
    try {
      process.waitFor();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
