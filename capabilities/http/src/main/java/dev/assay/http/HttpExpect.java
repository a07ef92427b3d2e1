package dev.assay.http;

import dev.assay.api.problem.Place;
import dev.assay.api.spi.Doc;
import dev.assay.api.value.Comparison;
import dev.assay.api.value.Template;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What must hold of an answer.
 *
 * @param status the status code, or null for {@code < 400}
 * @param time from sending to the last byte
 * @param headers by name
 * @param body by JSON path
 * @param bodySize in bytes
 * @param text the whole body
 * @param tls the connection
 * @param place where it is written
 */
@Doc("What must hold of an answer.")
public record HttpExpect(
    @Doc("The status code: 201, < 300, ~ ^2; < 400 where it is not written.")
        @Nullable Comparison status,
    @Doc("From sending the request to the last byte of the answer: < 500 ms.")
        @Nullable Comparison time,
    @Doc("Headers by name: a comparison, exists or absent.") Map<String, Comparison> headers,
    @Doc("Values of a JSON body by JSON path: a comparison, exists or absent.")
        Map<String, Comparison> body,
    @Doc("The size of the body: < 1 MB.") @Nullable Comparison bodySize,
    @Doc("The whole body as text: ~ coffee.") @Nullable Comparison text,
    @Doc("The TLS connection and the server's certificate.") @Nullable HttpTlsExpect tls,
    Place place) {

  /** What is expected where nothing is written. */
  static final HttpExpect NOTHING =
      new HttpExpect(null, null, Map.of(), Map.of(), null, null, null, Place.NONE);

  /** Copies the collections. */
  public HttpExpect {
    headers = InOrder.copy(headers);
    body = InOrder.copy(body);
  }

  /** The same with the values of variables in it. Durations, sizes and TLS details take none. */
  HttpExpect filled(Function<Template, String> values) {
    return new HttpExpect(
        status == null ? null : status.filled(values),
        time,
        filled(headers, values),
        filled(body, values),
        bodySize,
        text == null ? null : text.filled(values),
        tls,
        place);
  }

  private static Map<String, Comparison> filled(
      Map<String, Comparison> comparisons, Function<Template, String> values) {
    Map<String, Comparison> filled = new LinkedHashMap<>();
    comparisons.forEach((name, comparison) -> filled.put(name, comparison.filled(values)));
    return filled;
  }

  /** The names of the variables that {@link #filled} needs. */
  Set<String> names() {
    Set<String> names = new LinkedHashSet<>();
    filled(template -> {
      names.addAll(template.names());
      return "0";
    });
    return names;
  }
}
