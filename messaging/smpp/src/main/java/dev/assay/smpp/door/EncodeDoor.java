package dev.assay.smpp.door;

import dev.assay.api.json.Json;
import java.util.HexFormat;

/** Answers the fields of a PDU by {@code {"hex": …}}. */
public final class EncodeDoor {

  private EncodeDoor() {}

  /** Answers one question. */
  public static Json.Obj answer(Json.Obj question) {
    byte[] bytes = PduReader.read(question).encode();
    return Json.object()
        .put("hex", HexFormat.of().formatHex(bytes))
        .put("length", bytes.length)
        .build();
  }
}
