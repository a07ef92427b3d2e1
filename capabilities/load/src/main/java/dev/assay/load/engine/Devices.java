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
  private final int steps;
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
   * @param steps how many steps the plan has
   * @param most how many there may be at once
   * @param mayWait how many users who have just come may wait for one
   * @param seed of this loop's links
   */
  Devices(
      LoadLoop loop,
      Networks networks,
      int steps,
      Origin[] origins,
      int most,
      int mayWait,
      long seed) {
    this.loop = loop;
    this.networks = networks;
    this.steps = steps;
    this.origins = origins;
    this.most = most;
    this.mayWait = mayWait;
    this.seed = seed;
  }

  /** Gives a user a device; false where it waits for one or was turned away. */
  boolean take(User user, long now) {
    if (inUse.size() < most) {
      give(user);
      return true;
    }
    if (loop.mayDrop(user) && waiting.size() >= mayWait) {
      loop.dropped(user, waiting.size(), now);
    } else {
      waiting.offer(user);
    }
    return false;
  }

  /** From here on what the user does is recorded for its network, where they are told apart. */
  private void give(User user) {
    Device device = next();
    user.device = device;
    if (user.recorded >= 0) {
      user.recorded += device.recordedAt();
    }
  }

  private Device next() {
    Device.SharedLink shared = unfilled.peekFirst();
    if (shared == null) {
      long number = links++;
      double at = (User.mixed(seed ^ User.mixed(number)) >>> 11) * 0x1.0p-53;
      int network = networks.of(at);
      Link link = new Link(networks.conditions().get(network), User.mixed(seed + number));
      shared = new Device.SharedLink(link, networks.recordedAt(network, steps));
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
      give(next);
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
