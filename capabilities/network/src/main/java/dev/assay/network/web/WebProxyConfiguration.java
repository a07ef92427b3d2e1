package dev.assay.network.web;

import dev.assay.api.problem.Place;
import dev.assay.api.spi.Default;
import dev.assay.api.spi.Doc;
import dev.assay.api.spi.Key;
import dev.assay.api.value.Size;
import dev.assay.api.value.Template;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the proxy of a company's network does, as it is written.
 *
 * @param user who may use it; nobody is asked where it is missing
 * @param password of the user
 * @param block hosts and ports that are refused
 * @param blockWith how
 * @param interceptTls whether TLS in tunnels is opened
 * @param certificate where the certificate of the test CA is written
 * @param trust further CAs that upstream servers' certificates may be from, when TLS is opened
 * @param websockets what becomes of upgrades
 * @param answerAfter how long an answer is kept back
 * @param largestBody of a request or an answer; no limit where it is missing
 * @param place where it stands
 */
@Doc("The proxy of a company's network: forwarding of HTTP requests, and tunnels (CONNECT).")
public record WebProxyConfiguration(
    @Doc("Who may use the proxy; others are answered 407. Everybody may where it is missing.")
        @Nullable Template user,
    @Doc("The user's password.") @Nullable Template password,
    @Doc(
            "What is refused: hosts, `*.domains`, addresses, networks such as `10.0.0.0/8`, and ports"
                + " such as `:25`.")
        List<String> block,
    @Doc("How it is refused: `page` (403), `drop` (never answered) or `reset`.") @Default("page")
        Refusal blockWith,
    @Key("intercept tls")
        @Doc(
            "Whether TLS is opened on the way, with certificates of a test CA that is made when the"
                + " proxy starts.")
        @Default("false")
        boolean interceptTls,
    @Doc("The file that the test CA's certificate is written to, for clients to trust.")
        @Nullable String certificate,
    @Doc("A file with certificates (PEM) of CAs that servers behind the proxy may be from.")
        @Nullable String trust,
    @Doc("What becomes of WebSocket upgrades: `pass`, or `strip` as some companies' proxies do.")
        @Default("pass")
        Upgrades websockets,
    @Doc("How long the proxy thinks before it passes an answer on.") @Default("0s")
        Duration answerAfter,
    @Doc("The largest body of a request or an answer that it lets through.")
        @Nullable Size largestBody,
    Place place) {}
