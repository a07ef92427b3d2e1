package dev.assay.load.engine;

import dev.assay.network.link.Link;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The devices of one loop: as many users at once as there may be connections have one, the others
 * wait. Used only on its loop's thread.
 */
final class Devices {

  private final LoadLoop loop;
  private final Networks networks;
  private final Origin[] origins;
  private final int most;
  private final int mayWait;
  private final long seed;
  private final UserQueue waiting = new UserQueue();
  private final Set<Device> inUse = new LinkedHashSet<>();

  /** Links with room for another user, where several share one. */
  private final Deque<Device.SharedLink> unfilled = new ArrayDeque<>();

  private long links;

  /**
   * The devices of a loop.
   *
   * @param most how many there may be at once
   * @param mayWait how many users who have just come may wait for one
   * @param seed of this loop's links
   */
  Devices(LoadLoop loop, Networks networks, Origin[] origins, int most, int mayWait, long seed) {
    this.loop = loop;
    this.networks = networks;
    this.origins = origins;
    this.most = most;
    this.mayWait = mayWait;
    this.seed = seed;
  }

  /** Gives a user a device; false where it waits for one or was turned away. */
  boolean take(User user, long now) {
    if (inUse.size() < most) {
      user.device = next();
      return true;
    }
    if (loop.mayDrop(user) && waiting.size() >= mayWait) {
      loop.dropped(user, waiting.size(), now);
    } else {
      waiting.offer(user);
    }
    return false;
  }

  private Device next() {
    Device.SharedLink shared = unfilled.peekFirst();
    if (shared == null) {
      long number = links++;
      double at = (User.mixed(seed ^ User.mixed(number)) >>> 11) * 0x1.0p-53;
      shared = new Device.SharedLink(new Link(networks.of(at), User.mixed(seed + number)));
      unfilled.add(shared);
    }
    shared.users++;
    if (shared.users >= networks.usersPerLink()) {
      unfilled.remove(shared);
    }
    Device device = new Device(loop, origins, shared);
    inUse.add(device);
    return device;
  }

  /** A user is through with its device; who waited longest gets one. */
  void giveBack(Device device, long now) {
    inUse.remove(device);
    Device.SharedLink shared = device.shared();
    boolean full = shared.users >= networks.usersPerLink();
    shared.users--;
    if (shared.users == 0) {
      unfilled.remove(shared);
    } else if (full) {
      unfilled.add(shared);
    }
    device.close();
    User next = loop.finished() ? null : waiting.poll();
    if (next != null) {
      next.device = next();
      loop.goOn(next, now);
    }
  }

  /** Takes the user who has waited longest, or null. */
  @Nullable User pollWaiting() {
    return waiting.poll();
  }

  int waitingUsers() {
    return waiting.size();
  }

  /** The devices in use. */
  Iterable<Device> inUse() {
    return List.copyOf(inUse);
  }
}
