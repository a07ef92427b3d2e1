package dev.assay.load.engine;

import org.jspecify.annotations.Nullable;

/**
 * The connections of one loop to one origin, and the users who wait for one. Connections are opened
 * when somebody waits, up to a bound, and kept. Used only on its loop's thread.
 */
final class Pool {

  /** How many connects one turn begins before it looks at the network again. */
  private static final int BATCH = 128;

  private final LoadLoop loop;
  private final Origin origin;
  private final int limit;
  private final int mayWait;
  private final Line[] available;
  private final UserQueue waiting = new UserQueue();
  private int availableCount;
  private boolean closed;
  private int open;
  private int connecting;

  /** What a new line will carry, guessed from those before. */
  private int placesOfOne;

  /** Whose connections these are, where users are on networks; or null. */
  private final @Nullable Device device;

  Pool(LoadLoop loop, Origin origin, int limit, int mayWait) {
    this(loop, origin, limit, mayWait, null);
  }

  Pool(LoadLoop loop, Origin origin, int limit, int mayWait, @Nullable Device device) {
    this.device = device;
    this.loop = loop;
    this.origin = origin;
    this.limit = limit;
    this.mayWait = mayWait;
    this.available = new Line[limit];
    this.placesOfOne = origin.protocol() == Protocol.HTTP2 ? loop.streams() : 1;
  }

  @Nullable Device device() {
    return device;
  }

  /** Closes the lines that nobody is on, and those that are still being opened once they are. */
  void close() {
    closed = true;
    while (availableCount > 0) {
      available[availableCount - 1].leave();
    }
  }

  Origin origin() {
    return origin;
  }

  boolean tls() {
    return origin.tls();
  }

  int waitingUsers() {
    return waiting.size();
  }

  /** Gives a user a line, now or when one is free; or drops a user who has just come. */
  void acquire(User user, long now) {
    if (availableCount > 0) {
      hold(available[availableCount - 1], user, now);
    } else if (!user.untouched) {
      // Who has begun goes on before who has not.
      waiting.offerFirst(user);
      openOwn(now);
    } else if (loop.mayDrop(user) && waiting.size() >= mayWait + openable()) {
      loop.dropped(user, waiting.size(), now);
    } else {
      waiting.offer(user);
      openOwn(now);
    }
  }

  /** The loop looks at its own pools in every turn, but not at those of users. */
  private void openOwn(long now) {
    if (device != null) {
      openWanted(now);
    }
  }

  private void hold(Line line, User user, long now) {
    line.places--;
    if (line.places == 0) {
      unavailable(line);
    }
    user.line = line;
    loop.send(user, line, now);
  }

  /** Takes a line back from a user: who waited longest has it, or it is free. */
  void release(Line line, long now) {
    if (line.gone()) {
      return;
    }
    if (line.places < 0) {
      line.places++; // it may carry fewer than are on it
      return;
    }
    User next = loop.finished() ? null : waiting.poll();
    if (next == null) {
      line.places++;
      available(line);
    } else {
      next.line = line;
      loop.send(next, line, now);
    }
  }

  /** A line is ready for so many users. */
  void ready(Line line, int places, long now) {
    connecting--;
    placesOfOne = places;
    more(line, places, now);
    if (closed) {
      line.leave();
    }
  }

  /** A line can carry more users than before. */
  void more(Line line, int places, long now) {
    line.places += places;
    available(line);
    while (line.places > 0 && !line.gone() && !loop.finished()) {
      User next = waiting.poll();
      if (next == null) {
        return;
      }
      hold(line, next, now);
    }
  }

  /** A line can carry fewer users than before. */
  void fewer(Line line, int places) {
    line.places -= places;
    if (line.places <= 0) {
      unavailable(line);
    }
  }

  private void available(Line line) {
    if (line.availableAt < 0 && line.places > 0) {
      line.availableAt = availableCount;
      available[availableCount++] = line;
    }
  }

  /** No new request goes on a line. */
  void unavailable(Line line) {
    int at = line.availableAt;
    if (at >= 0) {
      Line moved = available[--availableCount];
      available[at] = moved;
      moved.availableAt = at;
      line.availableAt = -1;
    }
  }

  /** A line that was ready is closed or about to be. */
  void lost(Line line) {
    open--;
    unavailable(line);
  }

  /**
   * An attempt to open a line failed: those fail whom it would have carried, as many as have waited
   * longest.
   */
  void connectFailed(ErrorKind kind, String why) {
    open--;
    connecting--;
    for (int i = Math.min(placesOfOne, waiting.size()); i > 0 && !loop.finished(); i--) {
      User user = waiting.poll();
      if (user != null) {
        loop.unconnected(user, kind, why);
      }
    }
  }

  /** How many users the lines will serve that are being opened or still could be. */
  private long openable() {
    return (long) (Math.max(0, limit - open) + connecting) * placesOfOne;
  }

  boolean wantsLine() {
    return (long) connecting * placesOfOne < waiting.size() && open < limit;
  }

  void openWanted(long now) {
    for (int i = 0; i < BATCH && !loop.finished() && wantsLine(); i++) {
      connecting++;
      open++;
      loop.connect(this, now);
    }
  }

  /** Takes the user who has waited longest, or null. */
  @Nullable User pollWaiting() {
    return waiting.poll();
  }
}
