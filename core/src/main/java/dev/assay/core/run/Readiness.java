package dev.assay.core.run;

import dev.assay.api.plan.ServicePlan;
import dev.assay.api.problem.Place;
import dev.assay.api.value.Template;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.HttpURLConnection;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Looks whether a service is ready. Everything that is asked for must have held at the same look.
 */
final class Readiness {

  private static final int PATIENCE = 2000;

  private final @Nullable URI get;
  private final @Nullable InetSocketAddress port;
  private final @Nullable Pattern line;
  private final Path log;
  private final Duration within;
  private String missing = "it was not looked at";

  private Readiness(
      @Nullable URI get,
      @Nullable InetSocketAddress port,
      @Nullable Pattern line,
      Path log,
      Duration within) {
    this.get = get;
    this.port = port;
    this.line = line;
    this.log = log;
    this.within = within;
  }

  static Readiness of(ServicePlan service, Variables variables, Path log) {
    ServicePlan.Readiness ready = service.ready();
    if (ready == null) {
      return new Readiness(null, null, null, log, Duration.ofSeconds(10));
    }
    Template get = ready.get();
    Template port = ready.port();
    String line = ready.log();
    return new Readiness(
        get == null ? null : uri(variables.fill(get, service.place()), service, variables),
        port == null ? null : address(variables.fill(port, service.place()), service.place()),
        line == null ? null : Pattern.compile(line),
        log,
        ready.within());
  }

  /**
   * A path is asked of the service's own port, or of the environment where the service has none.
   */
  private static URI uri(String text, ServicePlan service, Variables variables) {
    try {
      if (text.startsWith("http://") || text.startsWith("https://")) {
        return URI.create(text);
      }
      String port =
          variables.fill(Template.parse("${port." + service.name() + "}"), service.place());
      return URI.create("http://127.0.0.1:" + port + (text.startsWith("/") ? "" : "/") + text);
    } catch (IllegalArgumentException wrong) {
      throw RunProblems.NO_TARGET.failure(
          service.place(), "'" + text + "' is no address", "write a path or a whole http address");
    }
  }

  private static InetSocketAddress address(String text, Place place) {
    int colon = text.lastIndexOf(':');
    try {
      String host = colon < 0 ? "127.0.0.1" : text.substring(0, colon);
      return new InetSocketAddress(host, Integer.parseInt(text.substring(colon + 1)));
    } catch (IllegalArgumentException wrong) {
      throw RunProblems.NO_TARGET.failure(
          place, "'" + text + "' is no port", "write a number, or host:number");
    }
  }

  Duration within() {
    return within;
  }

  /** What did not hold at the last look. */
  String missing() {
    return missing;
  }

  /**
   * Refuses to start a service whose address already answers: the checks would prove another
   * program.
   */
  void refuseTaken(ServicePlan service) {
    InetSocketAddress address = port;
    URI uri = get;
    if (address == null && uri != null) {
      int number = uri.getPort() > 0 ? uri.getPort() : uri.getScheme().equals("https") ? 443 : 80;
      address = new InetSocketAddress(uri.getHost(), number);
    }
    if (address != null && accepts(address)) {
      throw RunProblems.PORT_TAKEN.failure(
          service.place(),
          "something else already listens at "
              + address.getHostString()
              + ":"
              + address.getPort()
              + ", before service '"
              + service.name()
              + "' was started",
          "stop the other program, or let the service listen at ${port." + service.name() + "}");
    }
  }

  private static boolean accepts(InetSocketAddress address) {
    try (Socket socket = new Socket()) {
      socket.connect(address, PATIENCE);
      return true;
    } catch (IOException refused) {
      return false;
    }
  }

  boolean met() {
    InetSocketAddress address = port;
    if (address != null && !accepts(address)) {
      missing = "nothing listens at " + address.getHostString() + ":" + address.getPort();
      return false;
    }
    Pattern pattern = line;
    if (pattern != null && !printed(pattern)) {
      missing = "no line of its output matches '" + pattern + "'";
      return false;
    }
    URI uri = get;
    return uri == null || answers(uri);
  }

  private boolean printed(Pattern pattern) {
    // A reader of this kind takes bytes that are no UTF-8, where Files.newBufferedReader throws.
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(Files.newInputStream(log), StandardCharsets.UTF_8))) {
      return lines.lines().anyMatch(text -> pattern.matcher(text).find());
    } catch (IOException notThere) {
      return false;
    }
  }

  /** The plain client of the JDK: it loads in a tenth of the time of the asynchronous one. */
  private boolean answers(URI uri) {
    try {
      HttpURLConnection connection = (HttpURLConnection) uri.toURL().openConnection();
      connection.setConnectTimeout(PATIENCE);
      connection.setReadTimeout(PATIENCE);
      connection.setUseCaches(false);
      connection.setInstanceFollowRedirects(false);
      connection.setRequestProperty("Connection", "close");
      int status = connection.getResponseCode();
      try (InputStream body = status < 400 ? connection.getInputStream() : null) {
        if (body != null) {
          body.readNBytes(65_536);
        }
      }
      connection.disconnect();
      missing = "GET " + uri + " answered " + status;
      return status > 0 && status < 400;
    } catch (IOException notYet) {
      missing = "GET " + uri + " failed: " + notYet.getMessage();
      return false;
    }
  }
}
