package dev.assay.load.engine;

import dev.assay.network.link.Link;

/**
 * What one user has while it is under way, where users are on networks: a link, perhaps shared with
 * some other users, and connections of its own over it. Used only on its loop's thread.
 */
final class Device {

  private final SharedLink shared;
  private final Pool[] pools;

  Device(LoadLoop loop, Origin[] origins, SharedLink shared) {
    this.shared = shared;
    this.pools = new Pool[origins.length];
    for (int i = 0; i < origins.length; i++) {
      pools[i] = new Pool(loop, origins[i], 1, Integer.MAX_VALUE, this);
    }
  }

  /** A link and how many users are on it. */
  static final class SharedLink {
    final Link link;
    int users;
    final int recordedAt;
    private long connections;

    SharedLink(Link link, int recordedAt) {
      this.link = link;
      this.recordedAt = recordedAt;
    }
  }

  Link link() {
    return shared.link;
  }

  /** How much further on its users are recorded than those who are on no network yet. */
  int recordedAt() {
    return shared.recordedAt;
  }

  SharedLink shared() {
    return shared;
  }

  /** The number of a new connection on the link. */
  long nextConnection() {
    return shared.connections++;
  }

  Pool pool(int origin) {
    return pools[origin];
  }

  /** Closes its connections. */
  void close() {
    for (Pool pool : pools) {
      pool.close();
    }
  }
}
