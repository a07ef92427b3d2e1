package dev.assay.smpp.door;

import dev.assay.api.json.Json;
import dev.assay.smpp.text.Encoding;
import dev.assay.smpp.text.Language;
import dev.assay.smpp.text.Segment;
import dev.assay.smpp.text.Segmenter;
import dev.assay.smpp.text.Segments;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;

/** Answers {@code {"text": …, "reference": 8}} by encoding, segments and their bytes. */
public final class SegmentDoor {

  private static final HexFormat HEX = HexFormat.of();

  private SegmentDoor() {}

  /** Answers one question. */
  public static Json.Obj answer(Json.Obj question) {
    return write(segmenter(question).divide(question.text("text")));
  }

  private static Segmenter segmenter(Json.Obj question) {
    Json encoding = question.find("encoding");
    Json smart = question.find("smart");
    Json number = question.find("number");
    List<Language> languages = new ArrayList<>();
    question.array("languages").forEach(each -> languages.add(Language.of(each.asText())));
    return new Segmenter(
        encoding == null || encoding.asText().equals("auto")
            ? null
            : Encoding.of(encoding.asText()),
        join(question),
        number == null ? 1 : (int) number.asWhole(),
        languages,
        smart != null && smart.asBool());
  }

  private static Segments.Join join(Json.Obj question) {
    String join = question.findText("join");
    Json reference = question.find("reference");
    String bits = reference == null ? "8" : bits(reference);
    return join(join == null ? "udh" : join, bits);
  }

  private static String bits(Json reference) {
    return reference instanceof Json.Whole whole
        ? Long.toString(whole.value())
        : reference.asText();
  }

  /**
   * How parts are joined.
   *
   * @param join {@code udh}, {@code sar} or {@code payload}
   * @param reference {@code 8} or {@code 16}
   */
  public static Segments.Join join(String join, String reference) {
    return switch (join.toLowerCase(Locale.ROOT)) {
      case "udh" ->
          switch (reference) {
            case "8" -> Segments.Join.UDH8;
            case "16" -> Segments.Join.UDH16;
            default ->
                throw new IllegalArgumentException(
                    "a reference has 8 or 16 bits, not '" + reference + "'");
          };
      case "sar" -> Segments.Join.SAR;
      case "payload" -> Segments.Join.PAYLOAD;
      default ->
          throw new IllegalArgumentException(
              "parts are joined by udh, sar or payload, not by '" + join + "'");
    };
  }

  /** A divided text. */
  static Json.Obj write(Segments segments) {
    List<Json> parts = new ArrayList<>();
    int bytes = 0;
    int units = 0;
    for (Segment part : segments.parts()) {
      byte[] userData = part.userData(segments.encoding());
      bytes += userData.length;
      units += part.units();
      parts.add(
          Json.object()
              .put("part", part.part())
              .put("text", part.text())
              .put("units", part.units())
              .put("udh", HEX.formatHex(part.header()))
              .put("short_message", HEX.formatHex(part.shortMessage()))
              .put("bytes", HEX.formatHex(userData))
              .put("length", userData.length)
              .build());
    }
    List<Json> replaced = new ArrayList<>();
    segments
        .replaced()
        .forEach(each ->
            replaced.add(
                Json.object()
                    .put("index", each.index())
                    .put("from", each.from())
                    .put("to", each.to())
                    .build()));
    return Json.object()
        .put("encoding", segments.encoding().wireName())
        .put("data_coding", segments.encoding().dataCoding())
        .put("count", segments.parts().size())
        .put("units", units)
        .put("bytes", bytes)
        .put("locking_shift", segments.locking().name().toLowerCase(Locale.ROOT))
        .put("single_shift", segments.single().name().toLowerCase(Locale.ROOT))
        .put("segments", Json.array(parts))
        .put("replaced", Json.array(replaced))
        .build();
  }
}
