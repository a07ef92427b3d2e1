package dev.assay.http;

import dev.assay.api.problem.Place;
import dev.assay.api.spi.Default;
import dev.assay.api.spi.Doc;
import dev.assay.api.spi.Shorthand;
import dev.assay.api.value.Size;
import dev.assay.api.value.Template;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A flow of requests.
 *
 * @param flow at least one step
 * @param url the base of relative paths, or null for the environment's
 * @param headers sent with every request
 * @param timeout above zero, for one request with its redirects and its body
 * @param followRedirects whether redirects are followed
 * @param cookies whether cookies are kept from step to step
 * @param maxBody the largest body that is read
 * @param trust a file with PEM certificates, or null
 * @param insecure whether any certificate is accepted
 * @param through the network that requests cross, or null for none but the real one
 * @param place where it is written
 */
@Doc("A flow of HTTP requests; it stops at the first step that fails.")
public record HttpConfiguration(
    @Doc("The requests, one after the other.") @Shorthand List<HttpStep> flow,
    @Doc("What relative paths start with; the environment's url where it is not written.")
        @Nullable Template url,
    @Doc("Headers of every request; a step's own header of the same name replaces one.")
        Map<String, Template> headers,
    @Doc("How long one request may take, with its redirects and its whole body.") @Default("10s")
        Duration timeout,
    @Doc(
            "Whether redirects are followed, at most 5 for a request; credentials are not sent on to"
                + " another host.")
        @Default("false")
        boolean followRedirects,
    @Doc("Whether cookies that are set are sent back by later steps of the flow.") @Default("false")
        boolean cookies,
    @Doc("The largest body that is read; a longer one fails the step as soon as that is seen.")
        @Default("10 MB")
        Size maxBody,
    @Doc(
            "A file with PEM certificates, in the workspace's folder, that are trusted besides the"
                + " usual ones.")
        @Nullable String trust,
    @Doc("Whether any certificate is accepted, for any host; a warning says so in the report.")
        @Default("false")
        boolean insecure,
    @Doc("The network that the requests cross: a name of `conditions`, or a profile such as 3g.")
        @Nullable HttpThrough through,
    Place place) {

  /** Copies the collections. */
  public HttpConfiguration {
    flow = List.copyOf(flow);
    headers = InOrder.copy(headers);
  }
}
