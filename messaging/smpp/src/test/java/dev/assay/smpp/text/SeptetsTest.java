package dev.assay.smpp.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** Septets in octets. */
class SeptetsTest {

  @Property(tries = 2_000)
  void whatIsPackedIsUnpackedTheSame(
      @ForAll long seed,
      @ForAll @IntRange(max = 200) int count,
      @ForAll @IntRange(max = 6) int fill) {
    byte[] septets = new byte[count];
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i < count; i++) {
      septets[i] = (byte) random.nextInt(128);
    }

    byte[] packed = Septets.pack(septets, 0, count, fill);

    assertThat(packed).hasSize((count * 7 + fill + 7) / 8).isEqualTo(bitByBit(septets, fill));
    assertThat(Septets.unpack(packed, 0, packed.length, fill, count)).isEqualTo(septets);
  }

  /** The definition, one bit after another. */
  private static byte[] bitByBit(byte[] septets, int fill) {
    byte[] octets = new byte[(septets.length * 7 + fill + 7) / 8];
    for (int i = 0; i < septets.length * 7; i++) {
      int bit = septets[i / 7] >> (i % 7) & 1;
      int at = i + fill;
      octets[at / 8] |= (byte) (bit << (at % 8));
    }
    return octets;
  }

  @Test
  void theWellKnownExampleIsPacked() {
    byte[] septets = new byte[40];
    int count = GsmAlphabet.basic().encode("hellohello", septets);

    byte[] packed = Septets.pack(septets, 0, count, 0);

    assertThat(HexFormat.of().formatHex(packed)).isEqualTo("e8329bfd4697d9ec37");
  }

  @Test
  void aHeaderIsFilledUpToAWholeSeptet() {
    assertThat(Septets.fill(6)).isEqualTo(1);
    assertThat(Septets.fill(7)).isZero();
    assertThat(Septets.fill(0)).isZero();
    assertThat(Septets.fill(9)).isEqualTo(5);
  }
}
