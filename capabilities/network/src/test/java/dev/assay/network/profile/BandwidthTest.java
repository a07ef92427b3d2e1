package dev.assay.network.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BandwidthTest {

  @ParameterizedTest
  @CsvSource({
    "1.6 Mbit/s, 1600000, 1.6 Mbit/s",
    "400 kbit/s, 400000, 400 kbit/s",
    "12Mbps, 12000000, 12 Mbit/s",
    "2 MB/s, 16000000, 16 Mbit/s",
    "1 Gbit/s, 1000000000, 1 Gbit/s",
    "56000 bit/s, 56000, 56 kbit/s",
    "1 Kibit/s, 1024, 1.024 kbit/s",
    "unlimited, 0, unlimited",
  })
  void aBandwidthIsReadAndWritten(String text, double bits, String written) {
    assertThat(Bandwidth.parse(text).bitsPerSecond()).isEqualTo(bits);
    assertThat(Bandwidth.parse(text)).hasToString(written);
    assertThat(Bandwidth.parse(written)).isEqualTo(Bandwidth.parse(text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "fast", "10", "10 MB", "-1 Mbit/s", "10 Xbit/s", "1 bit/s", "0 kbit/s"})
  void whatIsNoBandwidthIsRefused(String text) {
    assertThatThrownBy(() -> Bandwidth.parse(text)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void nothingIsFasterThanATerabit() {
    assertThatThrownBy(() -> Bandwidth.parse("2000 Gbit/s")).hasMessageContaining("1 Tbit/s");
  }
}
