package dev.assay.cli;

import dev.assay.api.problem.Where;
import dev.assay.core.passport.JudgedRun;
import dev.assay.core.passport.Ruled;
import dev.assay.core.passport.Ruling;
import dev.assay.core.passport.Standing;
import dev.assay.core.report.RunReport;
import dev.assay.core.report.Words;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PublicKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whether what people decided lets a run go on. Immutable.
 *
 * @param kind what is asked for
 * @param reached whether enough people say so
 * @param people who say so
 * @param until until when; null where not enough do
 * @param lines what there is to say of it
 */
record ReleaseGate(
    Ruling.Kind kind,
    boolean reached,
    List<String> people,
    @Nullable Instant until,
    List<String> lines) {

  /** Copies the lists. */
  ReleaseGate {
    people = List.copyOf(people);
    lines = List.copyOf(lines);
  }

  /**
   * Asks a server.
   *
   * @param environment where the release goes
   * @param key the file with the server's key; null for the one that is kept, or fetched now
   * @param folder the folder .assay
   */
  static ReleaseGate ask(
      ServerProject project,
      RunReport run,
      Ruling.Kind kind,
      String environment,
      @Nullable Path key,
      Path folder,
      Instant now,
      Console console) {
    try {
      PublicKey trusted =
          key == null ? kept(project, folder, console) : PassportCommand.publicKey(key);
      return of(ServerRulings.fetch(project, run.id(), trusted), run, kind, environment, now);
    } catch (IOException away) {
      throw CliProblems.RULINGS.failure(
          Where.named(project.server()),
          "it does not answer ("
              + ServerProject.why(away)
              + "), so nothing is known to be "
              + kind.done(),
          "look whether the server runs, and ask again");
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw CliProblems.RULINGS.failure(
          Where.named(project.server()), "the question was interrupted", "ask again");
    }
  }

  private static PublicKey kept(ServerProject project, Path folder, Console console)
      throws IOException, InterruptedException {
    Path file = ServerRulings.kept(folder, project);
    if (Files.exists(file)) {
      return PassportCommand.publicKey(file);
    }
    String pem = project.signingKey();
    PublicKey key = ServerRulings.key(pem, project);
    ReportFiles.write(file, pem.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    console
        .err()
        .println(
            "the key of "
                + project.server()
                + " is kept in "
                + file
                + "; in a pipeline give it: --server-key FILE");
    return key;
  }

  static ReleaseGate of(
      ServerRulings found, RunReport run, Ruling.Kind kind, String environment, Instant now) {
    String verdict = JudgedRun.digest(run);
    Standing standing = Standing.of(kind, found.ruled(), verdict, environment, found.needed(), now);
    List<String> lines = new ArrayList<>(found.refused());
    for (Ruling one : standing.counting()) {
      lines.add(
          (one.kind() == Ruling.Kind.APPROVAL ? "Approved" : "Overridden")
              + " by "
              + found.name(one.author())
              + " until "
              + Words.moment(one.end())
              + (one.reason().isEmpty() ? "." : ": " + one.reason()));
    }
    if (!standing.reached()) {
      lines.add(missing(standing, run));
      for (Ruled each : found.ruled()) {
        String against = each.against(verdict, environment, now);
        if (each.ruling().kind() == kind && against != null) {
          lines.add(
              "That "
                  + found.name(each.ruling().author())
                  + " "
                  + (kind == Ruling.Kind.APPROVAL ? "approved" : "overrode")
                  + " it does not count: "
                  + against
                  + ".");
        }
      }
    }
    return new ReleaseGate(
        kind,
        standing.reached(),
        standing.counting().stream().map(one -> found.name(one.author())).toList(),
        standing.until(),
        lines);
  }

  private static String missing(Standing standing, RunReport run) {
    int there = standing.counting().size();
    String done = standing.kind().done();
    return there == 0
        ? "Nobody has " + (done.equals("approved") ? done : "overridden") + " run " + run.id() + "."
        : "It is " + done + " by " + there + " of the " + standing.needed() + " people it takes.";
  }
}
