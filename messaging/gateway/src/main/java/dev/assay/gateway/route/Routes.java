package dev.assay.gateway.route;

import dev.assay.gateway.config.RouteConfiguration;
import dev.assay.gateway.config.RouteConfiguration.Via;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * All routes. Of those that fit a message the one with the longest prefix wins, then the first. A
 * choice by weight is drawn from the recipient's number, so that the same one goes the same way and
 * nothing is random. Immutable, but for the health that it looks at.
 */
public final class Routes {

  private static final double MILLION = 1e6;

  /** Below this share of good answers, a provider is only tried where there is no better one. */
  private static final double ILL = 0.5;

  private record Rule(
      int number,
      int prefix,
      Set<String> countries,
      Set<String> networks,
      Set<String> keys,
      Set<String> from,
      RouteConfiguration route) {

    boolean fits(String country, Supplier<String> network, String key, String sender) {
      return (countries.isEmpty() || countries.contains(country))
          && (networks.isEmpty() || networks.contains(lower(network.get())))
          && (keys.isEmpty() || keys.contains(key))
          && (from.isEmpty() || from.contains(sender));
    }
  }

  private final Countries countries;
  private final Networks networks = new Networks();
  private final Prefixes<List<Rule>> prefixes = new Prefixes<>();
  private final Map<String, List<String>> pools;
  private final List<String> providers;
  private final Function<String, @Nullable Health> health;

  /**
   * Routes.
   *
   * @param routes as they are written; without any, everything goes to the providers in order
   * @param pools senders by the name of their pool
   * @param providers all of them, in order
   * @param health of a provider, or null where it is not there
   */
  public Routes(
      Countries countries,
      List<RouteConfiguration> routes,
      Map<String, List<String>> pools,
      List<String> providers,
      Function<String, @Nullable Health> health) {
    this.countries = countries;
    this.pools = Map.copyOf(pools);
    this.providers = List.copyOf(providers);
    this.health = health;
    int number = 0;
    for (RouteConfiguration route : routes) {
      number++;
      for (String to : route.to().isEmpty() ? List.of("") : route.to()) {
        String prefix = prefix(to);
        Rule rule =
            new Rule(
                number,
                prefix.length(),
                upper(route.countries()),
                Set.copyOf(route.networks().stream().map(Routes::lower).toList()),
                Set.copyOf(route.keys()),
                Set.copyOf(route.from()),
                route);
        List<Rule> rules = prefixes.get(prefix);
        List<Rule> more = new ArrayList<>(rules == null ? List.of() : rules);
        more.add(rule);
        prefixes.put(prefix, List.copyOf(more));
      }
    }
  }

  /** The digits of a prefix as it is written. */
  public static String prefix(String written) {
    return written.replaceAll("[^0-9]", "").replaceFirst("^00", "");
  }

  private static Set<String> upper(List<String> countries) {
    return Set.copyOf(countries.stream().map(each -> each.toUpperCase(Locale.ROOT)).toList());
  }

  private static String lower(String network) {
    return network.toLowerCase(Locale.ROOT);
  }

  /**
   * Where a message goes.
   *
   * @param key whose message it is
   * @param sender as the message has it; empty for none
   * @param recipient as the message has it
   * @return with an empty {@code to} where the recipient cannot be a number
   */
  public Decision decide(String key, String sender, String recipient) {
    String to = Countries.digits(recipient);
    if (to.isEmpty()) {
      return new Decision("", "", sender, List.of(), "it is no number");
    }
    String country = countries.of(to);
    Rule rule = rule(to, country, key, sender);
    if (rule == null) {
      List<Candidate> all = providers.stream().map(each -> new Candidate(each, 0)).toList();
      String why = all.isEmpty() ? "no route takes it" : "there are no routes for it";
      return new Decision(to, country, sender(sender, null, to), byHealth(all), why);
    }
    RouteConfiguration route = rule.route();
    String why =
        "route "
            + rule.number()
            + (rule.prefix() > 0 ? " by +" + to.substring(0, rule.prefix()) : "")
            + ", by "
            + route.by().name().toLowerCase(Locale.ROOT);
    List<Candidate> candidates = byHealth(chosen(route, to));
    return new Decision(to, country, sender(sender, route.sender(), to), candidates, why);
  }

  private @Nullable Rule rule(String to, String country, String key, String sender) {
    Rule[] best = new Rule[1];
    prefixes.each(
        to,
        rules -> {
          for (Rule each : rules) {
            if (each.fits(country, () -> networks.of(to), key, sender)) {
              best[0] = each;
              return;
            }
          }
        });
    return best[0];
  }

  private List<Candidate> chosen(RouteConfiguration route, String to) {
    List<Via> via = new ArrayList<>(route.via());
    if (via.size() > 1) {
      switch (route.by()) {
        case ORDER -> {}
        case COST -> via.sort(Comparator.comparingDouble(Via::cost));
        case QUALITY -> via.sort(Comparator.comparingDouble(each -> -quality(each)));
        case WEIGHT -> via.sort(Comparator.comparingDouble(each -> -lot(each, to)));
      }
    }
    return via.stream()
        .map(each -> new Candidate(each.provider(), Math.round(each.cost() * MILLION)))
        .toList();
  }

  private double quality(Via via) {
    Health of = health.apply(via.provider());
    return of == null ? 0 : of.deliveries();
  }

  /**
   * Weighted rendezvous hashing: the largest lot wins with a chance of its weight, and when a
   * provider comes or goes only its own share moves (Schindelhauer and Schomaker 2005).
   */
  private static double lot(Via via, String to) {
    long mixed = mix(to.hashCode() * 0x9E3779B97F4A7C15L + via.provider().hashCode());
    double uniform = ((mixed >>> 11) + 0.5) * 0x1p-53;
    return via.weight() <= 0 ? Double.NEGATIVE_INFINITY : -via.weight() / Math.log(uniform);
  }

  /** The finalizer of MurmurHash3. */
  private static long mix(long value) {
    long mixed = (value ^ value >>> 33) * 0xff51afd7ed558ccdL;
    mixed = (mixed ^ mixed >>> 33) * 0xc4ceb9fe1a85ec53L;
    return mixed ^ mixed >>> 33;
  }

  /** Those that are ill go to the end, and keep their order. */
  private List<Candidate> byHealth(List<Candidate> candidates) {
    if (candidates.size() < 2) {
      return candidates;
    }
    List<Candidate> sorted = new ArrayList<>(candidates);
    sorted.sort(Comparator.comparing(this::ill));
    return sorted;
  }

  private boolean ill(Candidate candidate) {
    Health of = health.apply(candidate.provider());
    return of == null || of.answers() < ILL;
  }

  /** The same recipient gets the same sender of a pool, for as long as the pool is the same. */
  private String sender(String asked, @Nullable String byRoute, String to) {
    String name = asked.isEmpty() && byRoute != null ? byRoute : asked;
    List<String> pool = pools.get(name);
    if (pool == null || pool.isEmpty()) {
      return name;
    }
    String best = pool.getFirst();
    long most = Long.MIN_VALUE;
    for (String each : pool) {
      long lot = mix(to.hashCode() * 0x9E3779B97F4A7C15L + each.hashCode());
      if (lot > most) {
        most = lot;
        best = each;
      }
    }
    return best;
  }

  /** The mobile network that a number's range was given to; empty where nobody knows. */
  public String network(String digits) {
    return networks.of(digits);
  }

  /** A number for people. */
  public String describe(String digits) {
    return countries.describe(digits);
  }
}
