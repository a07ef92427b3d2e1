package dev.assay.api.json;

import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Arrays;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The members of a small object, in their own order: two arrays, as nearly all objects have a
 * handful, and a table for each of them is most of what reading costs. Immutable; its names are
 * well-formed.
 */
final class Members extends AbstractMap<String, Json> {

  /** With more of them a table finds names faster. */
  static final int MOST = 16;

  private final String[] names;
  private final Json[] values;
  private final int size;
  private final boolean sorted;

  private Members(String[] names, Json[] values, int size, boolean sorted) {
    this.names = names;
    this.values = values;
    this.size = size;
    this.sorted = sorted;
  }

  /** Whether the names come in the order of the canonical form. */
  boolean sorted() {
    return sorted;
  }

  String name(int index) {
    return names[index];
  }

  Json value(int index) {
    return values[index];
  }

  @Override
  public int size() {
    return size;
  }

  @Override
  public @Nullable Json get(@Nullable Object name) {
    for (int i = 0; i < size; i++) {
      if (names[i].equals(name)) {
        return values[i];
      }
    }
    return null;
  }

  @Override
  public boolean containsKey(@Nullable Object name) {
    return get(name) != null;
  }

  @Override
  public void forEach(BiConsumer<? super String, ? super Json> action) {
    for (int i = 0; i < size; i++) {
      action.accept(names[i], values[i]);
    }
  }

  @Override
  public Set<Entry<String, Json>> entrySet() {
    return new AbstractSet<>() {
      @Override
      public int size() {
        return size;
      }

      @Override
      public Iterator<Entry<String, Json>> iterator() {
        return new Entries();
      }
    };
  }

  private final class Entries implements Iterator<Entry<String, Json>> {
    private int next;

    @Override
    public boolean hasNext() {
      return next < size;
    }

    @Override
    public Entry<String, Json> next() {
      if (next == size) {
        throw new NoSuchElementException();
      }
      return Map.entry(names[next], values[next++]);
    }
  }

  /** Collects members. Not for use by several threads. */
  static final class Collector {

    private String[] names = new String[8];
    private Json[] values = new Json[8];
    private int size;
    private boolean sorted = true;
    private boolean plain = true;
    private @Nullable Map<String, Json> table;

    /** Adds one, or replaces the one of that name, which is given; null where there was none. */
    @Nullable Json put(String name, Json value) {
      plain &= Surrogates.none(name);
      return putPlain(name, value);
    }

    /** As {@link #put}, of a name that surely has no surrogates. */
    @Nullable Json putPlain(String name, Json value) {
      if (table != null) {
        return table.put(name, value);
      }
      sorted &= size == 0 || names[size - 1].compareTo(name) < 0;
      for (int i = sorted ? size : 0; i < size; i++) {
        if (names[i].equals(name)) {
          Json before = values[i];
          values[i] = value;
          return before;
        }
      }
      if (size == MOST) {
        table = table();
        return table.put(name, value);
      }
      if (size == names.length) {
        names = Arrays.copyOf(names, MOST);
        values = Arrays.copyOf(values, MOST);
      }
      names[size] = name;
      values[size++] = value;
      return null;
    }

    private Map<String, Json> table() {
      Map<String, Json> all = new LinkedHashMap<>();
      for (int i = 0; i < size; i++) {
        all.put(names[i], values[i]);
      }
      return all;
    }

    /** All of them; {@link Members} where they are few and their names plain. */
    Map<String, Json> members() {
      if (table != null) {
        return Collections.unmodifiableMap(table);
      }
      return plain
          ? new Members(Arrays.copyOf(names, size), Arrays.copyOf(values, size), size, sorted)
          : Collections.unmodifiableMap(table());
    }
  }
}
