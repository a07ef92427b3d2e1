package dev.assay.smpp.door;

import dev.assay.api.json.Json;
import dev.assay.smpp.codec.Frame;
import dev.assay.smpp.codec.MalformedPduException;
import dev.assay.smpp.codec.PduDecoder;
import dev.assay.smpp.codec.Status;
import java.util.ArrayList;
import java.util.List;

/** Answers {@code {"hex": …}} by the fields of the PDU, or by what is wrong with it. */
public final class DecodeDoor {

  private DecodeDoor() {}

  /** Answers one question. */
  public static Json.Obj answer(Json.Obj question) {
    byte[] bytes = PduReader.hex("hex", question.text("hex"));
    List<Json> all = new ArrayList<>();
    int at = 0;
    do {
      int length = whole(bytes, at);
      all.add(decoded(bytes, at, length));
      at += length;
    } while (at < bytes.length);
    return all.size() == 1
        ? all.getFirst().asObject()
        : Json.object().put("pdus", Json.array(all)).build();
  }

  /** The length that the PDU at a place says, where that can be, else all that is left. */
  private static int whole(byte[] bytes, int at) {
    int left = bytes.length - at;
    int length = left < Frame.HEADER ? 0 : Frame.lengthAt(bytes, at);
    return length >= Frame.HEADER && length <= left ? length : left;
  }

  private static Json.Obj decoded(byte[] bytes, int at, int length) {
    try {
      return PduJson.write(PduDecoder.decode(bytes, at, length));
    } catch (MalformedPduException malformed) {
      return Json.object()
          .put("error", String.valueOf(malformed.getMessage()))
          .put("command_status", malformed.status())
          .put("status", Status.name(malformed.status()))
          .put("answered_by", malformed.header() ? "generic_nack" : "response")
          .build();
    }
  }
}
