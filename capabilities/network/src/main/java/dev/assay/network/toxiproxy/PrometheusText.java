package dev.assay.network.toxiproxy;

import java.util.List;
import java.util.function.BiFunction;

/** The metrics of proxies in Prometheus' text format 0.0.4, by Toxiproxy's names. */
final class PrometheusText {

  static final String TYPE = "text/plain; version=0.0.4; charset=utf-8";

  private PrometheusText() {}

  static String of(List<ToxicProxy> proxies) {
    StringBuilder out = new StringBuilder();
    counter(out, "toxiproxy_proxy_received_bytes_total", proxies, ToxicProxy::received);
    counter(out, "toxiproxy_proxy_sent_bytes_total", proxies, ToxicProxy::sent);
    return out.toString();
  }

  private static void counter(
      StringBuilder out,
      String name,
      List<ToxicProxy> proxies,
      BiFunction<ToxicProxy, Stream, Long> value) {
    out.append("# HELP ").append(name).append(" \n# TYPE ").append(name).append(" counter\n");
    for (ToxicProxy proxy : proxies) {
      for (Stream stream : Stream.values()) {
        out.append(name);
        label(out, "{direction", stream.label());
        label(out, ",listener", proxy.listen());
        label(out, ",proxy", proxy.name());
        label(out, ",upstream", proxy.upstream());
        out.append("} ").append(value.apply(proxy, stream)).append('\n');
      }
    }
  }

  private static void label(StringBuilder out, String name, String value) {
    String escaped = value.replace("\\", "\\\\").replace("\n", "\\n").replace("\"", "\\\"");
    out.append(name).append("=\"").append(escaped).append('"');
  }
}
