package dev.assay.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.CookieManager;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A server as its users start it, with an owner who is logged in. */
final class Served implements AutoCloseable {

  private static final int ASKED = 30;
  private static final String PASSWORD = "correct horse battery";

  final String address;
  private final Process process;
  private final CookieManager cookies = new CookieManager();
  private final HttpClient client =
      HttpClient.newBuilder()
          .cookieHandler(cookies)
          .followRedirects(HttpClient.Redirect.NORMAL)
          .build();

  private Served(Process process, String address) {
    this.process = process;
    this.address = address;
  }

  /** A key of the project "shop", which is made where it is not there. */
  static String key(Path assay, Path folder) throws Exception {
    Process making =
        new ProcessBuilder(assay.toString(), "serve", folder.toString(), "--make-key", "shop")
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    String key = new String(making.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    if (making.waitFor() != 0 || !key.startsWith("assay_")) {
      throw new IllegalStateException("no key was made: " + key);
    }
    return key;
  }

  static Served start(Path assay, Path folder) throws Exception {
    long began = System.nanoTime();
    Process process =
        new ProcessBuilder(assay.toString(), "serve", folder.toString(), "--port", "0")
            .redirectErrorStream(true)
            .start();
    BufferedReader out =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    String address = null;
    String link = null;
    while (link == null) {
      String line = out.readLine();
      if (line == null) {
        throw new IllegalStateException("the server did not start");
      }
      if (line.contains("serves at ")) {
        address = line.replaceAll(".*serves at ", "").strip();
        System.out.printf("ready after %.1f s%n", (System.nanoTime() - began) / 1e9);
      }
      link = line.contains("/set-up/") ? line.strip() : null;
    }
    Thread.ofVirtual().start(() -> out.lines().forEach(line -> System.out.println("  | " + line)));
    Served served = new Served(process, address);
    String set = link.substring(address.length());
    served.form(set, set, "username=bench&password=" + PASSWORD);
    served.form("/login", "/login", "username=bench&password=" + PASSWORD);
    return served;
  }

  /** The cookie of the one who is logged in. */
  String cookie() {
    return cookies.getCookieStore().getCookies().stream()
        .filter(cookie -> cookie.getName().equals("assay"))
        .map(cookie -> "assay=" + cookie.getValue())
        .findFirst()
        .orElseThrow();
  }

  HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return client.send(
        HttpRequest.newBuilder(URI.create(address + path)).build(), BodyHandlers.ofString());
  }

  private void form(String page, String path, String fields) throws Exception {
    Matcher token =
        Pattern.compile("name=\"_csrf\" value=\"([^\"]+)\"").matcher(get(page).body());
    if (!token.find()) {
      throw new IllegalStateException("there is no form at " + page);
    }
    client.send(
        HttpRequest.newBuilder(URI.create(address + path))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(
                HttpRequest.BodyPublishers.ofString(
                    fields.replace(" ", "+")
                        + "&_csrf="
                        + URLEncoder.encode(token.group(1), StandardCharsets.UTF_8)))
            .build(),
        BodyHandlers.ofString());
  }

  /** Asks for a page many times; prints how long that took, and whether it is within its goal. */
  boolean page(String name, String path, int goalMillis, int goalBytes) throws Exception {
    long[] took = new long[ASKED];
    int bytes = 0;
    for (int i = 0; i < ASKED; i++) {
      long from = System.nanoTime();
      HttpResponse<String> answer = get(path);
      took[i] = System.nanoTime() - from;
      bytes = answer.body().getBytes(StandardCharsets.UTF_8).length;
      if (answer.statusCode() != 200) {
        throw new IllegalStateException(path + " answers " + answer.statusCode());
      }
    }
    double first = took[0] / 1e6;
    Arrays.sort(took);
    boolean met = took[ASKED / 2] / 1e6 < goalMillis && bytes < goalBytes;
    System.out.printf(
        "%-44s first %7.1f ms, median %6.1f ms, worst %7.1f ms, %4d kB   %s (< %d ms, < %d kB)%n",
        name,
        first,
        took[ASKED / 2] / 1e6,
        took[ASKED - 1] / 1e6,
        bytes / 1000,
        met ? "met" : "MISSED",
        goalMillis,
        goalBytes / 1000);
    return met;
  }

  /** One of the server's own figures. */
  double figure(String name) throws Exception {
    return get("/metrics")
        .body()
        .lines()
        .filter(line -> line.startsWith(name + " "))
        .mapToDouble(line -> Double.parseDouble(line.substring(name.length() + 1)))
        .findFirst()
        .orElseThrow();
  }

  long pid() {
    return process.pid();
  }

  /** Its memory in MB: now, or at the most ({@code VmHWM}). */
  long memory(String which) throws IOException {
    for (String line : Files.readAllLines(Path.of("/proc/" + process.pid() + "/status"))) {
      if (line.startsWith(which + ":")) {
        return Long.parseLong(line.replaceAll("[^0-9]", "")) / 1000;
      }
    }
    return 0;
  }

  Duration cpu() {
    return process.info().totalCpuDuration().orElse(Duration.ZERO);
  }

  @Override
  public void close() throws Exception {
    client.close();
    process.destroy();
    process.waitFor();
  }
}
