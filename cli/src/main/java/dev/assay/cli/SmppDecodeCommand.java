package dev.assay.cli;

import dev.assay.api.json.Json;
import dev.assay.api.json.JsonWriter;
import dev.assay.smpp.door.DecodeDoor;
import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Shows what PDUs say. */
@Command(
    name = "decode",
    description = {
      "Shows what PDUs say: of hexadecimal digits, or, without any, of JSON lines",
      "{\"hex\": …} from standard input, answered by one line of fields each."
    },
    mixinStandardHelpOptions = true)
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class SmppDecodeCommand implements Callable<Integer> {

  private static final int WIDTH = 24;

  @ParentCommand private SmppCommand smpp;

  @Parameters(arity = "0..*", paramLabel = "HEX", description = "The digits, header and all.")
  private List<String> digits = new ArrayList<>();

  @Override
  public Integer call() throws IOException {
    if (digits.isEmpty()) {
      return smpp.serve(DecodeDoor::answer);
    }
    Json.Obj question = Json.object().put("hex", String.join("", digits)).build();
    Json.Obj answer = SmppCommand.ask(DecodeDoor::answer, question, "HEX");
    List<Json> pdus = answer.find("pdus") == null ? List.of(answer) : answer.array("pdus");
    boolean wrong = false;
    for (Json pdu : pdus) {
      show(smpp.console().out(), "", pdu.asObject());
      wrong |= pdu.asObject().find("error") != null;
    }
    return (wrong ? ExitCode.FAIL : ExitCode.PASS).code();
  }

  private static void show(PrintStream out, String indent, Json.Obj json) {
    json.members()
        .forEach((name, value) -> {
          switch (value) {
            case Json.Obj inner -> {
              out.println(indent + name);
              show(out, indent + "  ", inner);
            }
            case Json.Array array when array.items().isEmpty() -> {}
            case Json.Array array -> {
              out.println(indent + name);
              array
                  .items()
                  .forEach(item -> out.println(indent + "  " + JsonWriter.canonical(item)));
            }
            case Json.Text text -> line(out, indent, name, text.value());
            default -> line(out, indent, name, JsonWriter.canonical(value));
          }
        });
  }

  private static void line(PrintStream out, String indent, String name, String value) {
    int pad = Math.max(1, WIDTH - indent.length() - name.length());
    out.println(indent + name + " ".repeat(pad) + value);
  }
}
