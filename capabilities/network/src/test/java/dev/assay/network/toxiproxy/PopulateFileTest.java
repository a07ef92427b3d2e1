package dev.assay.network.toxiproxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.api.problem.Place;
import dev.assay.api.problem.ProblemException;
import dev.assay.api.spi.SystemClock;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is wrong in a populate file is said at its place. */
class PopulateFileTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"name":"a"}                                                         | 1 | 1  | the body is not an array
          [{"name":"a","upstream":"b:1"},¶ {"name":"[{,\\"","upstream":"b:1"},¶  {"name":"c"}] | 3 | 3 | missing required field: upstream
          [{"name":"a","upstream":"b:1"},¶{"upstream":"b:1"}]                  | 2 | 1  | missing required field: name
          [{"name":"a","upstream":"b:1"},¶{"name":"a","upstream":"b:2"}]       | 2 | 1  | duplicate proxy name 'a'
          [¶  {"name": "a" "upstream": "b:1"}¶]                                | 2 | 16 | expected '}'
          [¶ 7 ]                                                               | 1 | 1  | an entry of the array is not an object
          """)
  void aWrongEntryIsNamedByItsPlace(String text, int line, int column, String what) {
    PopulateFile file = new PopulateFile("proxies.json", text.replace('¶', '\n'));
    assertThatThrownBy(file::check)
        .isInstanceOfSatisfying(
            ProblemException.class,
            e -> {
              assertThat(e.problems().getFirst().code()).isEqualTo("ASSAY-NETWORK-060");
              assertThat(e.problems().getFirst().what()).startsWith(what);
              Place place = (Place) e.problems().getFirst().where();
              assertThat(place.text()).isEqualTo("proxies.json:" + line + ":" + column);
            });
  }

  @Test
  void aFileInOrderIsTaken() {
    assertThatCode(
            new PopulateFile("p", "[{\"name\":\"a\",\"upstream\":\"b:1\",\"listen\":\"\"}]")::check)
        .doesNotThrowAnyException();
  }

  @Test
  void anAddressInUseIsSaidAtTheEntryThatWantsIt() {
    InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    try (ToxiproxyServer server = ToxiproxyServer.start(any, new SystemClock(), 1)) {
      String taken = GoAddress.show(server.address());
      String json =
          "[{\"name\":\"a\",\"listen\":\"127.0.0.1:0\",\"upstream\":\"127.0.0.1:1\"},\n"
              + "{\"name\":\"b\",\"listen\":\""
              + taken
              + "\",\"upstream\":\"127.0.0.1:1\"}]";
      assertThatThrownBy(() -> server.populate(json, "proxies.json"))
          .hasMessageContaining("proxies.json:2:1")
          .hasMessageContaining(taken);
    }
  }
}
