import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.CookieManager;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How long pages take on many runs, and on one run of many outcomes.
 *
 * <p>{@code java Pages.java ASSAY FOLDER RUNS OUTCOMES}
 */
class Pages {

  private static final int ASKED = 30;
  private static final HttpClient CLIENT =
      HttpClient.newBuilder()
          .cookieHandler(new CookieManager())
          .followRedirects(HttpClient.Redirect.NORMAL)
          .build();
  private static String server;

  public static void main(String[] arguments) throws Exception {
    int runs = Integer.parseInt(arguments[2]);
    int outcomes = Integer.parseInt(arguments[3]);
    Process process =
        new ProcessBuilder(arguments[0], "serve", Path.of(arguments[1]).toString(), "--port", "0")
            .redirectErrorStream(true)
            .start();
    try (BufferedReader out =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      String link = null;
      while (link == null) {
        String line = out.readLine();
        if (line == null) {
          throw new IllegalStateException("the server did not start");
        }
        if (line.contains("serves at ")) {
          server = line.replaceAll(".*serves at ", "").strip();
        }
        link = line.contains("/set-up/") ? line.strip() : null;
      }
      measure(link, runs, outcomes);
    } finally {
      process.descendants().forEach(ProcessHandle::destroy);
      process.destroy();
      process.waitFor();
    }
  }

  private static void measure(String link, int runs, int outcomes) throws Exception {
    String password = "correct horse battery";
    String set = link.substring(server.length());
    form(set, set, "username=bench&password=" + password);
    form("/login", "/login", "username=bench&password=" + password);
    form("/", "/projects/new", "name=shop&title=Shop");
    String made = form("/projects/shop/settings", "/projects/shop/keys", "label=x&reads=true");
    Matcher key = Pattern.compile("assay_[0-9a-f]{12}_[0-9a-f]{64}").matcher(made);
    if (!key.find()) {
      throw new IllegalStateException("no key was made");
    }
    for (int i = 0; i < runs; i++) {
      send(key.group(), "r" + i, opened(i) + "\n" + closed("PASS"));
    }
    StringBuilder big = new StringBuilder(opened(runs)).append('\n');
    big.append("{\"entry\":\"check-opened/1\",\"at\":\"2026-11-01T00:00:00Z\",\"check\":\"c\"}\n");
    String id = "big";
    long at = 0;
    long in = 2;
    for (int i = 0; i < outcomes; i++) {
      big.append("{\"entry\":\"recorded/1\",\"fact\":{\"evidence\":\"outcome/1\",\"check\":\"c\",\"at\":")
          .append("\"2026-11-01T00:00:01Z\",\"suite\":\"shop.Test")
          .append(i / 1000)
          .append("\",\"name\":\"case")
          .append(i)
          .append("\",\"attempts\":[{\"result\":\"")
          .append(i % 5000 == 4999 ? "FAILED" : "PASSED")
          .append("\",\"took\":1000000}],\"labels\":{}}}\n");
      in++;
      if (in % 20_000 == 0) {
        send(key.group(), id + "/" + at, big.toString());
        at = in;
        big.setLength(0);
      }
    }
    big.append(
            "{\"entry\":\"check-closed/1\",\"at\":\"2026-11-01T00:01:00Z\",\"check\":\"c\",\"ending\":"
                + "\"COMPLETED\",\"saved\":{}}\n")
        .append(closed("FAIL"));
    send(key.group(), id + "/" + at, big.toString());
    long began = System.nanoTime();
    while (get("/projects/shop/runs/big").body().contains("data-again")) {
      Thread.sleep(200);
    }
    System.out.printf("the big run was read after %.1f s%n", (System.nanoTime() - began) / 1e9);
    page("first page of " + runs + " runs", "/projects/shop");
    page("the same, looked for by text", "/projects/shop?text=r99");
    page("a run of " + outcomes + " outcomes", "/projects/shop/runs/big");
    page("its passed ones", "/projects/shop/runs/big?result=passed");
    page("a later page of them", "/projects/shop/runs/big?before=3-" + outcomes / 2);
    page("its outcomes by a name", "/projects/shop/runs/big?text=case" + (outcomes - 7));
  }

  private static void page(String name, String path) throws Exception {
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
    Arrays.sort(took);
    System.out.printf(
        "%-36s median %6.1f ms, worst %6.1f ms, %4d kB%n",
        name, took[ASKED / 2] / 1e6, took[ASKED - 1] / 1e6, bytes / 1000);
  }

  private static String opened(int number) {
    return "{\"entry\":\"run-opened/1\",\"at\":\""
        + Instant.parse("2026-10-01T00:00:00Z").plusSeconds(60L * number)
        + "\",\"workspace\":\"shop\",\"digest\":\""
        + "0".repeat(64)
        + "\",\"subject\":{\"environment\":\"local\",\"commit\":\""
        + String.format("%040x", number)
        + "\",\"branch\":\"main\",\"dirty\":false},\"seed\":1,\"version\":\"bench\",\"checks\":"
        + "[{\"id\":\"c\",\"type\":\"suite\",\"digest\":\"d\",\"stage\":0}]}";
  }

  private static String closed(String decision) {
    return "{\"entry\":\"run-closed/1\",\"at\":\"2026-11-01T00:02:00Z\",\"ending\":\"COMPLETED\","
        + "\"decision\":\""
        + decision
        + "\"}\n";
  }

  private static void send(String key, String place, String lines) throws Exception {
    String[] parts = place.split("/");
    String path =
        "/api/v1/projects/shop/runs/"
            + parts[0]
            + "/entries?from="
            + (parts.length > 1 ? parts[1] : "0");
    while (true) {
      HttpResponse<String> answer =
          CLIENT.send(
              HttpRequest.newBuilder(URI.create(server + path))
                  .header("Authorization", "Bearer " + key)
                  .header("Content-Type", "application/octet-stream")
                  .POST(HttpRequest.BodyPublishers.ofString(lines))
                  .build(),
              BodyHandlers.ofString());
      if (answer.statusCode() == 200) {
        return;
      }
      if (answer.statusCode() != 429) {
        throw new IllegalStateException(answer.statusCode() + " " + answer.body());
      }
      Thread.sleep(1_000);
    }
  }

  private static HttpResponse<String> get(String path) throws Exception {
    return CLIENT.send(
        HttpRequest.newBuilder(URI.create(server + path)).build(), BodyHandlers.ofString());
  }

  private static String form(String page, String path, String fields) throws Exception {
    Matcher token =
        Pattern.compile("name=\"_csrf\" value=\"([^\"]+)\"").matcher(get(page).body());
    if (!token.find()) {
      throw new IllegalStateException("there is no form at " + page);
    }
    return CLIENT
        .send(
            HttpRequest.newBuilder(URI.create(server + path))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(
                    HttpRequest.BodyPublishers.ofString(
                        fields.replace(" ", "+")
                            + "&_csrf="
                            + URLEncoder.encode(token.group(1), StandardCharsets.UTF_8)))
                .build(),
            BodyHandlers.ofString())
        .body();
  }
}
