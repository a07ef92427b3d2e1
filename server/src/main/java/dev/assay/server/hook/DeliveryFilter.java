package dev.assay.server.hook;

import org.jspecify.annotations.Nullable;

/**
 * Which deliveries of a project are wanted. Immutable.
 *
 * @param webhook of which webhook; null for all
 * @param state how far they are; null for all
 * @param before only older ones than that number; null for the newest
 * @param limit how many at most, 1 to 1000
 */
public record DeliveryFilter(
    @Nullable String webhook, Delivery.@Nullable State state, @Nullable Long before, int limit) {

  /** Bounds the limit; an empty webhook asks for all. */
  public DeliveryFilter {
    webhook = webhook == null || webhook.isBlank() ? null : webhook.strip();
    limit = Math.clamp(limit, 1, 1_000);
  }

  /** The newest. */
  public static DeliveryFilter newest(int limit) {
    return new DeliveryFilter(null, null, null, limit);
  }
}
