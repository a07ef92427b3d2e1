package dev.assay.cli;

import dev.assay.api.json.Json;
import dev.assay.api.json.JsonWriter;
import dev.assay.api.ledger.Ledger.RunSummary;
import dev.assay.api.problem.IoReason;
import dev.assay.api.problem.ProblemException;
import dev.assay.api.problem.Where;
import dev.assay.api.spi.SystemClock;
import dev.assay.api.verdict.Decision;
import dev.assay.core.passport.Passport;
import dev.assay.core.passport.PassportKeys;
import dev.assay.core.report.RunReport;
import dev.assay.core.report.Words;
import dev.assay.core.run.Staleness;
import dev.assay.store.SqliteLedger;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** Signed verdicts that travel with a release. */
@Command(
    name = "passport",
    description = "Makes and verifies signed statements of what a run decided.",
    mixinStandardHelpOptions = true,
    subcommands = {
      PassportCommand.Key.class,
      PassportCommand.Create.class,
      PassportCommand.Verify.class
    })
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class PassportCommand implements Runnable {

  private static final String PUBLIC = ".pub";
  private static final long LARGEST = 16 << 20;

  @ParentCommand private AssayCommand assay;
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    spec.commandLine().usage(assay.console().out());
  }

  private Console console() {
    return assay.console();
  }

  private static ProblemException unusable(Path file, String what, String mend) {
    return CliProblems.NO_KEY.failure(
        Where.named(file.toString()), "'" + file + "' cannot be used: " + what, mend);
  }

  private static String read(Path file) {
    try {
      if (Files.size(file) > LARGEST) {
        throw unusable(file, "it is larger than any such file", "name the right file");
      }
      return Files.readString(file);
    } catch (IOException unreadable) {
      throw unusable(
          file, "it cannot be read: " + IoReason.of(unreadable), "name a file that is there");
    }
  }

  /** Reads a public key, as whoever verifies gives it. */
  static PublicKey publicKey(Path file) {
    try {
      return PassportKeys.publicKey(read(file));
    } catch (IllegalArgumentException wrong) {
      throw unusable(
          file,
          String.valueOf(wrong.getMessage()),
          "name the public key, such as `assay passport key` writes beside the private one");
    }
  }

  /** Makes keys. */
  @Command(
      name = "key",
      description = {
        "Makes a pair of Ed25519 keys: FILE, which is secret, and FILE.pub, which whoever verifies",
        "needs. Keep FILE out of the repository."
      },
      mixinStandardHelpOptions = true)
  static final class Key implements Callable<Integer> {

    @ParentCommand private PassportCommand passport;

    @Parameters(paramLabel = "FILE", description = "Where the private key goes; never replaced.")
    private Path file;

    @Override
    public Integer call() {
      KeyPair keys = PassportKeys.generate();
      Path pub = Path.of(file + PUBLIC);
      if (Files.exists(file) || Files.exists(pub)) {
        throw CliProblems.EXISTS.failure(
            Where.named(file.toString()),
            "'" + (Files.exists(file) ? file : pub) + "' is already there",
            "name another file; what was signed with a key that is gone cannot be signed again");
      }
      try {
        boolean posix =
            Files.getFileStore(file.toAbsolutePath().getParent())
                .supportsFileAttributeView(PosixFileAttributeView.class);
        Set<PosixFilePermission> own = PosixFilePermissions.fromString("rw-------");
        if (posix) {
          Files.createFile(file, PosixFilePermissions.asFileAttribute(own));
        }
        Files.writeString(
            file,
            PassportKeys.pem(keys.getPrivate()),
            posix ? StandardOpenOption.WRITE : StandardOpenOption.CREATE_NEW);
        Files.writeString(pub, PassportKeys.pem(keys.getPublic()), StandardOpenOption.CREATE_NEW);
      } catch (IOException broken) {
        throw CliProblems.NOT_WRITTEN.failure(
            Where.named(file.toString()),
            "the keys cannot be written: " + IoReason.of(broken),
            "name a folder that is there and can be written");
      }
      passport.console().out().println("private key  " + file + "  (keep it secret)");
      passport.console().out().println("public key   " + pub);
      passport.console().out().println("key          " + PassportKeys.id(keys.getPublic()));
      return ExitCode.PASS.code();
    }
  }

  /** Makes a passport. */
  @Command(
      name = "create",
      description = {
        "Signs the verdict of a run: an in-toto test result and a SLSA verification summary in"
            + " DSSE",
        "envelopes, one a line. A run that did not pass gets one too, which says so."
      },
      mixinStandardHelpOptions = true)
  static final class Create implements Callable<Integer> {

    @ParentCommand private PassportCommand passport;

    @Parameters(
        arity = "0..1",
        defaultValue = "latest",
        paramLabel = "RUN",
        description = "The run (default: ${DEFAULT-VALUE}).")
    private String run;

    @Option(
        names = "--key",
        required = true,
        paramLabel = "FILE",
        description = "The private key; the public one is FILE.pub.")
    private Path key;

    @Option(
        names = "--subject",
        paramLabel = "FILE",
        description = "A release file that the run tested; its digest goes into the passport.")
    private List<Path> files = List.of();

    @Mixin private WorkspaceOption workspace;

    @Option(
        names = {"-o", "--output"},
        paramLabel = "FILE",
        description = "Where to (default: passport.intoto.jsonl in the run's folder).")
    private @Nullable Path output;

    @Override
    public Integer call() {
      Path folder = workspace.folder();
      try (SqliteLedger ledger = SqliteLedger.open(folder, SqliteLedger.Mode.READ_ONLY)) {
        RunSummary summary = Runs.find(ledger, run);
        if (summary.closed() == null) {
          throw CliProblems.NO_PASSPORT.failure(
              Where.named("run " + summary.id()),
              "run " + summary.id() + " has not ended",
              "wait for its end, or go on with it: `assay run --resume`");
        }
        String[] head = {""};
        ledger.read(summary.id(), stored -> head[0] = stored.hash());
        byte[] made = made(RunReport.read(ledger, summary), head[0]);
        Path chosen = output;
        Path file =
            chosen == null
                ? folder.resolve("runs").resolve(summary.id()).resolve("passport.intoto.jsonl")
                : chosen;
        ReportFiles.write(file, made);
        passport
            .console()
            .out()
            .println(
                "passport of run "
                    + summary.id()
                    + " ("
                    + summary.decision().word()
                    + "): "
                    + file);
      }
      return ExitCode.PASS.code();
    }

    private byte[] made(RunReport report, String head) {
      KeyPair keys = keys();
      try {
        return Passport.create(report, head, digests(), keys);
      } catch (IllegalArgumentException refused) {
        throw CliProblems.NO_PASSPORT.failure(
            Where.named("run " + report.id()),
            String.valueOf(refused.getMessage()),
            "commit and run again, or name the release file that was tested: --subject FILE");
      }
    }

    private KeyPair keys() {
      try {
        if (Files.getFileStore(key).supportsFileAttributeView(PosixFileAttributeView.class)
            && Files.getPosixFilePermissions(key).stream()
                .anyMatch(right -> !right.name().startsWith("OWNER"))) {
          throw unusable(
              key, "others than its owner may read or write it", "run `chmod 600 " + key + "`");
        }
      } catch (IOException unreadable) {
        throw unusable(
            key,
            "it cannot be looked at: " + IoReason.of(unreadable),
            "make one with `assay passport key FILE`");
      }
      Path pub = Path.of(key + PUBLIC);
      if (!Files.exists(pub)) {
        throw unusable(
            pub,
            "it is missing, and belongs to '" + key + "'",
            "write it with `openssl pkey -in " + key + " -pubout -out " + pub + "`");
      }
      try {
        return new KeyPair(publicKey(pub), PassportKeys.privateKey(read(key)));
      } catch (IllegalArgumentException wrong) {
        throw unusable(
            key, String.valueOf(wrong.getMessage()), "make one with `assay passport key FILE`");
      }
    }

    private Map<String, String> digests() {
      Map<String, String> digests = new LinkedHashMap<>();
      for (Path file : files) {
        digests.put(String.valueOf(file.getFileName()), sha256(file));
      }
      return digests;
    }
  }

  private static String sha256(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      byte[] chunk = new byte[1 << 16];
      int read;
      while ((read = in.read(chunk)) > 0) {
        digest.update(chunk, 0, read);
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (IOException unreadable) {
      throw unusable(
          file, "it cannot be read: " + IoReason.of(unreadable), "name a file that is there");
    } catch (GeneralSecurityException everyJdkHasIt) {
      throw new IllegalStateException(everyJdkHasIt);
    }
  }

  /** Verifies a passport. */
  @Command(
      name = "verify",
      description = {
        "Verifies a passport with a public key. Exit code 0 where it is valid and says pass, 1"
            + " where",
        "it is not what was signed or says fail, 2 where it says anything else. Also what a server",
        "signed of an approval or an override: 0 where that holds, 2 where it ended."
      },
      mixinStandardHelpOptions = true)
  static final class Verify implements Callable<Integer> {

    @ParentCommand private PassportCommand passport;

    @Parameters(paramLabel = "PASSPORT", description = "The passport.")
    private Path file;

    @Option(names = "--key", required = true, paramLabel = "FILE", description = "The public key.")
    private Path key;

    @Option(
        names = "--subject",
        paramLabel = "FILE|DIGEST",
        description = "What must have been tested: a file, or gitCommit:HASH or sha256:HASH.")
    private @Nullable String subject;

    @Option(
        names = "--within",
        paramLabel = "TIME",
        description = "How old it may be: 24h, 7d (default: any age). Older ones are stale: 2.")
    private @Nullable String within;

    @Option(names = "--json", description = "As JSON.")
    private boolean json;

    @Override
    public Integer call() {
      PublicKey by = publicKey(key);
      byte[] content;
      try {
        if (Files.size(file) > LARGEST) {
          throw unusable(file, "it is larger than any passport", "name a passport");
        }
        content = Files.readAllBytes(file);
      } catch (IOException unreadable) {
        throw unusable(file, "it cannot be read: " + IoReason.of(unreadable), "name a passport");
      }
      String text = new String(content, java.nio.charset.StandardCharsets.UTF_8);
      return RulingVerification.one(text)
          ? new RulingVerification(passport.console(), json).show(text, by, wanted())
          : show(demanded(Passport.verify(content, by)));
    }

    /** The digest that must be among the subjects; null where anything may. */
    private @Nullable String wanted() {
      String asked = subject;
      if (asked == null) {
        return null;
      }
      boolean digest = asked.matches("(gitCommit|sha256):[0-9a-fA-F]+");
      return digest ? asked.toLowerCase(java.util.Locale.ROOT) : "sha256:" + sha256(Path.of(asked));
    }

    /** A passport of something else is of no use, however valid. */
    private Passport.Verification demanded(Passport.Verification found) {
      String wanted = wanted();
      if (wanted == null || !(found instanceof Passport.Valid valid)) {
        return found;
      }
      boolean named =
          valid.subjects().values().stream().anyMatch(each -> each.equalsIgnoreCase(wanted));
      return named
          ? found
          : new Passport.Broken(
              "It is of "
                  + String.join(", ", valid.subjects().values())
                  + " and not of "
                  + wanted
                  + ".");
    }

    private int show(Passport.Verification found) {
      return switch (found) {
        case Passport.Broken broken -> {
          if (json) {
            print(Json.object().put("valid", false).put("why", broken.why()).build());
          } else {
            passport.console().out().println("✘ not valid: " + broken.why());
          }
          yield ExitCode.FAIL.code();
        }
        case Passport.Valid valid -> {
          Optional<String> stale =
              Staleness.old(valid.closed(), new SystemClock().now(), VerdictCommand.age(within));
          Decision decision = stale.isPresent() ? Decision.STALE : valid.decision();
          if (json) {
            print(
                Json.object()
                    .put("valid", true)
                    .put("decision", decision.name())
                    .putIfPresent("stale", stale.orElse(null))
                    .put("run", valid.run())
                    .put("workspace", valid.workspace())
                    .put("environment", valid.environment())
                    .put("subjects", Json.texts(valid.subjects()))
                    .put("ledger", valid.ledger())
                    .put("key", valid.keyId())
                    .build());
          } else {
            lines(valid);
            stale.ifPresent(why -> passport.console().out().println("  ~ stale: " + why));
          }
          yield (decision == Decision.PASS
                  ? ExitCode.PASS
                  : decision == Decision.FAIL ? ExitCode.FAIL : ExitCode.UNDECIDED)
              .code();
        }
      };
    }

    private void lines(Passport.Valid valid) {
      var out = passport.console().out();
      out.println(
          Words.glyph(valid.decision())
              + " valid, and says "
              + valid.decision().word()
              + ": run "
              + valid.run()
              + " of "
              + valid.workspace()
              + " in "
              + valid.environment());
      valid.subjects().forEach((name, digest) -> out.println("  " + name + "  " + digest));
      out.println("  ledger  " + valid.ledger());
      out.println("  key  " + valid.keyId());
    }

    private void print(Json.Obj answer) {
      passport.console().out().println(JsonWriter.pretty(answer));
    }
  }
}
