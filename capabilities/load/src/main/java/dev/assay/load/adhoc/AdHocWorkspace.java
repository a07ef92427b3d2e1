package dev.assay.load.adhoc;

import dev.assay.api.json.Json;
import dev.assay.api.json.JsonWriter;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The workspace that does what an ad hoc load asks for. Secrets are not in its text, which names
 * environment variables for them. Immutable.
 *
 * @param text the file's content
 * @param secrets the values of the environment variables that it names, by name
 */
public record AdHocWorkspace(String text, Map<String, String> secrets) {

  /** The id of its only check. */
  public static final String CHECK = "load";

  /** How long a check may take beyond its load, its start and the last answers. */
  private static final Duration SLACK = Duration.ofMinutes(2);

  /** How long may pass until a number of requests is reached. */
  private static final Duration UNKNOWN = Duration.ofHours(24);

  private static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(10);
  private static final Set<String> SECRET_HEADERS =
      Set.of("authorization", "proxy-authorization", "cookie", "x-api-key");

  /** What YAML takes as a text without quotes, whatever stands around it. */
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z/<][A-Za-z0-9 ./_%<=+;?&-]*");

  private static final Set<String> WORDS =
      Set.of("true", "false", "null", "yes", "no", "on", "off", "y", "n");

  /** Copies the map. */
  public AdHocWorkspace {
    secrets = Map.copyOf(secrets);
  }

  /**
   * Writes it.
   *
   * @param folder where the file is going to be, which its paths are relative to
   */
  public static AdHocWorkspace of(AdHocLoad load, Path folder) {
    return new Writer(load, folder).write();
  }

  /** Writes one. */
  private static final class Writer {

    private final AdHocLoad load;
    private final Path folder;
    private final StringBuilder text = new StringBuilder();
    private final Map<String, String> secrets = new LinkedHashMap<>();
    private final Map<String, String> variables = new LinkedHashMap<>();

    Writer(AdHocLoad load, Path folder) {
      this.load = load;
      this.folder = folder.toAbsolutePath().normalize();
    }

    AdHocWorkspace write() {
      StringBuilder headers = headers();
      StringBuilder auth = auth();
      line(0, "workspace", "load");
      environment();
      text.append("checks:\n  ").append(CHECK).append(":\n    load:\n");
      AdHocLoad.Request request = load.request();
      URI url = request.url();
      line(6, "url", scalar(literal(url.getScheme() + "://" + url.getRawAuthority())));
      model();
      manner();
      text.append(auth);
      text.append("      flow:\n");
      text.append("        - ")
          .append(request.method().toLowerCase(Locale.ROOT))
          .append(": ")
          .append(scalar(literal(resource(url))))
          .append('\n');
      text.append(headers);
      body(request);
      expectations();
      timeout();
      return new AdHocWorkspace(text.toString(), secrets);
    }

    private void environment() {
      if (variables.isEmpty()) {
        return;
      }
      text.append("environments:\n  here:\n    secrets:\n");
      variables.forEach((name, variable) ->
          text.append("      ").append(name).append(": { env: ").append(variable).append(" }\n"));
    }

    private void model() {
      switch (load.model()) {
        case AdHocLoad.Open open -> {
          line(6, "rate", scalar(open.rate()));
          String to = open.to();
          if (to != null) {
            line(6, "to", scalar(to));
          }
          if (open.poisson()) {
            line(6, "arrivals", "poisson");
          }
        }
        case AdHocLoad.Closed closed -> {
          line(6, "users", Integer.toString(closed.users()));
          if (closed.requests() > 0) {
            line(6, "passes", Long.toString(closed.requests()));
          }
        }
      }
    }

    private void manner() {
      AdHocLoad.Manner manner = load.manner();
      Duration length = manner.length();
      optional("for", length == null ? null : duration(length));
      if (!manner.warmUp().isZero()) {
        line(6, "warm up", duration(manner.warmUp()));
      }
      optional("connections", manner.connections());
      Duration timeout = manner.timeout();
      optional("timeout", timeout == null ? null : duration(timeout));
      optional("protocol", manner.http2() ? "h2" : null);
      tls(manner);
      generator(manner);
      optional("i own this target", manner.ownTarget() ? true : null);
    }

    private void tls(AdHocLoad.Manner manner) {
      Path trust = manner.trust();
      if (trust != null) {
        line(6, "tls", "{ trust: " + quoted(path(trust)) + " }");
      } else if (manner.insecure()) {
        line(6, "tls", "{ insecure: true }");
      }
    }

    private void generator(AdHocLoad.Manner manner) {
      List<String> keys = new ArrayList<>();
      if (manner.loops() > 0) {
        keys.add("loops: " + manner.loops());
      }
      String sockets = manner.sockets();
      if (sockets != null) {
        keys.add("sockets: " + sockets.replace('_', ' '));
      }
      if (!keys.isEmpty()) {
        line(6, "generator", "{ " + String.join(", ", keys) + " }");
      }
    }

    private void optional(String key, @Nullable Object value) {
      if (value != null) {
        line(6, key, value.toString());
      }
    }

    private StringBuilder headers() {
      StringBuilder lines = new StringBuilder();
      for (AdHocLoad.Header header : load.request().headers()) {
        String name = header.name();
        boolean hidden = SECRET_HEADERS.contains(name.toLowerCase(Locale.ROOT));
        String value = hidden ? secret(name, header.value()) : literal(header.value());
        lines.append("            ").append(scalar(name)).append(": ").append(quoted(value));
        lines.append('\n');
      }
      return lines.isEmpty() ? lines : lines.insert(0, "          headers:\n");
    }

    private StringBuilder auth() {
      AdHocLoad.Login login = load.request().login();
      StringBuilder lines = new StringBuilder();
      if (login != null) {
        lines
            .append("      auth: { basic: { user: ")
            .append(quoted(literal(login.user())))
            .append(", password: ")
            .append(quoted(secret("password", login.password())))
            .append(" } }\n");
      }
      return lines;
    }

    /** Keeps a value out of the text; what stands for it there. */
    private String secret(String name, String value) {
      String plain = name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "_");
      String variable = "ASSAY_LOAD_" + plain.toUpperCase(Locale.ROOT);
      secrets.put(variable, value);
      variables.put(plain, variable);
      return "${secret." + plain + "}";
    }

    private void body(AdHocLoad.Request request) {
      String body = request.body();
      Path file = request.file();
      if (file != null) {
        line(10, "file", quoted(path(file)));
      } else if (body != null) {
        line(10, "body", quoted(literal(body)));
      }
    }

    private void expectations() {
      if (load.expectations().isEmpty()) {
        return;
      }
      text.append("    expect:\n");
      for (AdHocLoad.Expectation expectation : load.expectations()) {
        line(6, scalar(expectation.key()), scalar(expectation.comparison()));
      }
    }

    /** A check may take ten minutes where nothing else is said. */
    private void timeout() {
      AdHocLoad.Manner manner = load.manner();
      Duration answers = manner.timeout() == null ? DEFAULT_TIMEOUT : manner.timeout();
      Duration length = manner.length() == null ? UNKNOWN : manner.length();
      Duration whole = length.plus(manner.warmUp()).plus(answers).plus(SLACK);
      if (whole.compareTo(Duration.ofMinutes(10)) > 0) {
        line(4, "timeout", duration(whole));
      }
    }

    private String path(Path given) {
      Path absolute = given.toAbsolutePath().normalize();
      return absolute.startsWith(folder)
          ? folder.relativize(absolute).toString()
          : absolute.toString();
    }

    private void line(int indent, String key, String value) {
      text.append(" ".repeat(indent)).append(key).append(": ").append(value).append('\n');
    }
  }

  private static String resource(URI url) {
    String path = url.getRawPath();
    String resource = path == null || path.isEmpty() ? "/" : path;
    return url.getRawQuery() == null ? resource : resource + "?" + url.getRawQuery();
  }

  /** The text as a template that fills to it. */
  private static String literal(String text) {
    return text.replace("$", "$$");
  }

  /** A text for YAML, quoted where it must be. */
  private static String scalar(String text) {
    boolean plain = PLAIN.matcher(text).matches() || text.matches("[0-9]+/(s|min|h)");
    return plain && !text.endsWith(" ") && !WORDS.contains(text.toLowerCase(Locale.ROOT))
        ? text
        : quoted(text);
  }

  private static String quoted(String text) {
    return JsonWriter.canonical(Json.of(text));
  }

  /** A duration as Assay reads it, exact. */
  public static String duration(Duration duration) {
    long nanos = duration.toNanos();
    List<Map.Entry<String, Long>> units =
        List.of(
            Map.entry("h", 3_600_000_000_000L),
            Map.entry("min", 60_000_000_000L),
            Map.entry("s", 1_000_000_000L),
            Map.entry("ms", 1_000_000L),
            Map.entry("us", 1_000L));
    for (Map.Entry<String, Long> unit : units) {
      if (nanos % unit.getValue() == 0) {
        return nanos / unit.getValue() + unit.getKey();
      }
    }
    return nanos + "ns";
  }
}
