package dev.assay.gateway.channel;

import dev.assay.api.json.Json;
import dev.assay.api.json.JsonException;
import dev.assay.api.problem.Nearest;
import dev.assay.api.problem.Problem;
import dev.assay.api.problem.ProblemException;
import dev.assay.api.problem.Where;
import dev.assay.api.spi.Clock;
import dev.assay.api.value.Quantity;
import dev.assay.api.value.Rate;
import dev.assay.api.value.Secret;
import dev.assay.gateway.Channel;
import dev.assay.gateway.ChannelProblems;
import dev.assay.gateway.Extension;
import dev.assay.gateway.Host;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * Adds the channels that stand under {@code channels} in {@code gateway.yaml}, by name, each with a
 * {@code kind} and what its provider gave.
 */
public final class ChannelsExtension implements Extension {

  private static final List<String> KINDS =
      List.of("email", "whatsapp", "viber", "slack", "pagerduty", "webhook");

  /** Does no work. */
  public ChannelsExtension() {}

  @Override
  public String key() {
    return "channels";
  }

  @Override
  public AutoCloseable open(Json configuration, Host host) {
    HttpClient http =
        HttpClient.newBuilder()
            .connectTimeout(Duration.ofSeconds(10))
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();
    List<Problem> problems = new ArrayList<>();
    List<Opened> opened = new ArrayList<>();
    if (configuration instanceof Json.Obj channels) {
      channels
          .members()
          .forEach((name, json) -> {
            Where where = Where.named("channels." + name);
            try {
              opened.add(new One(name, json.asObject(), http, host).open());
            } catch (ProblemException wrong) {
              problems.addAll(wrong.problems());
            } catch (JsonException | IllegalArgumentException wrong) {
              problems.add(
                  ChannelProblems.CHANNEL.at(
                      where, String.valueOf(wrong.getMessage()), "see docs/gateway-channels.md"));
            }
          });
    } else {
      problems.add(
          ChannelProblems.CHANNEL.at(
              Where.named("channels"), "it is no mapping", "write channels by their names"));
    }
    if (!problems.isEmpty()) {
      throw new ProblemException(problems);
    }
    for (Opened one : opened) {
      Channel channel = one.channel();
      Hook hook = one.hook();
      if (hook == null) {
        host.add(channel);
      } else {
        HookedChannel hooked = new HookedChannel(channel, hook);
        host.add(hooked);
        host.add(hooked.resource());
      }
    }
    return http;
  }

  private record Opened(Channel channel, @Nullable Hook hook) {}

  /** Reads one channel. */
  private static final class One {
    private final String name;
    private final Json.Obj json;
    private final HttpClient http;
    private final Clock clock;
    private final Path folder;
    private final Set<String> read = new HashSet<>(Set.of("kind"));

    One(String name, Json.Obj json, HttpClient http, Host host) {
      this.name = name;
      this.json = json;
      this.http = http;
      this.clock = host.clock();
      this.folder = host.folder();
    }

    Opened open() {
      if (!name.matches("[a-z0-9][a-z0-9-]{0,39}")) {
        throw new IllegalArgumentException("a channel's name has small letters, digits and dashes");
      }
      String kind = json.text("kind");
      Opened opened =
          switch (kind) {
            case "email" -> new Opened(email(), null);
            case "slack" -> new Opened(over(slack()), null);
            case "pagerduty" ->
                new Opened(
                    over(
                        new PagerDutyDialect(
                            base("url", "https://events.pagerduty.com/"), secret("routing key"))),
                    null);
            case "webhook" ->
                new Opened(
                    over(new WebhookDialect(address(need("url")), secret("secret"), clock)), null);
            case "whatsapp" -> {
              WhatsAppDialect dialect =
                  new WhatsAppDialect(
                      name,
                      base("url", "https://graph.facebook.com/v23.0/"),
                      need("phone number id"),
                      secret("token"),
                      secret("app secret"),
                      secret("verify token"));
              yield new Opened(over(dialect), dialect);
            }
            case "viber" -> {
              ViberDialect dialect =
                  new ViberDialect(
                      name,
                      base("url", "https://chatapi.viber.com/pa/"),
                      need("sender"),
                      secret("token"));
              yield new Opened(over(dialect), dialect);
            }
            default ->
                throw new IllegalArgumentException(
                    "'" + kind + "' is no kind of channel: " + Nearest.mend(kind, KINDS));
          };
      for (String member : json.members().keySet()) {
        if (!read.contains(member)) {
          throw new IllegalArgumentException(
              "'"
                  + member
                  + "' says nothing of a channel of kind "
                  + kind
                  + ": "
                  + Nearest.mend(member, read));
        }
      }
      return opened;
    }

    private HttpChannel over(Dialect dialect) {
      String rate = find("rate");
      return new HttpChannel(
          name, dialect, http, clock, timeout(), rate == null ? 0 : Rate.parse(rate).perSecond());
    }

    private SlackDialect slack() {
      boolean hook = json.find("webhook") != null;
      return new SlackDialect(
          hook ? secret("webhook") : null,
          base("url", "https://slack.com/api/"),
          hook ? null : secret("token"));
    }

    private EmailChannel email() {
      EmailChannel.Security security = security(find("security"));
      String user = find("user");
      String authority = find("ca");
      Json port = json.find("port");
      read.add("port");
      int usual = security == EmailChannel.Security.TLS ? 465 : 587;
      SSLSocketFactory trust =
          authority == null ? null : Trust.of(folder.resolve(authority), authority);
      return new EmailChannel(
          name,
          new EmailChannel.Server(
              need("host"),
              port == null ? usual : Math.toIntExact(port.asWhole()),
              security,
              user,
              user == null ? null : secret("password"),
              trust,
              timeout()),
          need("from"),
          clock);
    }

    private static EmailChannel.Security security(@Nullable String word) {
      return switch (word == null ? "starttls" : word.toLowerCase(Locale.ROOT)) {
        case "starttls" -> EmailChannel.Security.STARTTLS;
        case "tls" -> EmailChannel.Security.TLS;
        case "none" -> EmailChannel.Security.NONE;
        default ->
            throw new IllegalArgumentException(
                "'" + word + "' is no security of e-mail: use starttls, tls or none");
      };
    }

    private Duration timeout() {
      String text = find("timeout");
      return text == null ? Duration.ofSeconds(30) : Quantity.parse(text).duration();
    }

    private @Nullable String find(String key) {
      read.add(key);
      return json.findText(key);
    }

    private String need(String key) {
      String value = find(key);
      if (value == null || value.isBlank()) {
        throw new IllegalArgumentException("'" + key + "' is missing");
      }
      return value;
    }

    private Secret secret(String key) {
      return Secret.of(need(key));
    }

    private URI base(String key, String usual) {
      String given = find(key);
      String text = given == null ? usual : given;
      return address(text.endsWith("/") ? text : text + "/");
    }

    private static URI address(String text) {
      URI address = URI.create(text);
      boolean web = "http".equals(address.getScheme()) || "https".equals(address.getScheme());
      if (!web || address.getHost() == null) {
        throw new IllegalArgumentException("'" + text + "' is no address of the web");
      }
      return address;
    }
  }
}
