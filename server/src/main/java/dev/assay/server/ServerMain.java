package dev.assay.server;

import dev.assay.api.problem.ProblemException;
import dev.assay.api.spi.Clock;
import dev.assay.api.spi.SystemClock;
import dev.assay.api.value.Secret;
import dev.assay.server.account.ProjectKeys;
import dev.assay.server.account.ProjectKeys.Scope;
import dev.assay.server.account.Secrets;
import dev.assay.server.audit.Actor;
import dev.assay.server.audit.AuditLog;
import dev.assay.server.database.ServerDatabase;
import dev.assay.server.project.ProjectList;
import dev.assay.server.signon.SignOnOptions;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code assay serve}. */
@Command(
    name = "assay serve",
    description = {
      "Serves projects, their runs and their evidence to everyone, live, until Ctrl-C.",
      "At the first start it prints a link that makes you its first member."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false)
@SuppressWarnings("NullAway.Init") // picocli sets the fields
public final class ServerMain implements Callable<Integer> {

  private static final int ENVIRONMENT = 4;

  @Spec private CommandSpec spec;

  @Parameters(
      arity = "0..1",
      defaultValue = "assay-server",
      paramLabel = "FOLDER",
      description = "Where it keeps everything (default: ${DEFAULT-VALUE}).")
  private Path data;

  @Option(
      names = "--port",
      defaultValue = "8642",
      description = "The port; 0 for a free one (${DEFAULT-VALUE}).")
  private int port;

  @Option(
      names = "--listen",
      defaultValue = "127.0.0.1",
      paramLabel = "ADDRESS",
      description = "The address it listens on (${DEFAULT-VALUE}); put TLS before it elsewhere.")
  private String listen;

  @Mixin private DatabaseOption database;

  @Option(
      names = "--address",
      paramLabel = "URL",
      description =
          "How people reach it, where that is not where it listens: https://, a host, no path.")
  private @Nullable String address;

  @Option(
      names = "--oidc",
      paramLabel = "KEY=VALUE",
      description = {
        "Single sign-on by OpenID Connect: issuer=URL and client=ID, perhaps name=CLAIM",
        "(preferred_username), groups=CLAIM (groups), scopes='profile email'. The client's secret,",
        "if it has one, is in ASSAY_OIDC_SECRET. Give it once for each."
      })
  private Map<String, String> oidc = new LinkedHashMap<>();

  @Option(
      names = "--oidc-group",
      paramLabel = "GROUP=PROJECT:ROLE",
      description =
          "What a group of the provider gives: a role in a project, or owner; several with spaces.")
  private Map<String, String> groups = new LinkedHashMap<>();

  @Option(
      names = "--private-webhooks",
      description = "Webhooks and alerts may go to private addresses, too.")
  private boolean privateHooks;

  @Option(
      names = "--log",
      defaultValue = "text",
      paramLabel = "FORM",
      description = "What is logged to standard error, as text or json (${DEFAULT-VALUE}).")
  private String log;

  @Option(
      names = "--key-may",
      split = ",",
      paramLabel = "SCOPE",
      description = "What the key of --make-key may do: ingest, read, operate (default: all).")
  private List<String> keyMay = List.of();

  @Option(
      names = "--make-key",
      paramLabel = "PROJECT",
      description =
          "Makes a key of a project that may send and read runs, and the project where it is"
              + " missing; prints the key and ends. The server may run meanwhile.")
  private @Nullable String project;

  @Option(names = "--train", hidden = true, description = "Starts, looks at itself, and ends.")
  private boolean train;

  private ServerMain() {}

  /** Runs it and ends with its exit code. */
  public static void main(String[] arguments) {
    boolean tools = arguments.length > 0 && arguments[0].equals("--tools");
    int code =
        tools
            ? ServerTools.run(Arrays.copyOfRange(arguments, 1, arguments.length))
            : CommandLines.of(new ServerMain()).execute(arguments);
    if (code != 0) {
      System.exit(code);
    }
  }

  @Override
  public Integer call() {
    PrintWriter err = spec.commandLine().getErr();
    try {
      if (train) {
        var _ = Rehearsal.play();
        return 0;
      }
      String keyOf = project;
      if (keyOf != null) {
        spec.commandLine().getOut().println(makeKey(keyOf));
        spec.commandLine().getOut().flush();
        return 0;
      }
      RunningServer server = RunningServer.start(options());
      PrintWriter out = spec.commandLine().getOut();
      out.println("Assay serves at " + server.address());
      String link = server.setUpLink();
      if (link != null) {
        out.println("It has no member yet. Whoever opens this link first is its owner:");
        out.println("  " + link);
      }
      out.flush();
      return 0;
    } catch (ProblemException refused) {
      refused.problems().forEach(problem -> err.println("error " + problem));
      return ENVIRONMENT;
    } catch (IllegalArgumentException wrong) {
      return CommandLines.wrong(
          spec.commandLine(), String.valueOf(wrong.getMessage()), "see `assay serve --help`");
    }
  }

  private String makeKey(String name) {
    Clock clock = new SystemClock();
    try (ServerDatabase opened = AccountDatabase.of(data, database.url())) {
      JdbcClient accounts = opened.statements();
      Secrets secrets = new Secrets();
      AuditLog audit =
          new AuditLog(
              opened, () -> secrets.hex(16), () -> Actor.program("the command line", null), clock);
      ProjectList projects = new ProjectList(accounts, audit, clock);
      String wrong = projects.find(name).isPresent() ? null : projects.make(name, name);
      if (wrong != null) {
        throw new IllegalArgumentException("--make-key: " + wrong);
      }
      return new ProjectKeys(opened, secrets, audit, clock)
          .make(name, "made by hand", scopes(), ProjectKeys.GOOD);
    }
  }

  private Set<Scope> scopes() {
    Set<Scope> scopes = EnumSet.noneOf(Scope.class);
    for (String word : keyMay) {
      scopes.add(
          Arrays.stream(Scope.values())
              .filter(scope -> scope.label().equals(word.strip()))
              .findFirst()
              .orElseThrow(() ->
                  new IllegalArgumentException(
                      "--key-may: '" + word + "' is none of ingest, read, operate, admin")));
    }
    return scopes.isEmpty() ? Scope.WORKING : scopes;
  }

  private ServerOptions options() {
    if (port < 0 || port > 65_535) {
      throw new IllegalArgumentException("--port is 0 to 65535, not " + port);
    }
    if (!log.equals("text") && !log.equals("json")) {
      throw new IllegalArgumentException("--log is text or json, not " + log);
    }
    try {
      return new ServerOptions(
          data,
          InetAddress.getByName(listen),
          port,
          database.url(),
          address,
          signOn(),
          privateHooks,
          log.equals("json"));
    } catch (UnknownHostException unknown) {
      throw new IllegalArgumentException(
          "--listen: '" + listen + "' is no address of this machine", unknown);
    }
  }

  private @Nullable SignOnOptions signOn() {
    if (oidc.isEmpty() && groups.isEmpty()) {
      return null;
    }
    String secret = System.getenv("ASSAY_OIDC_SECRET");
    return SignOnOptions.read(oidc, groups, secret == null ? null : Secret.of(secret));
  }
}
