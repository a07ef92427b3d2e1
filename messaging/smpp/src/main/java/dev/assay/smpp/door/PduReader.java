package dev.assay.smpp.door;

import dev.assay.api.json.Json;
import dev.assay.api.problem.Nearest;
import dev.assay.smpp.codec.Command;
import dev.assay.smpp.codec.Destination;
import dev.assay.smpp.codec.Failure;
import dev.assay.smpp.codec.Field;
import dev.assay.smpp.codec.Pdu;
import dev.assay.smpp.codec.Status;
import dev.assay.smpp.codec.Tag;
import dev.assay.smpp.codec.Tlv;
import dev.assay.smpp.text.Encoding;
import dev.assay.smpp.text.Segmenter;
import dev.assay.smpp.text.Segments;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads PDUs from JSON objects as {@link PduJson} writes them, with what may be left out. */
final class PduReader {

  /** Read elsewhere, or told by the rest. */
  private static final Set<String> APART =
      Set.of(
          "id",
          "command",
          "command_id",
          "command_length",
          "command_status",
          "status",
          "sequence",
          "sequence_number",
          "sm_length",
          "number_of_dests",
          "no_unsuccess",
          "tlvs",
          "text",
          "encoding",
          "udh",
          "receipt",
          "hex");

  private PduReader() {}

  /**
   * The PDU.
   *
   * @throws IllegalArgumentException says what is wrong
   */
  static Pdu read(Json.Obj json) {
    Command command = command(json);
    Pdu.Builder builder =
        Pdu.of(command)
            .status(status(json))
            .sequence((int) number(json, "sequence_number", "sequence"));
    boolean anything = false;
    for (Map.Entry<String, Json> member : json.members().entrySet()) {
      String name = member.getKey();
      if (!APART.contains(name)) {
        member(builder, command, name, member.getValue());
        anything = true;
      }
    }
    for (Json tlv : tlvs(json)) {
      builder.add(tlv(tlv.asObject()));
      anything = true;
    }
    String text = json.findText("text");
    boolean written =
        json.find("short_message") != null || builder.build().tlv(Tag.MESSAGE_PAYLOAD).isPresent();
    if (text != null && !written) {
      return withText(builder, command, json, text);
    }
    // an answer without parameters, as it is decoded
    return command.response() && !anything && status(json) != 0 && !command.fields().isEmpty()
        ? Pdu.header(command, status(json), (int) number(json, "sequence_number", "sequence"))
        : builder.build();
  }

  private static Command command(Json.Obj json) {
    Json named = json.find("command");
    Json by = named == null ? json.find("command_id") : named;
    if (by == null) {
      throw new IllegalArgumentException(
          "say which PDU by \"command\", such as \"submit_sm\", or by \"command_id\"");
    }
    if (by instanceof Json.Whole id) {
      Command command = Command.of((int) id.value());
      if (command == null) {
        throw new IllegalArgumentException(
            "command_id " + String.format("0x%08X", id.value()) + " is unknown");
      }
      return command;
    }
    String name = by.asText();
    List<String> names = new ArrayList<>();
    for (Command each : Command.values()) {
      if (each.wireName().equalsIgnoreCase(name)) {
        return each;
      }
      names.add(each.wireName());
    }
    if (name.toLowerCase(Locale.ROOT).startsWith("0x")) {
      Command command = Command.of((int) (long) Long.decode(name));
      if (command != null) {
        return command;
      }
    }
    throw new IllegalArgumentException(
        "there is no command '" + name + "'; " + Nearest.mend(name, names));
  }

  private static int status(Json.Obj json) {
    Json value = json.find("command_status");
    Json either = value == null ? json.find("status") : value;
    return either == null
        ? 0
        : either instanceof Json.Whole whole ? (int) whole.value() : Status.of(either.asText());
  }

  private static long number(Json.Obj json, String name, String other) {
    Json value = json.find(name);
    Json either = value == null ? json.find(other) : value;
    return either == null ? 0 : number(either);
  }

  private static long number(Json value) {
    return value instanceof Json.Text text ? Long.decode(text.value()) : value.asWhole();
  }

  private static void member(Pdu.Builder builder, Command command, String name, Json value) {
    for (Field field : command.fields()) {
      if (field.wireName().equals(name)) {
        field(builder, field, value);
        return;
      }
    }
    Tag tag = tag(name);
    if (tag == null) {
      List<String> names = new ArrayList<>();
      command.fields().forEach(field -> names.add(field.wireName()));
      for (Tag each : Tag.values()) {
        names.add(each.wireName());
      }
      throw new IllegalArgumentException(
          command.wireName()
              + " has no '"
              + name
              + "'; "
              + Nearest.to(name, names)
                  .map(near -> "did you mean '" + near + "'?")
                  .orElse("docs/smpp.md lists the names"));
    }
    builder.add(new Tlv(tag.code(), value(tag, value)));
  }

  private static void field(Pdu.Builder builder, Field field, Json value) {
    switch (field.kind()) {
      case BYTE -> builder.set(field, Math.toIntExact(number(value)));
      case TEXT -> builder.set(field, value.asText());
      case OCTETS -> builder.set(field, hex(field.wireName(), value.asText()));
      case DESTINATIONS -> {
        List<Destination> all = new ArrayList<>();
        value.asArray().forEach(each -> all.add(destination(each.asObject())));
        builder.destinations(all);
      }
      case FAILURES -> {
        List<Failure> all = new ArrayList<>();
        value.asArray().forEach(each -> all.add(failure(each.asObject())));
        builder.failures(all);
      }
    }
  }

  private static Destination destination(Json.Obj json) {
    String list = json.findText("dl_name");
    return list != null
        ? new Destination.DistributionList(list)
        : new Destination.Address(
            (int) number(json, "dest_addr_ton", "ton"),
            (int) number(json, "dest_addr_npi", "npi"),
            json.text("destination_addr"));
  }

  private static Failure failure(Json.Obj json) {
    return new Failure(
        (int) number(json, "dest_addr_ton", "ton"),
        (int) number(json, "dest_addr_npi", "npi"),
        json.text("destination_addr"),
        (int) number(json, "error_status_code", "status"));
  }

  /** Optional parameters come as a list of them, or as an object by their names or tags. */
  private static List<Json> tlvs(Json.Obj json) {
    Json tlvs = json.find("tlvs");
    if (tlvs instanceof Json.Obj byName) {
      List<Json> all = new ArrayList<>();
      byName
          .members()
          .forEach((name, value) ->
              all.add(Json.object().put("name", name).put("given", value).build()));
      return all;
    }
    return tlvs == null ? List.of() : tlvs.asArray();
  }

  private static Tlv tlv(Json.Obj json) {
    Json named = json.find("tag");
    Json by = named == null ? json.find("name") : named;
    if (by == null) {
      throw new IllegalArgumentException("an optional parameter needs a \"tag\" or a \"name\"");
    }
    Tag tag = by instanceof Json.Text name ? tag(name.value()) : Tag.of((int) by.asWhole());
    int code = tag == null ? code(by) : tag.code();
    Json given = json.find("given");
    if (given != null) {
      return new Tlv(code, tag == null ? hex("value", given.asText()) : value(tag, given));
    }
    String value = json.findText("value");
    if (value != null) {
      return new Tlv(code, hex("value", value));
    }
    Json number = json.find("number");
    Json text = json.find("text");
    if (tag == null || number == null && text == null) {
      throw new IllegalArgumentException(
          "the optional parameter " + code + " needs a \"value\" in hexadecimal digits");
    }
    return new Tlv(code, value(tag, number == null ? Json.of(json.text("text")) : number));
  }

  private static int code(Json by) {
    long code;
    try {
      code = number(by);
    } catch (NumberFormatException noNumber) {
      throw new IllegalArgumentException(
          "there is no optional parameter '" + by.asText() + "'; give its tag as a number",
          noNumber);
    }
    return (int) code;
  }

  private static @Nullable Tag tag(String name) {
    for (Tag tag : Tag.values()) {
      if (tag.wireName().equalsIgnoreCase(name)) {
        return tag;
      }
    }
    return null;
  }

  private static byte[] value(Tag tag, Json value) {
    if (value instanceof Json.Whole number) {
      return Tlv.number(tag, number.value()).value();
    }
    String text = value.asText();
    return switch (tag.kind()) {
      case TEXT -> Tlv.text(tag, text).value();
      case NUMBER -> Tlv.number(tag, Long.decode(text)).value();
      case OCTETS -> hex(tag.wireName(), text);
    };
  }

  /** The bytes of hexadecimal digits, with blanks and colons between them. */
  static byte[] hex(String name, String digits) {
    String bare = digits.replaceAll("(?i)^\\s*0x|[\\s:-]", "");
    try {
      return HexFormat.of().parseHex(bare);
    } catch (IllegalArgumentException wrong) {
      throw new IllegalArgumentException(
          name + " is not pairs of hexadecimal digits: " + wrong.getMessage(), wrong);
    }
  }

  private static Pdu withText(Pdu.Builder builder, Command command, Json.Obj json, String text) {
    if (!command.fields().contains(Field.SHORT_MESSAGE)) {
      throw new IllegalArgumentException(
          command.wireName() + " has no short_message for the text; use message_payload");
    }
    String named = json.findText("encoding");
    Json coding = json.find("data_coding");
    Encoding encoding =
        named != null
            ? Encoding.of(named)
            : coding == null ? null : Encoding.of((int) number(coding));
    Segments segments =
        new Segmenter(encoding, Segments.Join.PAYLOAD, 0, List.of(), false).divide(text);
    builder.set(Field.SHORT_MESSAGE, segments.parts().getFirst().message());
    if (coding == null && command.fields().contains(Field.DATA_CODING)) {
      builder.set(Field.DATA_CODING, segments.encoding().dataCoding());
    }
    return builder.build();
  }
}
