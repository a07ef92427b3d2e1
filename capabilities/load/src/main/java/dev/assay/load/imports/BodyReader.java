package dev.assay.load.imports;

import dev.assay.api.json.Json;
import dev.assay.api.json.JsonException;
import dev.assay.api.json.JsonReader;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads the recorded text of a body as what its content type says it is. */
final class BodyReader {

  private static final int LONGEST_INLINE = 32 << 10;
  private static final Pattern BOUNDARY =
      Pattern.compile("boundary=(?:\"([^\"]{1,200})\"|([^;\\s]{1,200}))", Pattern.CASE_INSENSITIVE);
  private static final Pattern NAME = Pattern.compile("[; ]name=\"([^\"]*)\"");
  private static final Pattern FILE_NAME = Pattern.compile("[; ]filename=\"([^\"]*)\"");
  private static final Pattern TYPE =
      Pattern.compile("(?im)^content-type:[ \\t]*([^\\r\\n]{1,200})");
  private static final Pattern NUMBER = Pattern.compile("-?\\d+(?:\\.\\d+)?(?:[eE][-+]?\\d+)?");

  private final WorkspaceDraft draft;

  BodyReader(WorkspaceDraft draft) {
    this.draft = draft;
  }

  /**
   * The request with that body. Its header Content-Type is kept only where the kind of body does
   * not say the same.
   *
   * @param type its content type; empty where it is not known
   * @param text the text of the body
   */
  RequestDraft with(RequestDraft request, String type, String text) {
    String mime = mime(type);
    if (text.isEmpty()) {
      return request;
    }
    if (mime.equals("application/x-www-form-urlencoded")) {
      List<Field> fields = FormText.decode(text);
      if (!fields.isEmpty() && text.contains("=")) {
        return request.without("content-type").with(new Payload.OfForm(fields));
      }
    }
    if (mime.equals("multipart/form-data")) {
      List<Payload.Part> parts = multipart(type, text);
      if (!parts.isEmpty()) {
        return request.without("content-type").with(new Payload.OfMultipart(parts));
      }
    }
    Json json = isJson(mime) ? exactly(text) : null;
    if (json != null) {
      RequestDraft typed =
          mime.equals("application/json") ? request.without("content-type") : request;
      return typed.with(new Payload.OfJson(RequestDraft.quoted(json)));
    }
    if (text.length() > LONGEST_INLINE) {
      String masked = Credentials.masked(text);
      String path = draft.file("body.txt", masked.getBytes(StandardCharsets.UTF_8));
      RequestDraft big = request.with(new Payload.OfFile(path));
      return masked.equals(text)
          ? big
          : big.commented("credentials in " + path + " were replaced by ***");
    }
    return request.with(new Payload.OfText(Texts.literal(text)));
  }

  /** A content type without its parameters, lower case. */
  static String mime(String type) {
    int semicolon = type.indexOf(';');
    return (semicolon < 0 ? type : type.substring(0, semicolon)).strip().toLowerCase(Locale.ROOT);
  }

  /** Whether a content type is JSON. */
  static boolean isJson(String mime) {
    return mime.equals("application/json") || mime.endsWith("+json") || mime.equals("text/json");
  }

  /** A JSON text as a value, null where it is none or the value would not say the same numbers. */
  static @Nullable Json exactly(String text) {
    Json value = json(text);
    return value != null && numbersFit(text) ? value : null;
  }

  /** A JSON text as a value, null where it is none. */
  static @Nullable Json json(String text) {
    try {
      return JsonReader.read(text);
    } catch (JsonException notJson) {
      return null;
    }
  }

  private static boolean numbersFit(String text) {
    boolean inText = false;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (inText) {
        i += c == '\\' ? 1 : 0;
        inText = c != '"';
      } else if (c == '"') {
        inText = true;
      } else if (c == '-' || c >= '0' && c <= '9') {
        Matcher number = NUMBER.matcher(text).region(i, Math.min(text.length(), i + 60));
        if (!number.lookingAt() || number.end() - i > 40 || !fits(number.group())) {
          return false;
        }
        i = number.end() - 1;
      }
    }
    return true;
  }

  private static boolean fits(String number) {
    if (number.matches("-?\\d{1,18}")) {
      return true;
    }
    double value = Double.parseDouble(number);
    return Double.isFinite(value)
        && new BigDecimal(number).compareTo(new BigDecimal(Double.toString(value))) == 0;
  }

  private List<Payload.Part> multipart(String type, String text) {
    Matcher boundary = BOUNDARY.matcher(type);
    if (!boundary.find()) {
      return List.of();
    }
    String mark = "--" + (boundary.group(1) != null ? boundary.group(1) : boundary.group(2));
    List<Payload.Part> parts = new ArrayList<>();
    String[] pieces = text.split(Pattern.quote(mark), 1002);
    for (int i = 1; i < pieces.length && !pieces[i].startsWith("--"); i++) {
      Payload.Part part = part(pieces[i]);
      if (part != null) {
        parts.add(part);
      }
    }
    return parts;
  }

  private Payload.@Nullable Part part(String piece) {
    String content = piece.replaceFirst("^\\r?\\n", "").replaceFirst("\\r?\\n$", "");
    Matcher gap = Pattern.compile("\\r?\\n\\r?\\n").matcher(content);
    if (!gap.find()) {
      return null;
    }
    String head = content.substring(0, gap.start());
    String value = content.substring(gap.end());
    Matcher name = NAME.matcher(head);
    if (!name.find()) {
      return null;
    }
    Matcher type = TYPE.matcher(head);
    Matcher file = FILE_NAME.matcher(head);
    String own = type.find() ? type.group(1).strip() : null;
    return file.find()
        ? filePart(name.group(1), file.group(1), own, value.getBytes(StandardCharsets.UTF_8))
        : new Payload.Part(name.group(1), Texts.literal(value), null, own);
  }

  /** A part with a file; where its content is not known, the file has to be put there. */
  Payload.Part filePart(String name, String file, @Nullable String type, byte[] content) {
    String path = draft.file(file.isEmpty() ? "file" : file, content);
    if (content.length == 0) {
      draft.tasks.add("put the file '" + path + "' beside the workspace; its content is not known");
    }
    return new Payload.Part(name, null, path, type);
  }
}
