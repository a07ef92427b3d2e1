package dev.assay.cli;

import dev.assay.api.json.JsonException;
import dev.assay.api.json.JsonReader;
import dev.assay.api.problem.ProblemException;
import dev.assay.api.problem.Where;
import dev.assay.api.value.Quantity;
import dev.assay.api.value.Rate;
import dev.assay.api.value.Unit;
import dev.assay.core.report.terminal.LoadShape;
import dev.assay.load.adhoc.AdHocLoad;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of a load without a workspace that say what is sent, and how it is meant. */
final class LoadOptions {

  private static final Set<String> METHODS =
      Set.of("GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS");
  private static final Pattern EXPECTATION = Pattern.compile("([^<>=!~\\s]+)\\s*([<>=!~].*)");
  private static final int DEFAULT_USERS = 64;
  private static final Duration DEFAULT_LENGTH = Duration.ofSeconds(10);
  private static final String PASSWORD = "ASSAY_LOAD_PASSWORD";

  @Option(
      names = "--rate",
      paramLabel = "RATE",
      description = "Requests of a second, whatever the target does: 500, 500/s, 30/min.")
  private @Nullable String rate;

  @Option(names = "--to", paramLabel = "RATE", description = "Climb from --rate to this.")
  private @Nullable String to;

  @Option(
      names = "--arrivals",
      paramLabel = "KIND",
      description = "even or poisson: as irregular as independent users (default: even).")
  private String arrivals = "even";

  @Option(
      names = "--users",
      paramLabel = "N",
      description =
          "Instead of --rate: so many users, each sending when it was answered (default: 64).")
  private @Nullable Integer users;

  @Option(
      names = {"-n", "--requests"},
      paramLabel = "N",
      description = "With users: end after so many requests.")
  private @Nullable Long requests;

  @Option(
      names = "--for",
      paramLabel = "TIME",
      description = "How long is measured: 30s, 2min (default: 10s, or until --requests).")
  private @Nullable String length;

  @Option(
      names = "--warm-up",
      paramLabel = "TIME",
      description = "How long load goes before that, in no statistic (default: none).")
  private String warmUp = "0s";

  @Option(
      names = "--warm-up-url",
      paramLabel = "URL",
      description = "Where it goes meanwhile (default: the same address).")
  private @Nullable String warmUpUrl;

  @Option(
      names = {"-c", "--connections"},
      paramLabel = "N",
      description = "The most connections at once (default: 64, or one for each user).")
  private @Nullable Integer connections;

  @Option(
      names = "--timeout",
      paramLabel = "TIME",
      description = "Of a connection and of each request (default: 10s).")
  private @Nullable String timeout;

  @Option(
      names = {"-X", "--method"},
      paramLabel = "METHOD",
      description =
          "GET, POST, PUT, PATCH, DELETE, HEAD or OPTIONS (default: GET; POST with a body).")
  private @Nullable String method;

  @Option(
      names = {"-H", "--header"},
      paramLabel = "HEADER",
      description = "A header: 'Accept: text/html'. May be given several times.")
  private List<String> headers = List.of();

  @Option(
      names = {"-d", "--body"},
      paramLabel = "TEXT",
      description = "The body, or @FILE for the bytes of a file.")
  private @Nullable String body;

  @Option(
      names = "--json",
      paramLabel = "JSON",
      description = "The body as JSON, with its Content-Type; or @FILE.")
  private @Nullable String json;

  @Option(
      names = {"-u", "--auth"},
      paramLabel = "USER:PASSWORD",
      description =
          "Log in by basic authentication; without the password it is $ASSAY_LOAD_PASSWORD.")
  private @Nullable String auth;

  @Option(names = "--http2", description = "Speak HTTP/2.")
  private boolean http2;

  @Option(names = "--insecure", description = "Take any certificate of the target.")
  private boolean insecure;

  @Option(
      names = "--trust",
      paramLabel = "FILE",
      description = "Certificates (PEM) to trust instead of the JDK's.")
  private @Nullable Path trust;

  @Option(
      names = "--i-own-this-target",
      description = "Needed above 50 requests/s for a target that is not this machine.")
  private boolean ownTarget;

  @Option(
      names = "--expect",
      paramLabel = "EXPECTATION",
      description = "What must hold: 'latency.p99 < 50 ms'. May be given several times.")
  private List<String> expectations = List.of();

  @Option(
      names = "--loops",
      paramLabel = "N",
      description = "How many event loops (default: as needed).")
  private int loops;

  @Option(
      names = "--sockets",
      paramLabel = "KIND",
      description = "epoll, io_uring or nio (default: the best there is).")
  private @Nullable String sockets;

  /** What was asked for. */
  AdHocLoad load(String url, Map<String, String> environment) {
    return new AdHocLoad(request(url, environment), model(), manner(), expected());
  }

  private AdHocLoad.Request request(String url, Map<String, String> environment) {
    String given = json == null ? body : json;
    String option = json == null ? "--body" : "--json";
    if (body != null && json != null) {
      throw wrong("--json", "both --body and --json are given", "keep one of them");
    }
    Path file = given != null && given.startsWith("@") ? file(option, given.substring(1)) : null;
    List<AdHocLoad.Header> sent = headers();
    if (json != null) {
      boolean own = sent.stream().anyMatch(one -> one.name().equalsIgnoreCase("content-type"));
      if (!own) {
        sent.add(new AdHocLoad.Header("Content-Type", "application/json"));
      }
      if (file == null) {
        checkJson(json);
      }
    }
    String usual = given == null ? "GET" : "POST";
    String verb = method == null ? usual : method.toUpperCase(Locale.ROOT);
    if (!METHODS.contains(verb)) {
      throw wrong(
          "--method",
          "'" + method + "' is no method that load sends",
          "give one of " + String.join(", ", METHODS.stream().sorted().toList()));
    }
    return new AdHocLoad.Request(
        url(url), verb, sent, file == null ? given : null, file, login(environment));
  }

  private static URI url(String text) {
    String whole = text.matches("(?i)[a-z][a-z0-9+.-]*://.*") ? text : "http://" + text;
    String mend = "write it like http://127.0.0.1:8080/path, with %20 for a space";
    try {
      URI uri = new URI(new URI(whole).toASCIIString());
      boolean known = uri.getScheme().matches("(?i)https?");
      if (known && uri.getHost() != null && uri.getRawUserInfo() == null) {
        return uri;
      }
    } catch (URISyntaxException broken) {
      throw wrong("URL", "'" + text + "' is no URL: " + broken.getReason(), mend);
    }
    throw wrong(
        "URL",
        "'" + text + "' is no http or https URL with a host and without a user",
        mend + "; a user and password go into --auth");
  }

  private List<AdHocLoad.Header> headers() {
    List<AdHocLoad.Header> all = new ArrayList<>();
    for (String header : headers) {
      int colon = header.indexOf(':');
      if (colon < 1) {
        throw wrong(
            "--header", "'" + header + "' is no header", "write it like 'Accept: text/html'");
      }
      all.add(
          new AdHocLoad.Header(
              header.substring(0, colon).strip(), header.substring(colon + 1).strip()));
    }
    return all;
  }

  private static Path file(String option, String name) {
    Path file = Path.of(name);
    if (!Files.isReadable(file) || Files.isDirectory(file)) {
      throw wrong(option, "there is no file '" + name + "' that can be read", "correct its name");
    }
    return file;
  }

  private static void checkJson(String text) {
    try {
      JsonReader.read(text);
    } catch (JsonException broken) {
      throw wrong(
          "--json",
          "'" + text + "' is no JSON: " + broken.getMessage(),
          "correct it, or send it as it is with --body");
    }
  }

  private AdHocLoad.@Nullable Login login(Map<String, String> environment) {
    String given = auth;
    if (given == null) {
      return null;
    }
    int colon = given.indexOf(':');
    String password =
        colon < 0 ? environment.getOrDefault(PASSWORD, "") : given.substring(colon + 1);
    String user = colon < 0 ? given : given.substring(0, colon);
    if (password.isEmpty() || user.isEmpty()) {
      throw wrong(
          "--auth",
          "there is no " + (user.isEmpty() ? "user" : "password"),
          "write --auth user:password, or set " + PASSWORD);
    }
    return new AdHocLoad.Login(user, password);
  }

  private AdHocLoad.Model model() {
    String paced = rate;
    if (paced != null) {
      refuse(users != null, "--users", "--rate: arrivals have a rate, or users take turns");
      refuse(requests != null, "--requests", "--rate: its number is --rate × --for");
      if (!Set.of("even", "poisson").contains(arrivals)) {
        throw wrong("--arrivals", "'" + arrivals + "' is unknown", "give even or poisson");
      }
      String end = to;
      return new AdHocLoad.Open(
          rate("--rate", paced),
          end == null ? null : rate("--to", end),
          arrivals.equals("poisson"));
    }
    refuse(to != null, "--to", "users; give --rate as well");
    refuse(!arrivals.equals("even"), "--arrivals", "users; give --rate as well");
    Integer many = users;
    Integer open = connections;
    int count = many == null ? open == null ? DEFAULT_USERS : open : many;
    positive("--users", count);
    long end = requests == null ? 0 : requests;
    if (requests != null) {
      positive("--requests", end);
    }
    return new AdHocLoad.Closed(count, end);
  }

  private AdHocLoad.Manner manner() {
    Integer most = connections;
    if (most == null && rate == null && users != null) {
      most = users;
    }
    if (most != null) {
      positive("--connections", most);
    }
    Duration warm = duration("--warm-up", warmUp);
    String elsewhere = warmUpUrl;
    if (elsewhere != null && warm.isZero()) {
      throw wrong("--warm-up-url", "it is given without --warm-up", "add '--warm-up 2s'");
    }
    refuse(insecure && trust != null, "--insecure", "--trust");
    Path certificates = trust;
    if (certificates != null) {
      file("--trust", certificates.toString());
    }
    if (loops < 0) {
      throw wrong("--loops", loops + " loops", "give 1 or more, or leave it out");
    }
    String kind = sockets;
    if (kind != null && !Set.of("epoll", "io_uring", "nio").contains(kind)) {
      throw wrong("--sockets", "'" + kind + "' is unknown", "give epoll, io_uring or nio");
    }
    return new AdHocLoad.Manner(
        length(),
        warm,
        elsewhere == null ? null : url(elsewhere),
        most,
        timeout == null ? null : duration("--timeout", timeout),
        http2,
        insecure,
        certificates,
        ownTarget,
        loops,
        kind);
  }

  private @Nullable Duration length() {
    String given = length;
    if (given != null) {
      return duration("--for", given);
    }
    return requests == null ? DEFAULT_LENGTH : null;
  }

  private List<AdHocLoad.Expectation> expected() {
    List<AdHocLoad.Expectation> all = new ArrayList<>();
    for (String text : expectations) {
      Matcher matcher = EXPECTATION.matcher(text.strip());
      if (!matcher.matches()) {
        throw wrong(
            "--expect", "'" + text + "' compares nothing", "write it like 'latency.p99 < 50 ms'");
      }
      all.add(new AdHocLoad.Expectation(matcher.group(1), matcher.group(2).strip()));
    }
    return all;
  }

  /** What it was asked to be, for showing it. */
  static LoadShape shape(AdHocLoad load) {
    AdHocLoad.Manner manner = load.manner();
    AdHocLoad.Request request = load.request();
    double begin = 0;
    double last = 0;
    long requests = 0;
    String model;
    switch (load.model()) {
      case AdHocLoad.Open open -> {
        String to = open.to();
        begin = Rate.parse(open.rate()).perSecond();
        last = to == null ? begin : Rate.parse(to).perSecond();
        model = open.rate() + (to == null ? "" : " to " + to) + (open.poisson() ? " poisson" : "");
      }
      case AdHocLoad.Closed closed -> {
        requests = closed.requests();
        model = closed.users() + " users";
      }
    }
    Duration length = manner.length();
    String end = requests > 0 ? requests + " requests" : "";
    if (length != null) {
      String time = Unit.NANOSECONDS.format(length.toNanos());
      end = end.isEmpty() ? time : end + " or " + time;
    }
    return new LoadShape(
        request.method() + " " + request.url() + " · " + model + " · " + end,
        manner.warmUp(),
        length,
        requests,
        begin,
        last);
  }

  /** How long the start waits for a connection. */
  static Duration patience(AdHocLoad load) {
    Duration given = load.manner().timeout();
    return given == null ? Duration.ofSeconds(10) : given;
  }

  /** The rate with its unit; a number alone is of a second. */
  private static String rate(String option, String text) {
    try {
      Quantity quantity = Quantity.parse(text);
      String whole = quantity.unit() == Unit.NONE ? text.strip() + "/s" : text.strip();
      Rate.parse(whole);
      return whole;
    } catch (IllegalArgumentException wrong) {
      throw wrong(option, String.valueOf(wrong.getMessage()), "write it like 500/s or 30/min");
    }
  }

  /** A time; a number alone is of seconds. */
  private static Duration duration(String option, String text) {
    try {
      Quantity quantity = Quantity.parse(text);
      Duration duration =
          quantity.unit() == Unit.NONE
              ? Duration.ofNanos((long) (quantity.value() * 1e9))
              : quantity.duration();
      if (!duration.isNegative()) {
        return duration;
      }
    } catch (IllegalArgumentException wrong) {
      throw wrong(option, String.valueOf(wrong.getMessage()), "write it like 30s or 2min");
    }
    throw wrong(option, "'" + text + "' is less than nothing", "write it like 30s or 2min");
  }

  private static void positive(String option, long value) {
    if (value < 1) {
      throw wrong(option, "'" + value + "' is no number above 0", "give 1 or more");
    }
  }

  private static void refuse(boolean given, String option, String other) {
    if (given) {
      throw wrong(option, option + " does not go with " + other, "leave one of them out");
    }
  }

  private static ProblemException wrong(String option, String what, String mend) {
    return CliProblems.USAGE.failure(Where.named(option), what, mend);
  }
}
