package dev.assay.load.http2;

import org.jspecify.annotations.Nullable;

/**
 * The open streams of a connection by their number, in an array with linear probing: numbers of a
 * client are odd and ascend, so neighbours rarely meet. It doubles when half full and never
 * shrinks.
 */
final class StreamTable {

  private @Nullable Http2Stream[] slots = new @Nullable Http2Stream[64];
  private int size;

  int size() {
    return size;
  }

  @Nullable Http2Stream get(int id) {
    for (int i = home(id); ; i = next(i)) {
      Http2Stream there = slots[i];
      if (there == null || there.id == id) {
        return there;
      }
    }
  }

  void put(Http2Stream stream) {
    if (2 * (size + 1) > slots.length) {
      grow();
    }
    insert(stream);
    size++;
  }

  private void insert(Http2Stream stream) {
    int i = home(stream.id);
    while (slots[i] != null) {
      i = next(i);
    }
    slots[i] = stream;
  }

  private void grow() {
    @Nullable Http2Stream[] old = slots;
    slots = new @Nullable Http2Stream[2 * old.length];
    for (Http2Stream stream : old) {
      if (stream != null) {
        insert(stream);
      }
    }
  }

  void remove(Http2Stream stream) {
    int gap = home(stream.id);
    while (slots[gap] != stream) {
      gap = next(gap);
    }
    size--;
    // What stands behind the gap moves into it unless its home lies between the two.
    for (int i = next(gap); ; i = next(i)) {
      Http2Stream candidate = slots[i];
      if (candidate == null) {
        break;
      }
      int distance = i - home(candidate.id) & slots.length - 1;
      if (distance >= (i - gap & slots.length - 1)) {
        slots[gap] = candidate;
        gap = i;
      }
    }
    slots[gap] = null;
  }

  private int home(int id) {
    return id >>> 1 & slots.length - 1;
  }

  private int next(int i) {
    return i + 1 & slots.length - 1;
  }
}
