package dev.assay.cli;

import dev.assay.api.json.Json;
import dev.assay.smpp.door.SegmentDoor;
import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Divides a text as it is sent. */
@Command(
    name = "segment",
    description = {
      "Shows how a text is coded and divided; or, without one, answers JSON lines",
      "{\"text\": …, \"reference\": 8|16} by encoding, segments and bytes."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false)
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class SmppSegmentCommand implements Callable<Integer> {

  @ParentCommand private SmppCommand smpp;

  @Parameters(arity = "0..1", paramLabel = "TEXT", description = "The text.")
  private @Nullable String text;

  @Option(
      names = "--reference",
      paramLabel = "BITS",
      defaultValue = "8",
      description = "Bits of the reference that parts share: 8 or 16.")
  private String reference;

  @Option(
      names = "--join",
      paramLabel = "HOW",
      defaultValue = "udh",
      description = "How parts find each other: udh, sar or payload.")
  private String join;

  @Option(
      names = "--encoding",
      paramLabel = "NAME",
      defaultValue = "auto",
      description = "gsm7, latin1 or ucs2, instead of gsm7 where it can say the text, else ucs2.")
  private String encoding;

  @Option(
      names = "--language",
      paramLabel = "NAME",
      description = "A language whose 7-bit tables may be used, such as turkish.")
  private List<String> languages = new ArrayList<>();

  @Option(
      names = "--smart",
      description = "Replace typographic quotes, dashes and spaces where that avoids ucs2.")
  private boolean smart;

  @Override
  public Integer call() throws IOException {
    String given = text;
    if (given == null) {
      return smpp.serve(SegmentDoor::answer);
    }
    Json.Obj question =
        Json.object()
            .put("text", given)
            .put("reference", reference)
            .put("join", join)
            .put("encoding", encoding)
            .put("languages", Json.array(languages.stream().map(Json::of).toList()))
            .put("smart", smart)
            .build();
    show(smpp.console().out(), SmppCommand.ask(SegmentDoor::answer, question, "TEXT"));
    return ExitCode.PASS.code();
  }

  private static void show(PrintStream out, Json.Obj answer) {
    long count = answer.whole("count");
    out.printf(
        "%s (data_coding %d), %d units, %d %s, %d bytes over the air%n",
        answer.text("encoding"),
        answer.whole("data_coding"),
        answer.whole("units"),
        count,
        count == 1 ? "message" : "messages",
        answer.whole("bytes"));
    for (Json each : answer.array("replaced")) {
      Json.Obj one = each.asObject();
      out.printf(
          "replaced '%s' at %d by '%s'%n", one.text("from"), one.whole("index"), one.text("to"));
    }
    for (Json each : answer.array("segments")) {
      Json.Obj part = each.asObject();
      out.printf(
          "%n%d/%d  %s%n", part.whole("part"), count, part.text("text").replace("\n", "\\n"));
      out.printf("     short_message %s%n", part.text("short_message"));
      out.printf("     user data     %s%n", part.text("bytes"));
    }
  }
}
