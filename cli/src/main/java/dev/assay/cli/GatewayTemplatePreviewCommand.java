package dev.assay.cli;

import dev.assay.api.json.Json;
import dev.assay.api.json.JsonWriter;
import dev.assay.api.problem.IoReason;
import dev.assay.api.problem.Where;
import dev.assay.gateway.ChannelProblems;
import dev.assay.gateway.schedule.Zones;
import dev.assay.gateway.template.MessageTemplate;
import dev.assay.gateway.template.Preview;
import dev.assay.gateway.template.RecipientList;
import dev.assay.gateway.template.TemplateFile;
import java.io.IOException;
import java.io.PrintStream;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** What a template becomes. */
@Command(
    name = "preview",
    description = {
      "Checks a template and shows its texts with values, how they are coded and how many messages",
      "they take; with a list of recipients, how many messages all of them take together."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false)
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class GatewayTemplatePreviewCommand implements Callable<Integer> {

  @ParentCommand private GatewayTemplateCommand template;

  @Parameters(paramLabel = "FILE", description = "The template: YAML or JSON.")
  private Path file;

  @Option(
      names = "--locale",
      paramLabel = "TAG",
      description = "A language, such as de-AT; otherwise all that the template has.")
  private List<String> locales = new ArrayList<>();

  @Option(
      names = "--value",
      paramLabel = "NAME=VALUE",
      description = "A value; otherwise the example of the variable.")
  private Map<String, String> given = new LinkedHashMap<>();

  @Option(
      names = "--zone",
      paramLabel = "ZONE",
      defaultValue = "UTC",
      description = "In which moments are shown; UTC.")
  private String zone;

  @Option(
      names = "--smart",
      description = "Replace typographic quotes, dashes and spaces where that avoids ucs2.")
  private boolean smart;

  @Option(
      names = "--list",
      paramLabel = "FILE",
      description = "Recipients with their values: CSV, or JSON lines where it ends in .jsonl.")
  private @Nullable Path list;

  @Option(names = "--skip", description = "Tell wrong lines of the list and pass over them.")
  private boolean skip;

  @Option(names = "--json", description = "One line of JSON for each language.")
  private boolean json;

  @Override
  public Integer call() throws IOException {
    MessageTemplate read = TemplateFile.read(file, file.toString());
    PrintStream out = template.console().out();
    Path recipients = list;
    if (recipients != null) {
      return all(read, recipients, out);
    }
    Map<String, Json> values = new LinkedHashMap<>(read.examples());
    given.forEach((name, value) -> values.put(name, Json.of(value)));
    List<Locale> wanted =
        locales.isEmpty() ? read.locales() : locales.stream().map(Locale::forLanguageTag).toList();
    for (Locale locale : wanted) {
      Json.Obj preview = Preview.of(read, values, locale, zone(), smart).json();
      if (json) {
        out.println(JsonWriter.canonical(preview));
      } else {
        show(out, preview);
      }
    }
    return ExitCode.PASS.code();
  }

  private ZoneId zone() {
    return Zones.named(zone);
  }

  private static void show(PrintStream out, Json.Obj preview) {
    int count = preview.array("segments").size();
    out.printf(
        "%s: %d characters, %s, %d units, %d %s, at most %d%n",
        preview.text("locale"),
        preview.whole("characters"),
        preview.text("encoding"),
        preview.whole("units"),
        count,
        count == 1 ? "message" : "messages",
        preview.whole("segments_at_most"));
    String subject = preview.findText("subject");
    if (subject != null) {
      out.println("  subject  " + subject);
    }
    preview.array("replaced").forEach(each -> out.println("  replaced " + each.asText()));
    int part = 0;
    for (Json segment : preview.array("segments")) {
      part++;
      out.printf("  %d/%d      %s%n", part, count, segment.asText().replace("\n", "\\n"));
    }
    out.println();
  }

  private int all(MessageTemplate read, Path recipients, PrintStream out) throws IOException {
    long[] messages = new long[1];
    boolean lines = recipients.toString().matches(".*\\.(jsonl|ndjson|json)");
    RecipientList.Read result;
    try (Reader in = Files.newBufferedReader(recipients)) {
      result =
          new RecipientList(recipients.toString(), !skip)
              .read(
                  in,
                  lines,
                  recipient -> messages[0] += messages(read, recipient),
                  problem -> template.console().err().println(problem));
    } catch (IOException unreadable) {
      throw ChannelProblems.LIST.failure(
          Where.named(recipients.toString()),
          "the list cannot be read: " + IoReason.of(unreadable),
          "name a file of CSV or JSON lines in UTF-8");
    }
    out.printf(
        "%d recipients, %d messages, %d wrong lines%n", result.good(), messages[0], result.bad());
    return result.bad() == 0 ? ExitCode.PASS.code() : ExitCode.FAIL.code();
  }

  private int messages(MessageTemplate read, RecipientList.Recipient recipient) {
    String wanted = recipient.locale();
    Locale locale = wanted == null ? read.locales().getFirst() : Locale.forLanguageTag(wanted);
    String text = read.fill(recipient.values(), locale, zone()).text();
    return Preview.divided(text, smart).parts().size();
  }
}
