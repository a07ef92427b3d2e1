package dev.assay.api.json;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A JSON value. Immutable, with value equality. */
public sealed interface Json {

  /** The one value of {@code null}. */
  record Null() implements Json {
    /**
     * The value; held here, as an interface that makes its own subclass can deadlock as classes
     * load.
     */
    public static final Null VALUE = new Null();
  }

  /**
   * True or false.
   *
   * @param value the value
   */
  record Bool(boolean value) implements Json {}

  /**
   * A whole number of 64 bits.
   *
   * @param value the value
   */
  record Whole(long value) implements Json {}

  /**
   * A finite number that is not whole, or does not fit 64 bits.
   *
   * @param value finite, and not a number that {@link Whole} can hold
   */
  record Real(double value) implements Json {
    /** Refuses NaN and the infinities, which JSON cannot say, and what is a {@link Whole}. */
    public Real {
      if (!Double.isFinite(value)) {
        throw new IllegalArgumentException("JSON has no " + value);
      }
      if (fitsWhole(value)) {
        throw new IllegalArgumentException(value + " is a whole number; use Json.of");
      }
    }
  }

  /**
   * A text.
   *
   * @param value any characters; a lone surrogate, which UTF-8 cannot say, becomes U+FFFD
   */
  record Text(String value) implements Json {
    /** Replaces lone surrogates, so that what is written is what is held. */
    public Text {
      value = Surrogates.paired(value);
    }
  }

  /**
   * An array.
   *
   * @param items its items in order
   */
  record Array(List<Json> items) implements Json {
    /** Copies the list. */
    public Array {
      items = List.copyOf(items);
    }
  }

  /**
   * An object; equality ignores the order of its members, iteration keeps it.
   *
   * @param members by name; lone surrogates in names become U+FFFD
   */
  record Obj(Map<String, Json> members) implements Json {
    /** Copies the map, keeping its order; refuses names that differ only in lone surrogates. */
    public Obj {
      if (!(members instanceof Members)) {
        Members.Collector copy = new Members.Collector();
        members.forEach((name, value) -> {
          if (copy.put(Surrogates.paired(name), value) != null) {
            throw new IllegalArgumentException("two members are named '" + name + "'");
          }
        });
        members = copy.members();
      }
    }

    /** The member of that name, or null where it is absent or JSON null. */
    public @Nullable Json find(String name) {
      Json value = members.get(name);
      return value instanceof Null ? null : value;
    }

    /** The member of that name. */
    public Json get(String name) {
      Json value = find(name);
      if (value == null) {
        throw new JsonException("there is no '" + name + "'", -1);
      }
      return value;
    }

    /** The text of that name. */
    public String text(String name) {
      return get(name).asText();
    }

    /** The text of that name, or null where it is absent. */
    public @Nullable String findText(String name) {
      Json value = find(name);
      return value == null ? null : value.asText();
    }

    /** The whole number of that name. */
    public long whole(String name) {
      return get(name).asWhole();
    }

    /** The object of that name. */
    public Obj object(String name) {
      return get(name).asObject();
    }

    /** The array of that name; empty where it is absent. */
    public List<Json> array(String name) {
      Json value = find(name);
      return value == null ? List.of() : value.asArray();
    }
  }

  /** This as a text. */
  default String asText() {
    return this instanceof Text text ? text.value() : wrong("a text");
  }

  /** This as a whole number. */
  default long asWhole() {
    return this instanceof Whole whole
        ? whole.value()
        : JsonException.raise("a whole number", this);
  }

  /** This as a number. */
  default double asNumber() {
    return switch (this) {
      case Whole whole -> whole.value();
      case Real real -> real.value();
      default -> JsonException.raise("a number", this);
    };
  }

  /** This as true or false. */
  default boolean asBool() {
    return this instanceof Bool bool ? bool.value() : JsonException.raise("true or false", this);
  }

  /** This as an array. */
  default List<Json> asArray() {
    return this instanceof Array array ? array.items() : wrong("an array");
  }

  /** This as an object. */
  default Obj asObject() {
    return this instanceof Obj object ? object : wrong("an object");
  }

  private <T> T wrong(String wanted) {
    return JsonException.raise(wanted, this);
  }

  /** A text. */
  static Json of(String value) {
    return new Text(value);
  }

  /** A whole number. */
  static Json of(long value) {
    return new Whole(value);
  }

  /**
   * A number; whole ones that fit 64 bits become {@link Whole}, so that equal numbers have one
   * form.
   */
  static Json of(double value) {
    return fitsWhole(value) ? new Whole((long) value) : new Real(value);
  }

  private static boolean fitsWhole(double value) {
    return value == Math.rint(value) && value >= -0x1p63 && value < 0x1p63;
  }

  /** True or false. */
  static Json of(boolean value) {
    return new Bool(value);
  }

  /** An array. */
  static Json array(List<? extends Json> items) {
    return new Array(new ArrayList<>(items));
  }

  /**
   * An object of texts, sorted by name. Of names that differ only in lone surrogates the first is
   * kept: an odd label of a foreign report is no reason to lose the evidence it is on.
   */
  static Json texts(Map<String, String> map) {
    Map<String, Json> members = new LinkedHashMap<>();
    new TreeMap<>(map)
        .forEach((name, value) -> members.putIfAbsent(Surrogates.paired(name), of(value)));
    return new Obj(members);
  }

  /** Starts an object. */
  static Builder object() {
    return new Builder();
  }

  /** Collects the members of an object. Not for use by several threads. */
  final class Builder {
    private final Members.Collector members = new Members.Collector();

    private Builder() {}

    /** Adds a member. */
    public Builder put(String name, Json value) {
      var _ = members.put(name, value);
      return this;
    }

    /** Adds a text. */
    public Builder put(String name, String value) {
      return put(name, of(value));
    }

    /** Adds a text, or nothing where it is null. */
    public Builder putIfPresent(String name, @Nullable String value) {
      return value == null ? this : put(name, of(value));
    }

    /** Adds a whole number. */
    public Builder put(String name, long value) {
      return put(name, of(value));
    }

    /** Adds a number. */
    public Builder put(String name, double value) {
      return put(name, of(value));
    }

    /** Adds true or false. */
    public Builder put(String name, boolean value) {
      return put(name, of(value));
    }

    /** The object. */
    public Obj build() {
      return new Obj(members.members());
    }
  }
}
