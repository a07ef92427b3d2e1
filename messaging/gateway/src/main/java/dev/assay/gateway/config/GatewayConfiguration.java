package dev.assay.gateway.config;

import dev.assay.api.json.Json;
import dev.assay.api.problem.Place;
import dev.assay.api.spi.Default;
import dev.assay.api.spi.Doc;
import dev.assay.api.spi.Key;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A gateway as it is written. Immutable.
 *
 * @param listen where its API listens
 * @param store a file, or a URL of PostgreSQL
 * @param providers message centres by name
 * @param routes which messages go where; the first that fits
 * @param senders pools of senders by name
 * @param keys who may use the API, by name
 * @param callbacks how statuses are told
 * @param validity how long a message is of use, where it does not say
 * @param retention how long settled messages are kept; null for ever
 * @param memory how many messages that are not with a provider yet are kept in memory
 * @param currency of all costs
 * @param channels other ways to people
 * @param templates texts with variables
 * @param schedule messages for later
 * @param optOut who wants no messages
 * @param place where it stands
 */
@Doc("A message gateway.")
public record GatewayConfiguration(
    @Doc("Where the API listens: [HOST]:PORT, loopback where there is no host.") @Default(":8080")
        String listen,
    @Doc("A file, or postgresql://USER:PASSWORD@HOST/DATABASE.") @Default("gateway.db")
        String store,
    @Doc("Message centres, by name.") Map<String, ProviderConfiguration> providers,
    @Doc("Which messages go where: the first that fits. Without any, all go to all providers.")
        List<RouteConfiguration> routes,
    @Doc("Pools of senders, by name. Who got a message from one gets the next from the same.")
        Map<String, List<String>> senders,
    @Doc("Who may use the API, by name. Without any, everybody on this machine.")
        Map<String, KeyConfiguration> keys,
    @Doc("How statuses are told to clients.") @Nullable CallbackConfiguration callbacks,
    @Doc("How long a message is of use, where it does not say.") @Default("48h") Duration validity,
    @Doc("How long settled messages are kept; for ever where it is missing.")
        @Nullable Duration retention,
    @Doc(
            "How many messages that no provider has yet are kept in memory; the others wait in the"
                + " store.")
        @Default("20000")
        int memory,
    @Doc("The currency of all costs.") @Default("EUR") String currency,
    @Doc("Other ways to people; see the page on channels.") @Nullable Json channels,
    @Doc("Texts with variables; see the page on channels.") @Nullable Json templates,
    @Doc("Messages for later; see the page on channels.") @Nullable Json schedule,
    @Doc("Who wants no messages; see the page on channels.") @Key("opt out") @Nullable Json optOut,
    Place place) {}
