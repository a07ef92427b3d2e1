package dev.assay.server.audit;

import org.jspecify.annotations.Nullable;

/**
 * Who does something. Immutable.
 *
 * @param name the member's name, or what a program is called
 * @param person whether the name is a person's
 * @param address from where; null where that is nowhere in the network
 */
public record Actor(String name, boolean person, @Nullable String address) {

  /** A program or the machine itself. */
  public static Actor program(String name, @Nullable String address) {
    return new Actor(name, false, address);
  }

  /** A member. */
  public static Actor member(String name, @Nullable String address) {
    return new Actor(name, true, address);
  }
}
