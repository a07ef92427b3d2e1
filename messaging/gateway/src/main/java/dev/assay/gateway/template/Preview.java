package dev.assay.gateway.template;

import dev.assay.api.json.Json;
import dev.assay.smpp.text.Segment;
import dev.assay.smpp.text.Segmenter;
import dev.assay.smpp.text.Segments;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What a template becomes as a short message: its text, how it is coded, and how many messages it
 * takes, with these values and with the longest ones. Immutable.
 *
 * @param filled the text
 * @param segments how it is sent
 * @param atMost how many messages it takes where all values are as long as they may be
 */
public record Preview(MessageTemplate.Filled filled, Segments segments, int atMost) {

  /**
   * The preview in one language.
   *
   * @param values the values
   * @param smart whether characters are replaced by others that say the same, where that saves
   *     messages
   * @throws dev.assay.api.problem.ProblemException where values do not fit
   * @throws IllegalArgumentException where the text takes more than 255 messages
   */
  public static Preview of(
      MessageTemplate template,
      Map<String, Json> values,
      Locale locale,
      ZoneId zone,
      boolean smart) {
    MessageTemplate.Filled filled = template.fill(values, locale, zone);
    String longest = template.fill(template.longest(), locale, zone).text();
    return new Preview(
        filled, divided(filled.text(), smart), divided(longest, smart).parts().size());
  }

  /** How a text is sent as short messages. */
  public static Segments divided(String text, boolean smart) {
    return new Segmenter(null, Segments.Join.UDH8, 1, List.of(), smart).divide(text);
  }

  /** The preview as the API and the command line tell it. */
  public Json.Obj json() {
    List<Json> parts = new ArrayList<>();
    int units = 0;
    for (Segment part : segments.parts()) {
      units += part.units();
      parts.add(Json.of(part.text()));
    }
    List<Json> replaced = new ArrayList<>();
    segments
        .replaced()
        .forEach(each -> replaced.add(Json.of("'" + each.from() + "' by '" + each.to() + "'")));
    String text = filled.text();
    return Json.object()
        .put("locale", filled.locale().toLanguageTag())
        .putIfPresent("subject", filled.subject())
        .put("text", text)
        .put("characters", text.codePointCount(0, text.length()))
        .put("encoding", segments.encoding().wireName())
        .put("units", units)
        .put("segments", Json.array(parts))
        .put("segments_at_most", atMost)
        .put("replaced", Json.array(replaced))
        .build();
  }
}
