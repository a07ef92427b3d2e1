package dev.assay.gateway.config;

import dev.assay.api.spi.Default;
import dev.assay.api.spi.Doc;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How statuses are told, as it is written. Immutable.
 *
 * @param url where to, for messages whose key does not say
 * @param secret what they are signed with
 * @param states which states are told
 * @param attempts how often each is tried
 * @param first how long after the first failure
 * @param connections how many at once
 */
@Doc("How statuses are told to clients.")
public record CallbackConfiguration(
    @Doc("Where to, for messages whose key does not say.") @Nullable String url,
    @Doc("What they are signed with, where the key does not say.") @Nullable String secret,
    @Doc("Which states are told; those that are final where nothing is said.") List<String> states,
    @Doc("How often each is tried before it is a dead letter.") @Default("12") int attempts,
    @Doc("How long after a first failure; twice as long after each.") @Default("1s") Duration first,
    @Doc("Requests under way to one address at once.") @Default("16") int connections) {}
