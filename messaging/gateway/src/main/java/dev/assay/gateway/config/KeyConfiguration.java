package dev.assay.gateway.config;

import dev.assay.api.problem.Place;
import dev.assay.api.spi.Doc;
import dev.assay.api.value.Rate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who may use the API, as it is written. Immutable.
 *
 * @param hashes of the keys
 * @param scopes what they may do
 * @param addresses from where
 * @param rate how often
 * @param callback where statuses go
 * @param secret what callbacks are signed with
 * @param place where it stands
 */
@Doc("Who may use the API.")
public record KeyConfiguration(
    @Doc(
            "`sha256:…` of each key, as `assay gateway key` prints it. Two of them overlap while"
                + " one takes the other's place.")
        List<String> hashes,
    @Doc("What it may do: send, read, admin. Without any: send and read.") List<Scope> scopes,
    @Doc("From where: addresses or networks such as 10.0.0.0/8. Without any, from everywhere.")
        List<String> addresses,
    @Doc("How many messages a second, at most.") @Nullable Rate rate,
    @Doc("Where statuses of its messages go.") @Nullable String callback,
    @Doc("What callbacks are signed with: `whsec_` and base 64, as Standard Webhooks has it.")
        @Nullable String secret,
    Place place) {

  /** What a key may do. */
  public enum Scope {
    /** Send messages. */
    SEND,
    /** Read messages and reports. */
    READ,
    /** Change providers, erase. */
    ADMIN
  }
}
