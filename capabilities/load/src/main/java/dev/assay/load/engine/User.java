package dev.assay.load.engine;

import dev.assay.load.extract.Bytes;
import dev.assay.load.grpc.CompiledCall;
import dev.assay.load.request.CompiledRequest;
import org.jspecify.annotations.Nullable;

/**
 * One user under way: flat fields that the next pass overwrites. Pooled, used only on its loop's
 * thread.
 */
final class User {

  private static final int LONGEST_VALUE = 1 << 20;
  private static final double DOUBLE_UNIT = 0x1.0p-53;

  /** What brings this user. */
  @Nullable Runner runner;

  /** Where its steps are recorded; below 0 for nowhere. */
  int recorded;

  Instruction[] program = {};

  /** Which instruction is next. */
  int at;

  /** The number of this pass among all of the run. */
  long sequence;

  /** Which user of a closed phase this is. */
  int index;

  /** Which pass of this user it is. */
  long pass;

  /** When the request under way should have been sent. */
  long intended;

  /** When it was sent. */
  long sent;

  /** When the first of a response came that came in several pieces; 0 for not or not yet. */
  long first;

  @Nullable CompiledRequest request;

  /** The connection that it may use, or null. */
  @Nullable Line line;

  /** Its link and connections, where users are on networks and it has come to need one; or null. */
  @Nullable Device device;

  /** The WebSocket that it has open or opens, or null. */
  @Nullable WebSocketLine socket;

  /** How many events of a response it reads, 0 where that is no stream, and how many came. */
  int events;

  int eventsSeen;

  /** The method of gRPC that it calls, or null. */
  @Nullable CompiledCall grpc;

  /** Its request under way on a stream of HTTP/2, or null. */
  @Nullable Http2Call call;

  /** Whether its request was sent again, as a server went away without processing it. */
  boolean again;

  /** Whether nothing was asked for in this pass yet. */
  boolean untouched;

  /** Whether it thinks between two passes. */
  boolean thinking;

  int redirects;
  @Nullable String location;

  /** When the request times out, and its neighbours in the order of that. */
  long deadline;

  boolean awaiting;
  @Nullable User earlier;
  @Nullable User later;

  /** When its pause ends. */
  long wake;

  /** Where it stands among those who sleep; below 0 while it is awake. */
  int sleepsAt = -1;

  int[] counters = {};
  Bytes[] slots = {};
  long[] rows = {};
  final CookieJar cookies = new CookieJar();
  private long random;

  /** Prepares for a pass of a scenario. */
  void begin(Scenario scenario, int feeders, long seed) {
    at = 0;
    request = null;
    location = null;
    untouched = true;
    thinking = false;
    random = seed;
    if (counters.length < scenario.counters()) {
      counters = new int[scenario.counters()];
    }
    if (rows.length < feeders) {
      rows = new long[feeders];
    }
    if (slots.length < scenario.slots()) {
      slots = new Bytes[scenario.slots()];
      for (int i = 0; i < slots.length; i++) {
        slots[i] = new Bytes(LONGEST_VALUE);
      }
    }
    for (Bytes slot : slots) {
      slot.clear();
    }
    cookies.clear();
  }

  /** The next random number of this pass, from 0 to below 1 (Steele, Lea, Flood 2014). */
  double random() {
    random += 0x9E3779B97F4A7C15L;
    return (mixed(random) >>> 11) * DOUBLE_UNIT;
  }

  /** Spreads every bit of a number over all of them (MurmurHash3's finalizer, variant 13). */
  static long mixed(long value) {
    long z = value;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }

  /** The request under way. */
  CompiledRequest request() {
    CompiledRequest current = request;
    if (current == null) {
      throw new IllegalStateException("no request is under way");
    }
    return current;
  }

  /** What brought it. */
  Runner runner() {
    Runner by = runner;
    if (by == null) {
      throw new IllegalStateException("the user is not under way");
    }
    return by;
  }
}
