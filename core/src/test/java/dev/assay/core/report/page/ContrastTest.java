package dev.assay.core.report.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** WCAG 2.2, success criterion 1.4.3: text has a contrast of at least 4.5 to 1. */
class ContrastTest {

  @Test
  void everyTextCanBeReadInLightAndDark() throws IOException {
    String css;
    try (InputStream stream = HtmlReport.class.getResourceAsStream("page.css")) {
      css = new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    }
    int dark = css.indexOf("prefers-color-scheme: dark");
    Map<String, String> light = colours(css.substring(0, dark));
    Map<String, String> night = colours(css.substring(dark, css.indexOf(".tone-pass")));
    assertThat(night.keySet()).isEqualTo(light.keySet());
    for (Map<String, String> colours : List.of(light, night)) {
      for (String ground : List.of("bg", "panel", "faint")) {
        for (String text : List.of("ink", "soft")) {
          readable(colours, text, ground);
        }
      }
      for (String text : List.of("link", "s1", "s2", "s3")) {
        readable(colours, text, "panel");
      }
      for (String frame :
          List.of(
              "plain", "jdk", "hue0", "hue1", "hue2", "hue3", "more1", "more2", "more3", "less1",
              "less2", "less3")) {
        readable(colours, "onframe", frame);
      }
      readable(colours, "grew", "panel");
      readable(colours, "shrank", "panel");
      for (String tone : List.of("pass", "fail", "unsure", "stale", "off")) {
        readable(colours, tone, "panel");
        readable(colours, tone, tone + "-bg");
        readable(colours, "ink", tone + "-bg");
      }
    }
  }

  private static Map<String, String> colours(String css) {
    Map<String, String> colours = new HashMap<>();
    Matcher matcher = Pattern.compile("--([a-z0-9-]+): #([0-9a-f]{6});").matcher(css);
    while (matcher.find()) {
      colours.put(matcher.group(1), matcher.group(2));
    }
    return colours;
  }

  private static void readable(Map<String, String> colours, String text, String ground) {
    double one = luminance(colours.get(text));
    double other = luminance(colours.get(ground));
    double contrast = (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
    assertThat(contrast).as("%s on %s", text, ground).isGreaterThanOrEqualTo(4.5);
  }

  private static double luminance(String hex) {
    double[] weights = {0.2126, 0.7152, 0.0722};
    double sum = 0;
    for (int i = 0; i < 3; i++) {
      double part = Integer.parseInt(hex.substring(2 * i, 2 * i + 2), 16) / 255.0;
      sum += weights[i] * (part <= 0.04045 ? part / 12.92 : Math.pow((part + 0.055) / 1.055, 2.4));
    }
    return sum;
  }
}
