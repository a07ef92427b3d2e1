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
      phases();
      manner();
      text.append(auth);
      flow(headers);
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

    /** The model's keys, each with its value. */
    private List<String> model() {
      List<String> keys = new ArrayList<>();
      switch (load.model()) {
        case AdHocLoad.Open open -> {
          keys.add("rate: " + scalar(open.rate()));
          if (open.poisson()) {
            keys.add("arrivals: poisson");
          }
        }
        case AdHocLoad.Closed closed -> keys.add("users: " + closed.users());
      }
      return keys;
    }

    /** What ends the measured part, and how it changes until then. */
    private List<String> course() {
      List<String> keys = new ArrayList<>();
      if (load.model() instanceof AdHocLoad.Open open && open.to() != null) {
        keys.add("to: " + scalar(open.to()));
      }
      if (load.model() instanceof AdHocLoad.Closed closed && closed.requests() > 0) {
        keys.add("passes: " + closed.requests());
      }
      Duration length = load.manner().length();
      if (length != null) {
        keys.add("for: " + duration(length));
      }
      return keys;
    }

    private void phases() {
      AdHocLoad.Manner manner = load.manner();
      if (manner.warmUpUrl() == null) {
        model().forEach(key -> text.append("      ").append(key).append('\n'));
        course().forEach(key -> text.append("      ").append(key).append('\n'));
        if (!manner.warmUp().isZero()) {
          line(6, "warm up", duration(manner.warmUp()));
        }
        return;
      }
      String model = String.join(", ", model());
      text.append("      phases:\n        - { name: warm up, ")
          .append(model)
          .append(", for: ")
          .append(duration(manner.warmUp()))
          .append(", warm up: true, scenario: warm up }\n        - { name: load, ")
          .append(model)
          .append(", ")
          .append(String.join(", ", course()))
          .append(", scenario: load }\n");
    }

    private void flow(StringBuilder headers) {
      URI warm = load.manner().warmUpUrl();
      URI url = load.request().url();
      if (warm == null) {
        text.append("      flow:\n");
        step(8, literal(resource(url)), headers);
        return;
      }
      text.append("      scenarios:\n        warm up:\n");
      step(10, literal(warm.toString()), headers);
      text.append("        load:\n");
      step(10, literal(resource(url)), headers);
    }

    private void step(int indent, String to, StringBuilder headers) {
      AdHocLoad.Request request = load.request();
      line(indent, "- " + request.method().toLowerCase(Locale.ROOT), scalar(to));
      headers
          .toString()
          .lines()
          .forEach(header -> text.append(" ".repeat(indent + 2)).append(header).append('\n'));
      String body = request.body();
      Path file = request.file();
      if (file != null) {
        line(indent + 2, "file", quoted(path(file)));
      } else if (body != null) {
        line(indent + 2, "body", quoted(literal(body)));
      }
    }

    private void manner() {
      AdHocLoad.Manner manner = load.manner();
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
        lines.append("  ").append(scalar(name)).append(": ").append(quoted(value));
        lines.append('\n');
      }
      return lines.isEmpty() ? lines : lines.insert(0, "headers:\n");
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
