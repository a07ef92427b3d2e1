package dev.assay.server;

import java.util.Map;

/** Writes figures in Prometheus' text format, version 0.0.4. Not thread-safe. */
final class Exposition {

  private final StringBuilder text = new StringBuilder();

  void family(String name, String type, String help) {
    text.append("# HELP ").append(name).append(' ').append(help).append('\n');
    text.append("# TYPE ").append(name).append(' ').append(type).append('\n');
  }

  void sample(String name, Map<String, String> labels, double value) {
    text.append(name);
    if (!labels.isEmpty()) {
      text.append('{');
      String comma = "";
      for (Map.Entry<String, String> label : labels.entrySet()) {
        text.append(comma).append(label.getKey()).append("=\"").append(escaped(label.getValue()));
        text.append('"');
        comma = ",";
      }
      text.append('}');
    }
    boolean whole = value == Math.rint(value) && Math.abs(value) < 1e15;
    text.append(' ')
        .append(whole ? Long.toString((long) value) : Double.toString(value))
        .append('\n');
  }

  void gauge(String name, String help, double value) {
    family(name, "gauge", help);
    sample(name, Map.of(), value);
  }

  private static String escaped(String value) {
    return value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
