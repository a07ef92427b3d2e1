package dev.assay.profile;

import dev.assay.api.evidence.Artifact;
import dev.assay.api.spi.CheckContext;
import dev.assay.api.spi.EvidenceSink;
import dev.assay.api.value.DatabaseUrl;
import dev.assay.profile.sql.Statement;
import dev.assay.profile.sql.Statements;
import dev.assay.profile.sql.StatementsException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Compares what PostgreSQL counted before and after a check. For one thread. */
final class SqlWatch {

  private static final int MOST_SHOWN = 20;

  private final String service;
  private final Emission emission;
  private final DatabaseUrl url;
  private final Statements before;
  private final Instant from;

  private SqlWatch(
      String service, Emission emission, DatabaseUrl url, Statements before, Instant from) {
    this.service = service;
    this.emission = emission;
    this.url = url;
    this.before = before;
    this.from = from;
  }

  /** Reads the counters a first time; null with a finding where they cannot be read. */
  static @Nullable SqlWatch begin(String service, String address, Emission emission) {
    try {
      DatabaseUrl url = url(address);
      return new SqlWatch(service, emission, url, Statements.read(url), emission.now());
    } catch (StatementsException refused) {
      note(service, emission, refused);
      return null;
    }
  }

  private static DatabaseUrl url(String address) throws StatementsException {
    try {
      return DatabaseUrl.parse(address);
    } catch (IllegalArgumentException wrong) {
      throw new StatementsException(String.valueOf(wrong.getMessage()), "correct it");
    }
  }

  private static void note(String service, Emission emission, StatementsException refused) {
    emission.note(
        "profile.no-statements",
        service,
        "SQL statements of '"
            + service
            + "' are not counted, because "
            + refused.why()
            + "; to mend it, "
            + refused.mend());
  }

  /** Reads them again and emits what changed. */
  void end(CheckContext context, EvidenceSink sink) {
    Statements.Difference difference;
    try {
      difference = Statements.read(url).since(before);
    } catch (StatementsException refused) {
      note(service, emission, refused);
      return;
    }
    Instant to = emission.now();
    emission.count(ProfileMetrics.SQL_CALLS, service, from, to, difference.calls());
    emission.count(ProfileMetrics.SQL_TIME, service, from, to, difference.nanos());
    if (difference.reset()) {
      emission.note(
          "profile.statements-reset",
          service,
          "the counters of pg_stat_statements were set back or made room during the check; what is"
              + " shown of them is too little");
    }
    if (difference.hidden()) {
      emission.note(
          "profile.statements-hidden",
          service,
          "texts of other users' statements are hidden; run GRANT pg_read_all_stats TO the user of"
              + " the address");
    }
    attach(difference.statements(), context, sink);
  }

  private void attach(List<Statement> statements, CheckContext context, EvidenceSink sink) {
    if (statements.isEmpty()) {
      return;
    }
    StringBuilder table = new StringBuilder();
    table.append("statement\tcalls [none]\tmean [ns]\ttotal [ns]\trows [none]");
    table.append("\tblocks in memory [none]\tblocks read [none]\n");
    for (Statement statement : statements.stream().limit(MOST_SHOWN).toList()) {
      table.append(context.redact(statement.text().replace('\t', ' ')));
      for (long number :
          List.of(
              statement.calls(),
              statement.meanNanos(),
              statement.nanos(),
              statement.rows(),
              statement.hit(),
              statement.read())) {
        table.append('\t').append(number);
      }
      table.append('\n');
    }
    Path file = context.scratch().resolve("statements-" + ProfileWatch.fileName(service) + ".tsv");
    try {
      Files.writeString(file, table);
      sink.attach("profile/" + service + "/SQL statements.tsv", Artifact.TABLE, file);
    } catch (IOException broken) {
      emission.note(
          "profile.not-kept",
          service,
          "the table of SQL statements could not be written: " + broken.getMessage());
    }
  }
}
