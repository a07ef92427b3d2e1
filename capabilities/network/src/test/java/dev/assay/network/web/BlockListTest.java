package dev.assay.network.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a rule refuses, and what it leaves alone. */
class BlockListTest {

  @ParameterizedTest
  @CsvSource({
    "example.com, example.com, '', 80, true",
    "example.com, EXAMPLE.com., '', 443, true",
    "example.com, www.example.com, '', 80, false",
    "*.example.com, www.example.com, '', 80, true",
    "*.example.com, a.b.example.com, '', 80, true",
    "*.example.com, example.com, '', 80, false",
    "*.example.com, badexample.com, '', 80, false",
    "10.0.0.0/8, 10.255.1.1, 10.255.1.1, 80, true",
    "10.0.0.0/8, intranet, 10.0.0.1, 80, true",
    "10.0.0.0/8, 11.0.0.1, 11.0.0.1, 80, false",
    "10.0.0.0/8, unknown, '', 80, false",
    "192.0.2.7, 192.0.2.7, 192.0.2.7, 80, true",
    "fd00::/8, x, fd12::1, 80, true",
    "fd00::/8, x, 10.0.0.1, 80, false",
    "0.0.0.0/0, x, 203.0.113.9, 80, true",
    ":25, mail, '', 25, true",
    ":25, mail, '', 587, false",
    "example.com:8080, example.com, '', 8080, true",
    "example.com:8080, example.com, '', 80, false",
    "[::1]:80, ::1, ::1, 80, true",
  })
  void aRuleRefusesWhatItSays(String rule, String host, String address, int port, boolean refused) {
    Optional<InetAddress> known =
        address.isEmpty() ? Optional.empty() : Optional.of(InetAddress.ofLiteral(address));
    assertThat(BlockList.parse(List.of(rule)).refusing(host, known, port))
        .isEqualTo(refused ? Optional.of(rule) : Optional.empty());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "*", "a b", "10.0.0.0/33", "http://x/", ":0", ":99999", "x:y", "*.*.com"})
  void whatIsNoRuleIsRefusedInWords(String rule) {
    assertThatThrownBy(() -> BlockList.parse(List.of(rule)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'" + rule + "'");
  }

  @Test
  void nothingIsRefusedByNoRules() {
    assertThat(BlockList.NONE.refusing("x", Optional.empty(), 80)).isEmpty();
  }
}
