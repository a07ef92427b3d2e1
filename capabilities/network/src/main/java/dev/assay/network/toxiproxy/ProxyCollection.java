package dev.assay.network.toxiproxy;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** All proxies by name; closes them. Not thread-safe: one thread. */
final class ProxyCollection implements AutoCloseable {

  /** More proxies than this are refused, as nobody means that many. */
  private static final int MOST = 1000;

  /**
   * A proxy that a request asks for.
   *
   * @param name not empty
   * @param listen may be empty
   * @param upstream not empty
   * @param enabled whether it listens
   */
  record Wanted(String name, String listen, String upstream, boolean enabled) {

    /**
     * What a request says.
     *
     * @param which what stands after the name of a missing field
     */
    static Wanted read(RequestBody body, String which) {
      Wanted wanted =
          new Wanted(
              body.text("name", ""),
              body.text("listen", ""),
              body.text("upstream", ""),
              body.flag("enabled", true));
      if (wanted.name.isEmpty()) {
        throw ApiFailure.missingField("name" + which);
      }
      if (wanted.upstream.isEmpty()) {
        throw ApiFailure.missingField("upstream" + which);
      }
      return wanted;
    }
  }

  /**
   * What populating has done.
   *
   * @param proxies those that are there now as asked, in order
   * @param failure what ended it early
   */
  record Populated(List<ToxicProxy> proxies, Optional<ApiFailure> failure) {}

  private final Map<String, ToxicProxy> proxies = new LinkedHashMap<>();
  private final Function<Wanted, ToxicProxy> maker;

  /** Has no proxies yet. */
  ProxyCollection(Function<Wanted, ToxicProxy> maker) {
    this.maker = maker;
  }

  List<ToxicProxy> all() {
    return List.copyOf(proxies.values());
  }

  ToxicProxy get(String name) {
    @Nullable ToxicProxy proxy = proxies.get(name);
    if (proxy == null) {
      throw ApiFailure.proxyNotFound();
    }
    return proxy;
  }

  ToxicProxy add(Wanted wanted) {
    if (proxies.containsKey(wanted.name())) {
      throw ApiFailure.proxyExists();
    }
    if (proxies.size() >= MOST) {
      throw ApiFailure.tooMany("proxies");
    }
    ToxicProxy proxy = maker.apply(wanted);
    if (wanted.enabled()) {
      proxy.start();
    }
    proxies.put(wanted.name(), proxy);
    return proxy;
  }

  void remove(String name) {
    get(name).stop();
    proxies.remove(name);
  }

  /** Every proxy listens again, and has no toxics. */
  void reset() {
    for (ToxicProxy proxy : all()) {
      if (!proxy.enabled()) {
        proxy.start();
      }
      proxy.removeToxics();
    }
  }

  /** Adds proxies, and replaces those of the same name that listen or lead elsewhere. */
  Populated populate(String body) {
    List<ToxicProxy> done = new ArrayList<>();
    try {
      for (Wanted wanted : read(body)) {
        done.add(addOrReplace(wanted));
      }
      return new Populated(done, Optional.empty());
    } catch (ApiFailure failure) {
      return new Populated(done, Optional.of(failure));
    }
  }

  private static List<Wanted> read(String body) {
    List<Wanted> all = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (RequestBody entry : RequestBody.readAll(body)) {
      Wanted wanted = Wanted.read(entry, " at proxy " + (all.size() + 1));
      if (!names.add(wanted.name())) {
        throw ApiFailure.badBody("duplicate proxy name '" + wanted.name() + "'");
      }
      all.add(wanted);
    }
    return all;
  }

  private ToxicProxy addOrReplace(Wanted wanted) {
    @Nullable ToxicProxy existing = proxies.get(wanted.name());
    if (existing != null) {
      if (!existing.differs(wanted.listen(), wanted.upstream())) {
        return existing;
      }
      remove(wanted.name());
    }
    return add(wanted);
  }

  @Override
  public void close() {
    for (ToxicProxy proxy : all()) {
      proxy.stop();
    }
    proxies.clear();
  }
}
