package dev.assay.core.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class MarkupTest {

  private static Markup markup() {
    return new Markup("<!DOCTYPE html>");
  }

  @Test
  void everyCharacterOfUnicodeIsWrittenSoThatAParserAcceptsIt() {
    StringBuilder all = new StringBuilder();
    for (int c = 0; c < 0x11000; c++) {
      all.appendCodePoint(c);
    }
    String xml = markup().element("p", all.toString(), "title", all.toString()).toString();
    String read = Xml.parse(xml).getDocumentElement().getTextContent();
    assertThat(read).contains("<", "&", ">", "\r", "\ufffd", "ä").doesNotContain("\u0000");
  }

  @Test
  void attributesKeepQuotesAndLineEnds() {
    String xml = markup().element("p", "", "title", "a\"b\nc\t<d>").toString();
    assertThat(Xml.parse(xml).getDocumentElement().getAttribute("title")).isEqualTo("a\"b\nc\t<d>");
  }

  @Test
  void whatIsOpenedMustBeClosed() {
    assertThatThrownBy(() -> markup().open("p").toString())
        .isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> markup().open("p").close("b"))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void aLinkOutOfThePageIsRefused() {
    assertThatThrownBy(() -> markup().element("a", "x", "href", "javascript:alert(1)"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> markup().open("p onclick"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aStyleSheetCannotHoldAnEndTag() {
    assertThatThrownBy(() -> markup().style("</style>"))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
