package dev.assay.server.account;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.testkit.SetClock;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Guessing is slow, from one address or many, and those who are guessed at come in. */
class AttemptsTest {

  private final SetClock clock = new SetClock("2026-11-22T00:00:00Z", Long.MAX_VALUE - 5);
  private final Attempts attempts = new Attempts(clock);

  private int allowed(String name, String address, int tries) {
    int allowed = 0;
    for (int i = 0; i < tries; i++) {
      allowed += attempts.begin(name, address).isZero() ? 1 : 0;
    }
    return allowed;
  }

  @Test
  void fiveAtOnceThenOneAMinute() {
    assertThat(allowed("kim", "192.0.2.1", 50)).isEqualTo(5);
    assertThat(attempts.begin("KIM", "192.0.2.1")).isEqualTo(Duration.ofMinutes(1));

    clock.pass(Duration.ofSeconds(61));
    assertThat(allowed("kim", "192.0.2.1", 50)).isEqualTo(1);
  }

  @Test
  void aClockThatIsSetNeitherOpensNorShutsTheDoor() {
    allowed("kim", "192.0.2.1", 50);
    clock.set(Duration.ofDays(30));
    assertThat(allowed("kim", "192.0.2.1", 50)).isZero();

    clock.set(Duration.ofDays(-60));
    clock.pass(Duration.ofMinutes(5));
    assertThat(allowed("kim", "192.0.2.1", 50)).isEqualTo(5);
  }

  @Test
  void whoIsGuessedAtFromElsewhereComesIn() {
    allowed("kim", "192.0.2.1", 50);

    assertThat(attempts.begin("kim", "198.51.100.7")).isZero();
  }

  @Test
  void anAddressThatTriesManyNamesIsSlowedDownToo() {
    int allowed = 0;
    for (int i = 0; i < 1_000; i++) {
      allowed += allowed("name" + i, "192.0.2.1", 1);
    }

    assertThat(allowed).isEqualTo(30);
  }

  @Test
  void theAddressesOfOneNetworkOfIpv6AreOne() {
    int allowed = 0;
    for (int i = 0; i < 1_000; i++) {
      allowed += allowed("kim", "2001:db8:1:2:0:0:0:" + Integer.toHexString(i), 1);
    }

    assertThat(allowed).isEqualTo(5);
  }

  @Test
  void manyAddressesAtOneNameAreSlowedDownToo() {
    int allowed = 0;
    for (int i = 0; i < 1_000; i++) {
      allowed += allowed("kim", "10.0." + i / 250 + "." + i % 250, 1);
    }

    assertThat(allowed).isEqualTo(100);
  }

  @Test
  void whoeverIsRightBeginsAnew() {
    allowed("kim", "192.0.2.1", 4);
    attempts.begin("kim", "192.0.2.1");
    attempts.succeeded("kim", "192.0.2.1");

    assertThat(allowed("kim", "192.0.2.1", 50)).isEqualTo(5);
  }
}
