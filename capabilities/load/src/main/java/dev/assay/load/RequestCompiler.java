package dev.assay.load;

import dev.assay.api.json.Json;
import dev.assay.api.json.JsonWriter;
import dev.assay.api.problem.Place;
import dev.assay.api.spi.CheckContext;
import dev.assay.api.value.Template;
import dev.assay.load.http1.CompiledRequest;
import dev.assay.load.http1.Segment;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Encodes a step as the bytes of an HTTP/1.1 request (RFC 9112 section 3), variables filled. */
final class RequestCompiler {

  private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]+");
  private static final Pattern LINE_BREAK = Pattern.compile("[\\r\\n\\x00]");
  private static final Set<String> FRAMING = Set.of("content-length", "transfer-encoding");
  private static final Set<String> WITH_BODY = Set.of("POST", "PUT", "PATCH");

  private final CheckContext context;
  private final Map<String, Template> common;

  /** A compiler for steps that share those headers. */
  RequestCompiler(CheckContext context, Map<String, Template> common) {
    this.context = context;
    this.common = common;
  }

  /**
   * Encodes a step.
   *
   * @param name its name in evidence, unique in the flow
   * @param address where it goes
   */
  CompiledRequest compile(LoadStep step, String name, Address address) {
    String method = step.calls().getFirst().method();
    byte[] body = body(step);
    Map<String, String> headers = new LinkedHashMap<>();
    add(headers, "Host", address.authority());
    add(headers, "User-Agent", "assay-load");
    add(headers, "Accept", "*/*");
    if (step.json() != null) {
      add(headers, "Content-Type", "application/json");
    }
    common.forEach((header, value) -> own(headers, header, value, step.place()));
    step.headers().forEach((header, value) -> own(headers, header, value, step.place()));
    if (body.length > 0 || WITH_BODY.contains(method)) {
      add(headers, "Content-Length", Integer.toString(body.length));
    }
    StringBuilder text = new StringBuilder();
    text.append(method).append(' ').append(address.resource()).append(" HTTP/1.1\r\n");
    headers.values().forEach(line -> text.append(line).append("\r\n"));
    text.append("\r\n");
    List<Segment> segments = new ArrayList<>();
    segments.add(new Segment.Fixed(text.toString().getBytes(StandardCharsets.UTF_8)));
    if (body.length > 0) {
      segments.add(new Segment.Fixed(body));
    }
    return new CompiledRequest(
        name, method.equals("HEAD"), segments, AcceptedStatuses.of(step.expect()));
  }

  private void own(Map<String, String> headers, String header, Template value, Place place) {
    String filled = context.fill(value);
    if (!TOKEN.matcher(header).matches() || LINE_BREAK.matcher(filled).find()) {
      throw LoadProblems.HEADER.failure(
          place,
          "the header '" + header + "' has an invalid name, or a line break in its value",
          "use letters, digits and - in the name, and one line as the value");
    }
    if (FRAMING.contains(header.toLowerCase(Locale.ROOT))) {
      throw LoadProblems.HEADER.failure(
          place, "the header '" + header + "' is set by the engine", "remove it");
    }
    add(headers, header, filled);
  }

  /** Puts a header line; one of the same name, whatever its case, is replaced where it stands. */
  private static void add(Map<String, String> headers, String header, String value) {
    headers.put(header.toLowerCase(Locale.ROOT), header + ": " + value);
  }

  private byte[] body(LoadStep step) {
    Json json = step.json();
    Template text = step.body();
    if (json != null) {
      return JsonWriter.canonicalBytes(filled(json));
    }
    return text == null ? new byte[0] : context.fill(text).getBytes(StandardCharsets.UTF_8);
  }

  private Json filled(@Nullable Json value) {
    return switch (value) {
      case null -> Json.Null.VALUE;
      case Json.Text text -> Json.of(context.fill(Template.parse(text.value())));
      case Json.Array array -> Json.array(array.items().stream().map(this::filled).toList());
      case Json.Obj object -> {
        Map<String, Json> members = new LinkedHashMap<>();
        object.members().forEach((name, member) -> members.put(name, filled(member)));
        yield new Json.Obj(members);
      }
      default -> value;
    };
  }
}
