package dev.assay.network.profile;

import dev.assay.network.link.Condition;
import dev.assay.network.link.Delay;
import dev.assay.network.link.DirectionCondition;
import dev.assay.network.link.Loss;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads WebPageTest's {@code connectivity.ini}: {@code bwIn} and {@code bwOut} in bits per second
 * (0 for no limit), {@code latency} in milliseconds of the round trip, {@code plr} in per cent.
 */
final class WebPageTestIni {

  private record Entry(String value, int line) {}

  private WebPageTestIni() {}

  static List<Imported> read(Description file) {
    List<Imported> all = new ArrayList<>();
    Map<String, Entry> keys = new LinkedHashMap<>();
    String section = "";
    for (int line = 1; line <= file.lines().size(); line++) {
      String text = file.lines().get(line - 1).strip();
      if (text.isEmpty() || text.startsWith(";") || text.startsWith("#")) {
        continue;
      }
      if (text.startsWith("[") && text.endsWith("]")) {
        finish(file, section, keys, all);
        section = text.substring(1, text.length() - 1).strip();
        keys.clear();
        continue;
      }
      int sign = text.indexOf('=');
      if (sign < 0 || section.isEmpty()) {
        throw file.problem(
            ImportProblems.SHAPE,
            line,
            "a section in brackets or key=value is expected",
            "give WebPageTest's connectivity.ini, or choose another kind");
      }
      keys.put(text.substring(0, sign).strip(), new Entry(text.substring(sign + 1).strip(), line));
    }
    finish(file, section, keys, all);
    if (all.isEmpty()) {
      throw file.problem(
          ImportProblems.SHAPE, 1, "no section has bwIn or latency", "choose another kind");
    }
    return all;
  }

  private static void finish(
      Description file, String section, Map<String, Entry> keys, List<Imported> all) {
    if (!keys.containsKey("bwIn") && !keys.containsKey("latency")) {
      return;
    }
    double delay = number(file, keys, "latency") / 2 * 1e6;
    double loss = number(file, keys, "plr") / 100;
    int line = keys.values().iterator().next().line();
    DirectionCondition both =
        file.value(
            line,
            () ->
                DirectionCondition.NONE
                    .withDelay(Delay.constant(Math.round(delay)))
                    .withLoss(new Loss.Independent(loss)));
    Condition condition =
        file.value(
            line,
            () ->
                new Condition(
                    both.withRate(number(file, keys, "bwOut")),
                    both.withRate(number(file, keys, "bwIn"))));
    Entry label = keys.get("label");
    String title = label == null ? section : label.value().replaceAll("^\"|\"$", "");
    all.add(Imported.of(section, title, condition, List.of()));
  }

  private static double number(Description file, Map<String, Entry> keys, String key) {
    Entry entry = keys.get(key);
    if (entry == null) {
      return 0;
    }
    String text = entry.value().replace("\"", "");
    if (!text.matches("\\d{1,15}(\\.\\d{1,9})?")) {
      throw file.problem(
          ImportProblems.VALUE, entry.line(), key + " is '" + text + "'", "write a number");
    }
    return Double.parseDouble(text);
  }
}
