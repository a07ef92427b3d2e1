package dev.assay.cli;

import dev.assay.api.json.Json;
import dev.assay.api.json.JsonReader;
import dev.assay.smpp.door.EncodeDoor;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Makes PDUs of fields. */
@Command(
    name = "encode",
    description = {
      "Makes a PDU of its command and fields with the names of the specification, and prints its",
      "hexadecimal digits; or, without any, answers JSON lines of fields by {\"hex\": …}."
    },
    mixinStandardHelpOptions = true,
    footerHeading = "%nExamples:%n",
    footer = {
      "  assay smpp encode submit_sm source_addr=Shop destination_addr=4917012345 text='5 €'",
      "  assay smpp encode '{\"command\": \"enquire_link\", \"sequence_number\": 7}'"
    })
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class SmppEncodeCommand implements Callable<Integer> {

  @ParentCommand private SmppCommand smpp;

  @Parameters(
      arity = "0..*",
      paramLabel = "COMMAND FIELD=VALUE",
      description = "The PDU; or all of it as one JSON object.")
  private List<String> words = new ArrayList<>();

  @Override
  public Integer call() throws IOException {
    if (words.isEmpty()) {
      return smpp.serve(EncodeDoor::answer);
    }
    String first = words.getFirst();
    Json.Obj answer =
        first.startsWith("{")
            ? SmppCommand.ask(
                whole -> EncodeDoor.answer(JsonReader.read(first).asObject()),
                Json.object().build(),
                "JSON")
            : SmppCommand.ask(EncodeDoor::answer, fields(), "FIELD=VALUE");
    smpp.console().out().println(answer.text("hex"));
    return ExitCode.PASS.code();
  }

  private Json.Obj fields() {
    Json.Builder json = Json.object().put("command", words.getFirst());
    for (String word : words.subList(1, words.size())) {
      int equal = word.indexOf('=');
      String name = equal < 0 ? word : word.substring(0, equal);
      json.put(name, equal < 0 ? "" : word.substring(equal + 1));
    }
    return json.build();
  }
}
