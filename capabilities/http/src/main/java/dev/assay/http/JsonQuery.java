package dev.assay.http;

import com.jayway.jsonpath.Configuration;
import com.jayway.jsonpath.InvalidJsonException;
import com.jayway.jsonpath.JsonPath;
import com.jayway.jsonpath.JsonPathException;
import com.jayway.jsonpath.PathNotFoundException;
import com.jayway.jsonpath.spi.json.AbstractJsonProvider;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A compiled JSON path. Immutable, thread-safe. */
final class JsonQuery {

  /** JSON Path's compiler recurses; paths that people write are far shorter. */
  private static final int LONGEST_PATH = 500;

  private static final String VERBOSITY = "slf4j.internal.verbosity";

  static {
    // JSON Path logs through SLF4J, which otherwise complains on standard error where the
    // distribution has no logging. This switches off only that complaint.
    if (System.getProperty(VERBOSITY) == null) {
      System.setProperty(VERBOSITY, "ERROR");
    }
  }

  private static final Configuration CONFIGURATION =
      Configuration.builder().jsonProvider(new Trees()).build();

  private final JsonPath path;

  private JsonQuery(JsonPath path) {
    this.path = path;
  }

  /**
   * Compiles a path.
   *
   * @throws IllegalArgumentException with a sentence for people, if it is none
   */
  static JsonQuery compile(String path) {
    if (!path.startsWith("$")) {
      throw new IllegalArgumentException("a JSON path begins with $");
    }
    if (path.length() > LONGEST_PATH) {
      throw new IllegalArgumentException("a JSON path has at most " + LONGEST_PATH + " characters");
    }
    try {
      return new JsonQuery(JsonPath.compile(path));
    } catch (JsonPathException | IllegalArgumentException | IndexOutOfBoundsException broken) {
      throw new IllegalArgumentException(String.valueOf(broken.getMessage()), broken);
    }
  }

  /** Whether it can find at most one value. */
  boolean definite() {
    return path.isDefinite();
  }

  /** What it finds in a document: nothing, or values, which may be null. */
  List<@Nullable Object> find(@Nullable Object document) {
    if (document == null) {
      return List.of();
    }
    try {
      Object found = path.read(document, CONFIGURATION);
      if (!path.isDefinite() && found instanceof List<?> values) {
        return new ArrayList<@Nullable Object>(values);
      }
      List<@Nullable Object> one = new ArrayList<>();
      one.add(found);
      return one;
    } catch (PathNotFoundException nothing) {
      return List.of();
    } catch (JsonPathException
        | ClassCastException
        | ArithmeticException
        | StackOverflowError impossible) {
      // a function or filter that does not fit what the service sent finds nothing there
      return List.of();
    }
  }

  /** Objects and arrays as the JDK's maps and lists. */
  private static final class Trees extends AbstractJsonProvider {

    @Override
    public Object parse(String json) {
      try {
        Object value = StrictJson.read(json);
        if (value == null) {
          throw new InvalidJsonException("null");
        }
        return value;
      } catch (StrictJson.NotJson broken) {
        throw new InvalidJsonException(broken);
      }
    }

    @Override
    public Object parse(InputStream stream, String charset) {
      throw new InvalidJsonException("streams are not read");
    }

    @Override
    public String toJson(Object value) {
      return JsonText.of(value);
    }

    @Override
    public Object createArray() {
      return new ArrayList<Object>();
    }

    @Override
    public Object createMap() {
      return new LinkedHashMap<String, Object>();
    }
  }
}
