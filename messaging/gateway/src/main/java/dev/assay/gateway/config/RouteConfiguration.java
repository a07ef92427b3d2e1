package dev.assay.gateway.config;

import dev.assay.api.problem.Place;
import dev.assay.api.spi.Default;
import dev.assay.api.spi.Doc;
import dev.assay.api.spi.Shorthand;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A route as it is written. Immutable.
 *
 * @param to prefixes
 * @param countries of recipients
 * @param networks of recipients
 * @param keys whose messages
 * @param from senders
 * @param via where to
 * @param by how it is chosen
 * @param sender which sender or pool
 * @param place where it stands
 */
@Doc("Which messages go where.")
public record RouteConfiguration(
    @Doc("Prefixes of numbers, such as +49151. The longest of all routes wins.") List<String> to,
    @Doc("Countries of recipients, two letters.") List<String> countries,
    @Doc(
            "Mobile networks of recipients, such as Vodafone, by the range that a number is of: one"
                + " that was taken along from another network counts to that one. `assay gateway"
                + " route explain NUMBER` tells how a network is written.")
        List<String> networks,
    @Doc("Names of keys whose messages they are.") List<String> keys,
    @Doc("Senders.") List<String> from,
    @Doc("Providers; where the first is not there, the next.") List<Via> via,
    @Doc(
            "How one is chosen of those that are well: in this order, by weight, the cheapest, or"
                + " the one with the best receipts.")
        @Default("order")
        By by,
    @Doc("The sender, or the pool of senders, where the message names none.")
        @Nullable String sender,
    Place place) {

  /** How a provider is chosen. */
  public enum By {
    /** As written. */
    ORDER,
    /** By chance, by weight. */
    WEIGHT,
    /** The cheapest. */
    COST,
    /** Whose receipts tell of the most deliveries. */
    QUALITY
  }

  /**
   * A provider of a route.
   *
   * @param provider which
   * @param weight how much of the messages
   * @param cost of a part
   */
  @Doc("A provider of a route.")
  public record Via(
      @Doc("Its name.") @Shorthand String provider,
      @Doc("Its share, beside those of the others.") @Default("1") double weight,
      @Doc("What a part costs.") @Default("0") double cost) {}
}
