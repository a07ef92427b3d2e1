package dev.assay.gateway.channel;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Chars;
import org.junit.jupiter.api.Test;

class RichTextTest {

  private static final RichText TEXT =
      RichText.parse(
          "*Hi* _you_ & ~me~: `a<b` [shop](https://example.org/?a=1&b=2)\n\n- one\n- two");

  @Test
  void eachChannelShowsItInItsWay() {
    assertThat(TEXT.plain())
        .isEqualTo("Hi you & me: a<b shop (https://example.org/?a=1&b=2)\n\n- one\n- two");
    assertThat(TEXT.whatsApp())
        .isEqualTo(
            "*Hi* _you_ & ~me~: ```a<b``` shop: https://example.org/?a=1&b=2\n\n- one\n- two");
    assertThat(TEXT.slack())
        .isEqualTo(
            "*Hi* _you_ &amp; ~me~: `a&lt;b` <https://example.org/?a=1&amp;b=2|shop>\n\n- one\n- two");
    assertThat(TEXT.html())
        .contains(
            "<p><strong>Hi</strong> <em>you</em> &amp; <s>me</s>: <code>a&lt;b</code> <a"
                + " href=\"https://example.org/?a=1&amp;b=2\">shop</a></p>\n<ul>\n<li>one</li>\n<li>two</li>\n</ul>");
  }

  @Test
  void whatIsNoMarkupStandsForItself() {
    String text = "2 * 3 * 4, snake_case_name, a*b*c, 5~6, [x](javascript:alert(1)), *open";

    assertThat(RichText.parse(text).plain()).isEqualTo(text);
    assertThat(RichText.parse("\\*no\\* \\[a\\](b) **yes**").plain()).isEqualTo("*no* [a](b) yes");
  }

  /** Whatever is written, no tag comes through, and nothing is lost that is no mark. */
  @Property(tries = 2000)
  void nothingBreaksOut(
      @ForAll
          @Chars({'*', '_', '~', '`', '[', ']', '(', ')', '<', '>', '"', '&', '\\', 'a', ' ', '\n'})
          String text) {
    RichText rich = RichText.parse(text);

    assertThat(
            rich.html()
                .replaceAll("</?(html|body|p|br|ul|li|strong|em|s|code)>|<!DOCTYPE html>", ""))
        .doesNotContain("<")
        .doesNotContain(">");
    assertThat(rich.slack()).doesNotContain("<").doesNotContain(">");
    assertThat(rich.plain().chars().filter(c -> c == 'a').count())
        .isEqualTo(text.chars().filter(c -> c == 'a').count());
  }
}
