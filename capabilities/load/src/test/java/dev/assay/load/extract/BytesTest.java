package dev.assay.load.extract;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

final class BytesTest {

  @Test
  void numbersAreWrittenInDecimalDigits() {
    Bytes bytes = new Bytes(1000);
    for (long number : new long[] {0, 7, -7, 10, 99, 100, Long.MAX_VALUE, Long.MIN_VALUE}) {
      bytes.clear();
      bytes.appendNumber(number);
      assertThat(bytes.text()).isEqualTo(Long.toString(number));
    }
  }

  @Test
  void growsToItsBoundAndNotBeyond() {
    Bytes bytes = new Bytes(100);
    byte[] text = "0123456789".getBytes(StandardCharsets.US_ASCII);
    for (int i = 0; i < 9; i++) {
      bytes.append(text);
    }
    bytes.append(text, 0, 9);
    assertThat(bytes.overflowed()).isFalse();
    bytes.append(text, 0, 2);
    assertThat(bytes.overflowed()).isTrue();
    assertThat(bytes.length()).as("what does not fit is left out whole").isEqualTo(99);
    bytes.append((byte) 'x');
    assertThat(bytes.length()).isEqualTo(100);
    assertThat(bytes.array()).hasSize(100);
    bytes.clear();
    assertThat(bytes.overflowed()).isFalse();
    assertThat(bytes.text()).isEmpty();
  }

  @Test
  void charactersAreWrittenInUtf8() {
    Bytes bytes = new Bytes(100);
    "aä€😀".codePoints().forEach(bytes::appendCodePoint);
    assertThat(bytes).hasToString("aä€😀");
  }
}
