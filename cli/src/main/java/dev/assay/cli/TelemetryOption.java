package dev.assay.cli;

import dev.assay.api.problem.ProblemException;
import dev.assay.api.problem.Where;
import dev.assay.core.report.RunReport;
import dev.assay.core.report.telemetry.TelemetryForm;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that name systems which keep telemetry and shall be told of a run. */
final class TelemetryOption {

  private static final String HEADERS = "OTEL_EXPORTER_OTLP_HEADERS";
  private static final String KEY = "DD_API_KEY";

  /** A token of RFC 9110, but for those headers that only the client itself may send. */
  private static final Pattern NAME =
      Pattern.compile(
          "(?!(?i:connection|content-length|expect|host|upgrade)$)[A-Za-z0-9!#$%&'*+.^_`|~-]+");

  private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);

  @Option(
      names = "--otlp",
      paramLabel = "URL",
      description =
          "Send the run as a trace and metrics of OpenTelemetry (OTLP over HTTP), such as to"
              + " http://localhost:4318; headers are in OTEL_EXPORTER_OTLP_HEADERS.")
  private @Nullable String otlp;

  @Option(
      names = "--datadog",
      paramLabel = "SITE",
      description =
          "Send the run as metrics and an event to Datadog, such as datadoghq.eu; the key is in"
              + " DD_API_KEY.")
  private @Nullable String datadog;

  /**
   * Whom to tell; empty for nobody. What is wrong with the options is said before anything runs.
   */
  List<TelemetryPost> posts(Map<String, String> environment) {
    List<TelemetryPost> posts = new ArrayList<>();
    String collector = otlp;
    if (collector != null) {
      posts.add(
          new TelemetryPost(
              TelemetryForm.OTLP,
              address("--otlp", collector),
              headers(environment.getOrDefault(HEADERS, "")),
              FIRST_PAUSE));
    }
    String site = datadog;
    if (site != null) {
      String key = environment.getOrDefault(KEY, "").strip();
      if (key.isEmpty()) {
        throw CliProblems.USAGE.failure(
            Where.named(KEY), "there is no key for Datadog", "export DD_API_KEY=…");
      }
      String url = site.matches("[a-z0-9.-]+\\.[a-z]+") ? "https://api." + site : site;
      posts.add(
          new TelemetryPost(
              TelemetryForm.DATADOG,
              address("--datadog", url),
              Map.of("DD-API-KEY", key),
              FIRST_PAUSE));
    }
    return posts;
  }

  /** Tells them of a run; what is wrong stops nobody, and is returned. */
  static List<ProblemException> send(
      List<TelemetryPost> posts, RunReport run, @Nullable String url, Console console)
      throws InterruptedException {
    List<ProblemException> wrong = new ArrayList<>();
    for (TelemetryPost post : posts) {
      try (post) {
        post.send(run, url).forEach(left -> console.err().println("not all was taken: " + left));
      } catch (ProblemException refused) {
        wrong.add(refused);
      }
    }
    return wrong;
  }

  private static URI address(String option, String given) {
    try {
      URI address = new URI(given.replaceAll("/+$", ""));
      if (address.getHost() != null
          && address.getUserInfo() == null
          && address.getQuery() == null
          && String.valueOf(address.getScheme()).matches("https?")) {
        return address;
      }
    } catch (URISyntaxException wrong) {
      // said below
    }
    throw CliProblems.USAGE.failure(
        Where.named(option),
        "'" + given + "' is no address",
        option.equals("--otlp")
            ? "write it like http://localhost:4318"
            : "write a site of Datadog, such as datadoghq.com, or an address");
  }

  /**
   * {@code name=value,other=value}, the values percent-encoded (OpenTelemetry Protocol Exporter,
   * "Specifying headers via environment variables").
   */
  private static Map<String, String> headers(String given) {
    Map<String, String> headers = new LinkedHashMap<>();
    for (String each : given.split(",")) {
      int equals = each.indexOf('=');
      String name = equals < 0 ? each.strip() : each.substring(0, equals).strip();
      String value = equals < 0 ? "" : decoded(each.substring(equals + 1).strip());
      boolean good = NAME.matcher(name).matches() && value.matches("[\\t -~]+");
      if (!good && !each.isBlank()) {
        throw CliProblems.USAGE.failure(
            Where.named(HEADERS),
            "'" + name + "' is no header with a value",
            "write it like name=value,other=value, with %20 for a space");
      }
      if (good) {
        headers.put(name, value);
      }
    }
    return headers;
  }

  private static String decoded(String value) {
    try {
      return URLDecoder.decode(value.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException plain) {
      return value;
    }
  }
}
