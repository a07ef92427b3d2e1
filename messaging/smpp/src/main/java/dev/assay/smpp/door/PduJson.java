package dev.assay.smpp.door;

import dev.assay.api.json.Json;
import dev.assay.smpp.codec.Destination;
import dev.assay.smpp.codec.Failure;
import dev.assay.smpp.codec.Field;
import dev.assay.smpp.codec.Pdu;
import dev.assay.smpp.codec.Status;
import dev.assay.smpp.codec.Tag;
import dev.assay.smpp.codec.Tlv;
import dev.assay.smpp.text.Encoding;
import dev.assay.smpp.text.Language;
import dev.assay.smpp.text.MessageText;
import dev.assay.smpp.text.Receipt;
import dev.assay.smpp.text.UserDataHeader;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;

/** Writes PDUs as JSON objects, with the names of the specification. */
public final class PduJson {

  private static final HexFormat HEX = HexFormat.of();

  private PduJson() {}

  /** All that a PDU says, and what its message means. */
  public static Json.Obj write(Pdu pdu) {
    Json.Builder json =
        Json.object()
            .put("command", pdu.command().wireName())
            .put("command_id", pdu.command().id() & 0xFFFFFFFFL)
            .put("command_length", pdu.encode().length)
            .put("command_status", pdu.status() & 0xFFFFFFFFL)
            .put("status", Status.name(pdu.status()))
            .put("sequence_number", pdu.sequence() & 0xFFFFFFFFL);
    if (pdu.hasBody()) {
      for (Field field : pdu.command().fields()) {
        field(json, field, pdu);
      }
    }
    List<Json> tlvs = new ArrayList<>();
    pdu.tlvs().forEach(tlv -> tlvs.add(tlv(tlv)));
    json.put("tlvs", Json.array(tlvs));
    if (pdu.message().length > 0) {
      message(json, pdu);
    }
    return json.build();
  }

  private static void field(Json.Builder json, Field field, Pdu pdu) {
    String name = field.wireName();
    switch (field.kind()) {
      case BYTE -> json.put(name, pdu.number(field));
      case TEXT -> json.put(name, pdu.text(field));
      case OCTETS ->
          json.put("sm_length", pdu.octets(field).length)
              .put(name, HEX.formatHex(pdu.octets(field)));
      case DESTINATIONS ->
          json.put("number_of_dests", pdu.destinations().size())
              .put(
                  name, Json.array(pdu.destinations().stream().map(PduJson::destination).toList()));
      case FAILURES ->
          json.put("no_unsuccess", pdu.failures().size())
              .put(name, Json.array(pdu.failures().stream().map(PduJson::failure).toList()));
    }
  }

  private static Json destination(Destination destination) {
    return switch (destination) {
      case Destination.Address address ->
          Json.object()
              .put("dest_flag", 1)
              .put("dest_addr_ton", address.ton())
              .put("dest_addr_npi", address.npi())
              .put("destination_addr", address.address())
              .build();
      case Destination.DistributionList list ->
          Json.object().put("dest_flag", 2).put("dl_name", list.name()).build();
    };
  }

  private static Json failure(Failure failure) {
    return Json.object()
        .put("dest_addr_ton", failure.ton())
        .put("dest_addr_npi", failure.npi())
        .put("destination_addr", failure.address())
        .put("error_status_code", failure.status() & 0xFFFFFFFFL)
        .build();
  }

  private static Json tlv(Tlv tlv) {
    Tag tag = Tag.of(tlv.tag());
    Json.Builder json = Json.object().put("tag", tlv.tag()).put("length", tlv.value().length);
    if (tag != null) {
      json.put("name", tag.wireName());
      if (tag.kind() == Tag.Kind.NUMBER && tlv.value().length > 0 && tlv.value().length <= 4) {
        json.put("number", tlv.number());
      } else if (tag.kind() == Tag.Kind.TEXT) {
        json.put("text", tlv.text());
      }
    }
    return json.put("value", HEX.formatHex(tlv.value())).build();
  }

  private static void message(Json.Builder json, Pdu pdu) {
    json.put("encoding", Encoding.of(pdu.number(Field.DATA_CODING)).wireName());
    MessageText.of(pdu).ifPresent(text -> json.put("text", text));
    MessageText.header(pdu).ifPresent(header -> json.put("udh", header(header)));
    Receipt.of(pdu).ifPresent(receipt -> json.put("receipt", receipt(receipt)));
  }

  private static Json header(UserDataHeader header) {
    Json.Builder json = Json.object().put("hex", HEX.formatHex(header.encode()));
    header
        .part()
        .ifPresent(part ->
            json.put("reference", part.reference())
                .put("bits", part.bits())
                .put("total", part.total())
                .put("part", part.part()));
    if (header.single() != Language.DEFAULT) {
      json.put("single_shift", header.single().name().toLowerCase(Locale.ROOT));
    }
    if (header.locking() != Language.DEFAULT) {
      json.put("locking_shift", header.locking().name().toLowerCase(Locale.ROOT));
    }
    return json.build();
  }

  /** What a receipt says. */
  static Json.Obj receipt(Receipt receipt) {
    Json.Builder json = Json.object().put("id", receipt.id());
    if (receipt.state() != null) {
      json.put("state", receipt.state().name().toLowerCase(Locale.ROOT));
    }
    json.put("stat", receipt.stateText()).put("err", receipt.error());
    if (receipt.submitted() != null) {
      json.put("submit_date", receipt.submitted().toString());
    }
    if (receipt.done() != null) {
      json.put("done_date", receipt.done().toString());
    }
    if (receipt.submittedParts() >= 0) {
      json.put("sub", receipt.submittedParts());
    }
    if (receipt.deliveredParts() >= 0) {
      json.put("dlvrd", receipt.deliveredParts());
    }
    return json.put("text", receipt.text()).build();
  }
}
